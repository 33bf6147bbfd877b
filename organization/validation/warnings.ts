import { globalArn } from "../../lib/aws/partitions";
import { didYouMean } from "../../lib/support/did-you-mean";
import { isNameField, type NAME_FIELDS } from "../resolve/ignored-names";
import type { LoadedOrganization } from "../load";
import type { Organization } from "../organization";
import { matchesRule } from "./matching-rules";
import { inReadingOrder, type Problem } from "./problem";
import { problemLines } from "./problems-text";
import { ignoreTests, type Detections } from "../schema/schema";
import type { YamlFile } from "../yaml/yaml-file";

const SYNC = "'trailwatch accounts sync' writes organizationalUnit and accountTags into the accounts' files";

/**
 * Warnings for the user, one line each, with the prefix `warning: `: rules that match no account, data events with
 * alarms of every resource, and ignore entries whose date has passed or that trust a name. Those stay in force, so that the deployment does not depend on its date.
 * `ignoredFilesWarning` reports files that are not read, before any other problem can stop the load.
 *
 * @param today as YYYY-MM-DD
 */
export function organizationWarnings({ organization, sources }: LoadedOrganization, today: string): string[] {
  const ofAccount = (id: string) => (principal: string) => globalArn(organization.homeRegion, "iam", id, principal);
  const ignores = [
    ...passedIgnores(sources.organization, organization.detections, today),
    ...namesIgnored(sources.organization, organization.detections, ofAccount("*")),
    ...organization.accounts.flatMap(({ id, name, detections }) => [
      ...passedIgnores(sources.account(name), detections, today),
      ...namesIgnored(sources.account(name), detections, ofAccount(id)),
    ]),
  ];
  const problems = inReadingOrder([
    ...unmatchedRules(sources.organization, organization),
    ...unchosenDataEvents(sources.organization, organization),
    ...ignores,
  ]);
  return problemLines(problems).map((line) => `warning: ${line}`);
}

/** Alarms on every resource of a type are allowed, but seldom meant. */
function unchosenDataEvents(file: YamlFile, { trail }: Organization): Problem[] {
  return trail.dataEvents.flatMap(({ alarms, includeArns, resourceType }, index) => {
    if (!alarms || includeArns.length > 0) return [];
    const hint = `without them, each event of every ${resourceType} in all accounts is ingested and billed`;
    return [
      file.problem(["trail", "dataEvents", index], "choose resources by includeArns with 'alarms: true'", { hint }),
    ];
  });
}

function passedIgnores(file: YamlFile, detections: Detections, today: string): Problem[] {
  return Object.entries(detections).flatMap(([id, settings]) =>
    (settings?.ignore ?? []).flatMap(({ until }, index) => {
      if (until === undefined || until >= today) return [];
      const hint = "its events are ignored still: remove the entry, or give it a later day";
      return [file.problem(["detections", id, "ignore", index, "until"], "not have passed", { hint })];
    }),
  );
}

/**
 * Entries that ignore a role or user by its name. Anyone who may create one can give it that name, in any account and
 * under any path.
 */
function namesIgnored(file: YamlFile, detections: Detections, arnOf: (principal: string) => string): Problem[] {
  return Object.entries(detections).flatMap(([id, settings]) =>
    (settings?.ignore ?? []).flatMap((entry, index) =>
      ignoreTests(entry).flatMap(({ field, equals, matches, path }, _, tests) => {
        if (!isNameField(field)) return [];
        const [arnField, type] = ARN_FORMS[field];
        if (tests.some((test) => test.field === arnField)) return [];
        const arn = arnOf(`${type}/${equals ?? matches ?? ""}`);
        const use = `use 'field: ${arnField}' with '${arn.includes("*") ? "matches" : "equals"}: ${arn}'`;
        const hint = `anyone who may create a ${type} can give it this name: ${use}, with the path of the ${type} if it has one`;
        const place = ["detections", id, "ignore", index, ...path, "field"];
        return [file.problem(place, "be a field that holds an ARN", { hint })];
      }),
    ),
  );
}

/** The field that holds the ARN of the same principal, and its type in the ARN. */
const ARN_FORMS = {
  "userIdentity.sessionContext.sessionIssuer.userName": ["userIdentity.sessionContext.sessionIssuer.arn", "role"],
  "userIdentity.userName": ["userIdentity.arn", "user"],
} as const satisfies Readonly<Record<keyof typeof NAME_FIELDS, readonly string[]>>;

/** Rules that match no member: a misspelt name, a renamed organizational unit, or accounts that were not synced. */
function unmatchedRules(file: YamlFile, { accountRules, accounts }: Organization): Problem[] {
  const members = accounts.filter(({ role }) => role === "member");
  const units = [...new Set(members.flatMap(({ organizationalUnit }) => organizationalUnit ?? []))];
  const keys = [...new Set(members.flatMap(({ accountTags }) => Object.keys(accountTags)))];

  return accountRules.flatMap(({ ou, tag }, index) => {
    const path = ["accountRules", index];
    const met = (part: Parameters<typeof matchesRule>[0]) => members.some((account) => matchesRule(part, account));
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
