import { isKnown, type Checked } from "./check";
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
  account: Checked<AccountFile>,
  organization: Checked<OrganizationFile>,
): KnownAccount | undefined {
  if (!isKnown(account, "feed") || !isKnown(account, "packs")) return undefined;
  const { file, valid } = account;
  const { role, feed, packs } = valid;
  const byRole = organization.valid.packs;
  if (role === undefined || byRole === undefined) return undefined;
  return { file, role, feed: feedOf({ feed, role }), packs: packsOf({ packs, role }, { packs: byRole }) };
}
