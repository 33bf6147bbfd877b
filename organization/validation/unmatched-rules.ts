import { matches } from "./matching-rules";
import type { Organization } from "../organization";
import type { Problem } from "./problem";
import { didYouMean } from "../../lib/support/spelling";
import type { YamlFile } from "../yaml/yaml-file";

const SYNC = "'trailwatch accounts sync' writes organizationalUnit and accountTags into the accounts' files";

/** Rules that match no member: a misspelt name, a renamed organizational unit, or accounts that were not synced. */
export function unmatchedRules(file: YamlFile, { accountRules, accounts }: Organization): Problem[] {
  const members = accounts.filter(({ role }) => role === "member");
  const units = [...new Set(members.flatMap(({ organizationalUnit }) => organizationalUnit ?? []))];
  const keys = [...new Set(members.flatMap(({ accountTags }) => Object.keys(accountTags)))];

  return accountRules.flatMap(({ ou, tag }, index) => {
    const path = ["accountRules", index];
    const met = (part: Parameters<typeof matches>[0]) => members.some((account) => matches(part, account));
    if (met({ ou, tag })) return [];
    if (ou !== undefined && !met({ ou })) {
      const hint = didYouMean(ou, units) ?? SYNC;
      return [file.problem([...path, "ou"], "be organizational units of at least one member", { hint })];
    }
    if (tag !== undefined && !met({ tag })) {
      const known = keys.includes(tag.key);
      const values = members.flatMap(({ accountTags }) => (known ? (accountTags[tag.key] ?? []) : []));
      const hint = (known ? didYouMean(tag.value, values) : didYouMean(tag.key, keys)) ?? SYNC;
      const part = known ? "value" : "key";
      return [file.problem([...path, "tag", part], `be a tag's ${part} of at least one member`, { hint })];
    }
    return [file.problem(path, "match at least one member by 'ou' and 'tag' together")];
  });
}
