import { stringify } from "yaml";
import type { AccountFile } from "../organization/schema/schema";
import { PLAINLY, editYaml } from "./edit-yaml";

/** The settings in an account's file that the sync manages. All others belong to the user. */
export type Managed = Pick<AccountFile, "role" | "organizationalUnit" | "accountTags">;

/** The text of a new account file. */
export function newAccountText(name: string, id: string, awsName: string, managed: Managed): string {
  const { role, organizationalUnit, accountTags } = managed;
  const data = {
    name,
    id,
    role,
    organizationalUnit,
    ...(Object.keys(accountTags).length === 0 ? {} : { accountTags }),
  };
  // A name with a line break in it must not end the comment.
  const label = awsName.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return [
    "# yaml-language-server: $schema=./account.schema.json",
    "#",
    `# '${label}' in AWS Organizations, from where role, organizationalUnit and accountTags are.`,
    "",
    stringify(data, PLAINLY),
  ].join("\n");
}

/** The text of an account's file with the managed settings as in AWS; unchanged if they already match. */
export function syncedText(text: string, present: Managed, managed: Managed): string {
  let result = text;
  const set = (path: readonly string[], value: string | Record<string, string> | undefined, after?: string) => {
    result = editYaml(result, { path, value, after });
  };

  if (present.role !== managed.role) set(["role"], managed.role);
  if (present.organizationalUnit !== managed.organizationalUnit) {
    set(["organizationalUnit"], managed.organizationalUnit, "role");
  }

  const [before, tags] = [present.accountTags, managed.accountTags];
  const keys = Object.keys(tags);
  const unitKey = managed.organizationalUnit === undefined ? "role" : "organizationalUnit";
  if (keys.length === 0) {
    if (Object.keys(before).length > 0) set(["accountTags"], undefined);
  } else if (Object.keys(before).length === 0) {
    set(["accountTags"], tags, unitKey);
  } else {
    for (const key of keys) if (before[key] !== tags[key]) set(["accountTags", key], tags[key]);
    for (const key of Object.keys(before)) if (!keys.includes(key)) set(["accountTags", key], undefined);
  }
  return result;
}
