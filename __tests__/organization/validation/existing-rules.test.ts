import { ORGANIZATION, account, complaints, load } from "../accounts-folder";

const TRAIL = "name: aws-controltower-BaselineCloudTrail, logGroup: aws-controltower/CloudTrailLogs";
const BUCKET = "bucket: aws-controltower-logs-222233334444-eu-west-1, region: eu-west-1, prefix: o-exampleorgid";
const OWN_ARCHIVE = /^archive:.*\n(?: .*\n)*/m;

interface Given {
  readonly trail?: string;
  readonly trailSettings?: string;
  readonly archive?: string;
  readonly archiveSettings?: string;
  readonly more?: string;
  readonly accounts?: Readonly<Record<string, string>>;
}

/** An organization with an existing trail and archive, by the settings of each. Empty: Trailwatch creates it. */
function text({ trail = TRAIL, trailSettings = "", archive = BUCKET, archiveSettings = "", more = "" }: Given): string {
  const existing = archive === "" ? "" : `existing: { ${archive} }, `;
  const ofArchive =
    archive === "" && archiveSettings === "" ? undefined : `archive: { ${existing}${archiveSettings} }\n`;
  const ofTrail =
    trail === "" ? `trail: { ${trailSettings} }\n` : `trail: { existing: { ${trail} }, ${trailSettings} }\n`;
  return (ofArchive === undefined ? ORGANIZATION : ORGANIZATION.replace(OWN_ARCHIVE, ofArchive)) + ofTrail + more;
}

const problems = (given: Given): string[] =>
  complaints({ "organization.yaml": text(given), ...given.accounts }).map((line) => line.replace(/ \(at .*?\)/, ""));

test("an existing trail and archive are used, with or without optional settings", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ trail: `${TRAIL}, region: eu-west-1, account: management` })).toEqual([]);
  expect(problems({ archive: "bucket: a.bucket.with.dots, region: eu-central-1" })).toEqual([]);
  const { trail, archive } = load({ "organization.yaml": text({}) });
  expect([trail.existing?.name, archive.bucket, archive.existing?.retentionDays]).toEqual([
    "aws-controltower-BaselineCloudTrail",
    undefined,
    365,
  ]);
});

describe("the archive", () => {
  test("is Trailwatch's or an existing one, not both and not none", () => {
    expect(problems({ archiveSettings: "bucket: example-archive" })).toEqual([
      "'archive.bucket' must be left out with archive.existing: Trailwatch creates no archive beside it, got 'example-archive'",
    ]);
    expect(complaints({ "organization.yaml": ORGANIZATION.replace(OWN_ARCHIVE, "archive: {}\n") })).toEqual([
      expect.stringContaining("'archive.bucket' must be given, or archive.existing"),
    ]);
  });

  test.each(["objectLock: { retentionDays: 400 }", "readerRoleArns: []", "breakGlassRole: Opener"])(
    "takes no settings of Trailwatch's own: %s",
    (archiveSettings) => {
      expect(problems({ archiveSettings })).toEqual([
        expect.stringContaining(
          `'archive.${archiveSettings.split(":")[0] ?? ""}' must be left out with archive.existing: Trailwatch does not change it`,
        ),
      ]);
    },
  );

  test.each([
    ["bucket: UPPER, region: eu-west-1", "archive.existing.bucket"],
    ["bucket: a..b, region: eu-west-1", "archive.existing.bucket"],
    ["bucket: logs-of-all, region: moon-1", "archive.existing.region"],
    ["bucket: logs-of-all", "archive.existing.region"],
    [`${BUCKET}/`, "archive.existing.prefix"],
    ["bucket: logs-of-all, region: eu-west-1, prefix: /logs", "archive.existing.prefix"],
    ["bucket: logs-of-all, region: eu-west-1, prefix: '${x}'", "archive.existing.prefix"],
    ["bucket: logs-of-all, region: eu-west-1, keyArn: alias/logs", "archive.existing.keyArn"],
    [
      "bucket: logs-of-all, region: eu-west-1, keyArn: 'arn:aws:kms:us-east-1:222233334444:key/a1'",
      "archive.existing.keyArn",
    ],
  ])("must be described as AWS takes it: %s", (archive, property) => {
    expect(problems({ archive })).toEqual([expect.stringMatching(new RegExp(`^'${property}' must `))]);
  });

  test("holds no state", () => {
    const bucket = "aws-controltower-logs-222233334444-eu-west-1";
    const state = (name: string) =>
      complaints({
        "organization.yaml": text({}).replace("backend: local", `backend: s3, account: log-archive, bucket: ${name}`),
      });
    expect(state(bucket)).toEqual([
      expect.stringContaining("'state.bucket' must be another bucket than archive.existing"),
    ]);
    expect(state("trailwatch-222233334444-eu-west-1-athena")).toEqual([
      expect.stringContaining("'state.bucket' must be another bucket than those that the stack log-archive creates"),
    ]);
    expect(state("example-state")).toEqual([]);
  });
});

