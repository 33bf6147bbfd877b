import { ownNames } from "../../lib/naming/own-names";
import { globalRegions } from "../../lib/aws/partitions";
import { FEEDS } from "../../lib/naming/feeds";
import { bucketStateOf } from "../resolve/state";
import { feedOf } from "../resolve/account-choices";
import { isKnown, type Checked } from "./check";
import type { Problem } from "./problem";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import type { Path, YamlFile } from "../yaml/yaml-file";

type Organization = Checked<OrganizationFile>;
type Accounts = readonly Checked<AccountFile>[];

/** Settings of a trail or archive of Trailwatch's own, which have no effect on an existing one. */
const OWN_SETTINGS = {
  trail: ["logRetentionDays", "insights", "logFileNotifications"],
  archive: ["objectLock", "colderStorageAfterDays", "readerRoleArns", "denyWritesNotFromCloudTrail", "breakGlassRole"],
} as const satisfies { readonly [Part in "trail" | "archive"]: readonly (keyof OrganizationFile[Part])[] };

/** Problems of `trail.existing` and `archive.existing`: above all combinations in which nothing would be recorded. */
export function existingProblems(organization: Organization, accounts: Accounts): Problem[] {
  const { file, valid } = organization;
  const { trail, archive } = valid;
  return [
    ...uselessSettings(organization),
    ...trailProblems(organization, accounts),
    ...(trail === undefined || archive === undefined ? [] : combinationProblems(organization, accounts)),
    ...keyProblems(file, ["archive", "existing", "keyArn"], archive?.existing),
    ...keyProblems(file, ["state", "existing", "keyArn"], stateBucketIn(organization)),
  ];
}

function uselessSettings({ file, valid }: Organization): Problem[] {
  return (["trail", "archive"] as const).flatMap((part) =>
    valid[part]?.existing === undefined
      ? []
      : OWN_SETTINGS[part]
          .map((setting): Path => [part, setting])
          .filter((path) => file.has(path))
          .map((path) => file.problem(path, `be left out with ${part}.existing: Trailwatch does not change it`)),
  );
}

function trailProblems({ file, valid }: Organization, accounts: Accounts): Problem[] {
  const existing = valid.trail?.existing;
  if (existing === undefined) return [];
  const path = (setting: keyof typeof existing): Path => ["trail", "existing", setting];
  const management = accounts.find((account) => account.valid.role === "management");
  const owner = management?.valid.name;
  const problems: Problem[] = [];
  const own = ownNames(valid.names);
  if ([own.organizationTrail, own.dataTrail, own.dataAlarmsTrail].includes(existing.name)) {
    problems.push(file.problem(path("name"), "be another trail than those that Trailwatch creates"));
  }
  if (existing.account !== undefined && owner !== undefined && existing.account !== owner) {
    const rule = `be the management account, ${owner}: it owns the organization's trails, whatever created them`;
    problems.push(file.problem(path("account"), rule));
  }
  const { homeRegion, furtherRegions, omittedRegions } = valid;
  if (homeRegion === undefined || furtherRegions === undefined || omittedRegions === undefined) return problems;
  const { name, region = homeRegion, logGroup } = existing;
  const omitted = omittedRegions.map((entry) => entry.region);
  const watched = [homeRegion, ...furtherRegions, ...globalRegions(homeRegion)];
  if (!watched.includes(region) || omitted.includes(region)) {
    const rule = "be homeRegion or one of furtherRegions: who stops the trail is seen in its region";
    problems.push(file.problem(path("region"), rule));
  }
  // Only then do metric filters go on its log group.
  if (management === undefined || !isKnown(management, "feed")) return problems;
  const feed = management.valid.feed ?? "organization-trail";
  if (FEEDS[feed].trail !== "organization") return problems;
  const otherwise = `or give account '${owner ?? "management"}' the feed event-bus`;
  if (region !== homeRegion && problems.every(({ property }) => property !== "trail.existing.region")) {
    const rule = `be homeRegion, ${homeRegion}: metric filters and alarms are where the trail's log group is`;
    problems.push(file.problem(path("region"), rule, { hint: `set homeRegion to it, ${otherwise}` }));
  }
  if (logGroup === undefined) {
    const command =
      `aws cloudtrail describe-trails --region ${region} --trail-name-list ${name} ` +
      "--query 'trailList[0].CloudWatchLogsLogGroupArn'";
    const hint = `this prints its ARN: ${command}; if it prints null, add a log group (docs/landing-zones.md), ${otherwise}`;
    problems.push(file.problem(path("logGroup"), "be the name of the trail's log group", { hint }));
  }
  return problems;
}

/** Which archive a trail can write to. */
function combinationProblems(organization: Organization, accounts: Accounts): Problem[] {
  const { file, valid } = organization;
  const { trail, archive, athena } = valid;
  if (archive?.existing !== undefined) {
    const others = "the policies of that bucket and its key admit none of Trailwatch's trails";
    return [
      ...(trail?.existing === undefined
        ? [file.problem(["trail", "existing"], `be given with archive.existing: ${others}`)]
        : []),
      ...((trail?.dataEvents ?? []).length === 0
        ? []
        : [
            file.problem(["trail", "dataEvents"], `be left out with archive.existing: ${others}`, {
              hint: DATA_EVENTS,
            }),
          ]),
    ];
  }
  if (trail?.existing === undefined) return [];
  if (trail.dataEvents.length === 0 && !hasAccountTrail(organization, accounts)) {
    const rule = "be left out with trail.existing: that trail delivers to its own bucket, and to no second one";
    return [file.problem(["archive", "bucket"], rule, { hint: "give archive.existing with the trail's bucket" })];
  }
  if (athena?.enabled !== true) return [];
  const rule =
    "be false: the existing trail does not deliver to archive.bucket, and queries would find none of its events";
  const problem = file.problem(["athena", "enabled"], rule);
  return [problem.value === undefined ? { ...problem, value: "true", hint: "that is its default" } : problem];
}

const DATA_EVENTS = "let the existing trail record them, or give archive.bucket in place of archive.existing";

/** Whether an account has a trail of its own, which delivers to the archive that Trailwatch creates. */
function hasAccountTrail(organization: Organization, accounts: Accounts): boolean {
  const { accountRules } = organization.valid;
  if (accountRules === undefined) return false;
  return accounts.some((account) => {
    const { role, feed, organizationalUnit, accountTags } = account.valid;
    if (!isKnown(account, "feed") || !isKnown(account, "organizationalUnit")) return false;
    if (role === undefined || accountTags === undefined) return false;
    const chosen = feedOf({ role, feed, organizationalUnit, accountTags }, { accountRules });
    return FEEDS[chosen.value].trail === "account";
  });
}

/** The existing bucket of the states, with its region. */
function stateBucketIn({ valid }: Organization) {
  const existing = bucketStateOf(valid.state)?.existing;
  return existing === undefined ? undefined : { ...existing, region: existing.region ?? valid.homeRegion };
}

/** S3 encrypts with a key of the bucket's own region. */
function keyProblems(
  file: YamlFile,
  path: Path,
  bucket: { readonly keyArn?: string | undefined; readonly region?: string | undefined } = {},
): Problem[] {
  const { keyArn, region } = bucket;
  if (keyArn === undefined || region === undefined || keyArn.split(":")[3] === region) return [];
  return [file.problem(path, `be a key of the bucket's region, ${region}`)];
}
