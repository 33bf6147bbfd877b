import type { Checked } from "./check";
import { feedOf } from "./defaults";
import type { Layered } from "./layers";
import type { Feed } from "./organization";
import { packsOf, type Role } from "./role-packs";
import type { AccountFile, OrganizationFile, PackId } from "./schema";
import type { YamlFile } from "./yaml-file";

/** What decides which detections an account has, where its file and organization.yaml are right about it. */
export interface KnownAccount {
  readonly file: YamlFile;
  readonly role: Role;
  readonly feed: Feed;
  readonly packs: Layered<readonly PackId[]>;
}

/** Undefined when one of the settings is wrong: no rule should build on it. */
export function knownAccount(
  { file, valid }: Checked<AccountFile>,
  organization: Checked<OrganizationFile>,
): KnownAccount | undefined {
  const { role, feed } = valid;
  const { packs } = organization.valid;
  if (role === undefined || packs === undefined || !("feed" in valid) || !("packs" in valid)) return undefined;
  return { file, role, feed: feedOf({ feed, role }), packs: packsOf({ packs: valid.packs, role }, { packs }) };
}