describe("the trail", () => {
  test.each(["logRetentionDays: 731", "insights: []", "logFileNotifications: { enabled: true }"])(
    "takes no settings of Trailwatch's own: %s",
    (trailSettings) => {
      expect(problems({ trailSettings })).toEqual([
        expect.stringContaining(
          `'trail.${trailSettings.split(":")[0] ?? ""}' must be left out with trail.existing: Trailwatch does not change it`,
        ),
      ]);
    },
  );

  test("needs its log group, unless management has another feed", () => {
    const trail = "name: audit";
    const [problem = "", ...others] = problems({ trail });
    expect(others).toEqual([]);
    expect(problem).toContain("'trail.existing.logGroup' must be the name of the trail's log group, got nothing");
    expect(problem).toContain("aws cloudtrail describe-trails --region eu-west-1 --trail-name-list audit");
    const management = `${account("management", "111122223333", "management")}feed: event-bus\npacks: [guard]\n`;
    expect(problems({ trail, accounts: { "management.yaml": management } })).toEqual([]);
  });

  test.each([
    ["name: trailwatch-organization, logGroup: x", "name", "be another trail than those that Trailwatch creates"],
    ["name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/a', logGroup: x", "name", "be a trail's name"],
    ["name: ab, logGroup: x", "name", "be at least 3 characters"],
    [`name: ${"a".repeat(129)}, logGroup: x`, "name", "be at most 128 characters"],
    ["name: audit, logGroup: 'arn:aws:logs:eu-west-1:111122223333:log-group:x'", "logGroup", "be a log group's name"],
    [`name: audit, logGroup: ${"g".repeat(101)}`, "logGroup", "be at most 100 characters"],
    ["name: audit, logGroup: x, account: workloads", "account", "be the management account, management"],
    ["name: audit, logGroup: x, region: us-east-1", "region", "be homeRegion, eu-west-1"],
    ["name: audit, logGroup: x, region: ap-south-1", "region", "be homeRegion or one of furtherRegions"],
  ])("must be described as AWS and the filters take it: %s", (trail, setting, rule) => {
    expect(problems({ trail })).toEqual([expect.stringContaining(`'trail.existing.${setting}' must ${rule}`)]);
  });
});

describe("combinations", () => {
  const OWN_TRAIL = `${account("workloads", "333344445555")}feed: account-trail\n`;
  const DATA = "dataEvents: [{ resourceType: 'AWS::S3::Object' }]";

  test("a trail of Trailwatch's delivers to no existing bucket", () => {
    expect(problems({ trail: "" })).toEqual([
      expect.stringContaining("'trail.existing' must be given with archive.existing: the policies of that bucket"),
    ]);
    expect(problems({ trailSettings: DATA })).toEqual([
      expect.stringContaining("'trail.dataEvents' must be left out with archive.existing"),
    ]);
  });

  test("a trail of an account's own has a bucket of its own beside an existing archive, also by a rule", () => {
    expect(problems({ accounts: { "workloads.yaml": `${OWN_TRAIL}packs: [cis]\n` } })).toEqual([]);
    const more = "accountRules: [{ ou: Production, feed: account-trail, packs: [cis, guard] }]\n";
    const inUnit = `${account("workloads", "333344445555")}organizationalUnit: Production\n`;
    expect(problems({ more, accounts: { "workloads.yaml": inUnit } })).toEqual([]);
  });

  test("an archive of Trailwatch's beside an existing trail needs trails of Trailwatch's that fill it", () => {
    expect(problems({ archive: "" })).toEqual([
      expect.stringContaining(
        "'archive.bucket' must be left out with trail.existing: that trail delivers to its own bucket",
      ),
    ]);
    const more = "athena: { enabled: false }\n";
    expect(problems({ archive: "", trailSettings: DATA, more })).toEqual([]);
    expect(problems({ archive: "", more, accounts: { "workloads.yaml": OWN_TRAIL } })).toEqual([]);
    expect(problems({ archive: "", trailSettings: DATA })).toEqual([
      expect.stringContaining("'athena.enabled' must be false: the existing trail does not deliver to archive.bucket"),
    ]);
  });
});
