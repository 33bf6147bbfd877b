import { buildApp } from "../../main";
import type { Organization } from "../../organization/organization";
import { OrganizationError } from "../../organization/validation/problem";
import { account, load } from "../organization/accounts-folder";
import { resourcesOf, synthApp, testApp } from "../support/synth";

/** The settings that decide which trail delivers where, each with its values. */
const SETTINGS = {
  trail: ["own", "existing", "existing without log group"],
  archive: ["own", "existing"],
  dataEvents: ["none", "archived", "with alarms"],
  athena: [true, false],
  managementFeed: ["organization-trail", "event-bus"],
  memberFeed: ["event-bus", "account-trail"],
} as const;

type Combination = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K][number] };

const COMBINATIONS = Object.entries(SETTINGS).reduce<readonly object[]>(
  (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
  [{}],
) as readonly Combination[];

const TRAIL = {
  own: "",
  existing: "existing: { name: company, logGroup: company },",
  "existing without log group": "existing: { name: company },",
};
const DATA = {
  none: "",
  archived: "dataEvents: [{ resourceType: 'AWS::S3::Object' }]",
  "with alarms":
    "dataEvents: [{ resourceType: 'AWS::S3::Object', alarms: true, includeArns: ['arn:aws:s3:::records/'] }]",
};
const ARCHIVE = { own: "bucket: example-archive", existing: "existing: { bucket: company-logs, region: eu-west-1 }" };

function filesOf({ trail, archive, dataEvents, athena, managementFeed, memberFeed }: Combination) {
  // One pack, so that a synthesis is quick: cis where a trail's log group can have it.
  const packs = (feed: string) => `feed: ${feed}\npacks: [${feed === "event-bus" ? "" : "cis"}]\n`;
  return {
    "organization.yaml": `id: o-exampleorgid
homeRegion: eu-west-1
archive: { ${ARCHIVE[archive]} }
athena: { enabled: ${athena} }
trail: { ${TRAIL[trail]} ${DATA[dataEvents]} }
state: { backend: local }
packs: { member: [], log-archive: [] }
notifications: { alerts: { email: [security@example.com] } }
`,
    "management.yaml": account("management", "111122223333", "management") + packs(managementFeed),
    "workloads.yaml": account("workloads", "333344445555") + packs(memberFeed),
  };
}

/** The organization, or the messages about it. */
function outcomeOf(combination: Combination): Organization | readonly string[] {
  try {
    return load(filesOf(combination));
  } catch (error) {
    if (!(error instanceof OrganizationError)) throw error;
    return error.problems.map(({ property, rule }) => `${property} must ${rule}`);
  }
}

const outcomes = COMBINATIONS.map((combination) => ({ combination, outcome: outcomeOf(combination) }));

test("a combination is rejected by messages about its own settings only", () => {
  for (const { combination, outcome } of outcomes) {
    if ("accounts" in outcome) continue;
    const { archive, trail, dataEvents } = combination;
    expect(outcome.join("\n")).toMatch(/archive|trail/);
    for (const message of outcome) {
      expect(message).toMatch(
        /^(trail\.existing|trail\.existing\.logGroup|trail\.dataEvents|archive\.bucket|athena\.enabled) must /,
      );
      expect(message).toMatch(/archive\.|trail\.|log group/);
    }
    // The two defaults are never rejected.
    expect([archive, trail, dataEvents]).not.toEqual(["own", "own", expect.anything()]);
  }
});

test("the possible combinations are those of docs/landing-zones.md", () => {
  const rows = new Map<string, Set<boolean>>();
  for (const { combination, outcome } of outcomes) {
    const { trail, archive, dataEvents, athena, managementFeed, memberFeed } = combination;
    const fills = dataEvents !== "none" || memberFeed === "account-trail";
    const possible =
      trail === "own"
        ? archive === "own"
        : (trail === "existing" || managementFeed === "event-bus") &&
          (archive === "existing" ? dataEvents === "none" : fills && !athena);
    const row = JSON.stringify(combination);
    rows.set(row, new Set([possible, "accounts" in outcome]));
  }
  expect([...rows].filter(([, answers]) => answers.size > 1).map(([row]) => row)).toEqual([]);
});

test("all others are synthesized: each trail of Trailwatch's delivers to a bucket with a key, and each filter has a log group", () => {
  for (const { combination, outcome } of outcomes) {
    // Queries make no difference to trails, and what is possible with them is so without.
    if (!("accounts" in outcome) || combination.athena) continue;
    const stacks = Object.values(synthApp(buildApp(outcome, testApp())));
    const trails = stacks.flatMap((stack) => resourcesOf(stack, "aws_cloudtrail"));
    expect(trails.filter(({ s3_bucket_name: bucket, kms_key_id: key }) => !bucket || !key)).toEqual([]);
    const accountTrails = trails.filter(({ name }) => name === "trailwatch-account");
    expect(accountTrails).toHaveLength(combination.memberFeed === "account-trail" ? 1 : 0);
    const ownBucket = combination.archive === "existing" ? /^\$\{aws_s3_bucket\./ : /^example-archive$/;
    for (const { s3_bucket_name: bucket } of accountTrails) expect(bucket).toMatch(ownBucket);
    const filters = stacks.flatMap((stack) => resourcesOf(stack, "aws_cloudwatch_log_metric_filter"));
    expect(filters.filter(({ log_group_name: group }) => !group)).toEqual([]);
    const hasCis = [combination.managementFeed !== "event-bus", combination.memberFeed !== "event-bus"].some(Boolean);
    expect(filters.length > 0).toBe(hasCis || combination.dataEvents === "with alarms");
  }
});
