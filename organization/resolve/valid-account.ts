import { feedOf, packsOf, type Chosen } from "./account-choices";
import { isKnown, type Checked } from "../validation/check";
import type { Feed } from "../organization";
import type { Role } from "./role-packs";
import type { AccountFile, OrganizationFile, PackId } from "../schema/schema";
import type { YamlFile } from "../yaml/yaml-file";

/** What decides which detections an account has, where its file and organization.yaml are valid. */
export interface ValidAccount {
  readonly file: YamlFile;
  readonly role: Role;
  readonly feed: Feed;
  readonly packs: Chosen<readonly PackId[]>;
}

/** Undefined when one of the settings is wrong: no rule should use it. */
export function validAccount(
  account: Checked<AccountFile>,
  organization: Checked<OrganizationFile>,
): ValidAccount | undefined {
  if (!isKnown(account, "feed") || !isKnown(account, "packs") || !isKnown(account, "organizationalUnit")) {
    return undefined;
  }
  const { file, valid } = account;
  const { role, feed, packs, organizationalUnit, accountTags } = valid;
  const { packs: packsByRole, accountRules } = organization.valid;
  if (role === undefined || accountTags === undefined) return undefined;
  if (packsByRole === undefined || accountRules === undefined) return undefined;
  const known = { role, feed, packs, organizationalUnit, accountTags };
  const common = { packs: packsByRole, accountRules };
  return { file, role, feed: feedOf(known, common).value, packs: packsOf(known, common) };
}
