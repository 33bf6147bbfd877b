import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeStacks } from "../../main";
import { readDeployment } from "../../signals";
import { leastPrivilege } from "../../verification/least-privilege";
import { readExpected } from "../../verification/expected/read-expected";
import { resourcesOfStacks, synthVariant, variantNamed } from "../support/variants";

const NAME = "an existing trail and archive, as Control Tower has them";
const GROUP = "aws-controltower/CloudTrailLogs";
const BUCKET = "aws-controltower-logs-222222222222-eu-west-1";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-existing-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stacks = synthVariant(variantNamed(NAME));
const resources = resourcesOfStacks(stacks);
const ofType = (type: string) => resources.filter((resource) => resource.type === type).map(({ values }) => values);

test("neither a trail nor an archive is created, and no log group of a trail", () => {
  expect(ofType("aws_cloudtrail")).toEqual([]);
  const buckets = ofType("aws_s3_bucket").map(({ bucket }) => bucket);
  expect(buckets.sort()).toEqual([
    "example-state",
    "trailwatch-222222222222-eu-west-1-access-logs",
    "trailwatch-222222222222-eu-west-1-athena",
  ]);
  expect(ofType("aws_s3_bucket_object_lock_configuration")).toEqual([]);
  expect(ofType("aws_cloudwatch_log_group").map(({ name }) => name)).not.toContain(GROUP);
});

test("filters of the management account are on the existing log group", () => {
  const filters = resources.filter(
    ({ stack, type }) => stack === "monitoring-management" && type === "aws_cloudwatch_log_metric_filter",
  );
  expect(filters.length).toBeGreaterThan(20);
  expect([...new Set(filters.map(({ values }) => values.log_group_name))]).toEqual([GROUP]);
});

test("queries read the existing bucket below its prefix", () => {
  const [table] = ofType("aws_glue_catalog_table");
  expect(table?.parameters).toMatchObject({
    "projection.day.range": "NOW-365DAYS,NOW",
    "storage.location.template": `s3://${BUCKET}/o-exampleorgid/AWSLogs/o-exampleorgid/$\${account}/CloudTrail/$\${region}/$\${day}`,
  });
});

test("without queries, there is no stack of an archive", () => {
  const without = synthVariant(variantNamed("an existing trail and archive, deployed by CI, without queries"));
  expect(Object.keys(without)).not.toContain("log-archive");
});

test("replay and verify know the trail as if it were created, and verify's permissions reach it", () => {
  const organization = variantNamed(NAME).organization();
  synthesizeStacks(organization, folder);
  const deployment = readDeployment(folder);
  expect(deployment.warnings).toEqual([]);
  const management = deployment.accounts.find(({ name }) => name === "management");
  expect(management?.trails).toMatchObject([{ isOrganizationTrail: true, isLogging: true, logGroup: GROUP }]);
  const expected = readExpected(folder, deployment, organization).get("111111111111");
  expect(expected?.trails).toMatchObject([
    { existing: true, name: "aws-controltower-BaselineCloudTrail", bucket: BUCKET, logGroup: GROUP },
  ]);
  const reached = JSON.stringify(leastPrivilege({ organization, live: true, notify: false }));
  for (const part of [`arn:aws:s3:::${BUCKET}`, "trail/aws-controltower-BaselineCloudTrail", `log-group:${GROUP}`]) {
    expect(reached).toContain(part);
  }
});

describe("an alert hub that notifies an existing topic of another account", () => {
  const SECURITY = "arn:aws:sns:eu-west-1:333333333333:security";
  const statements = (role: RegExp): string =>
    JSON.stringify(
      resources
        .filter(({ type, id }) => type === "aws_iam_role_policy" && role.test(id))
        .map(({ values }) => values.policy),
    );

  test("its role may publish there, with any key of that account through SNS", () => {
    const policy = statements(/^messages_permission/);
    expect(policy).toContain(SECURITY);
    expect(policy).toContain("arn:aws:kms:eu-west-1:333333333333:key/*");
    expect(policy).toContain("sns.eu-west-1.amazonaws.com");
  });

  test("rules of the witness have a role that may do the same", () => {
    expect(statements(/^witness_publisher/)).toContain(SECURITY);
    const targets = resources.filter(
      ({ type, values }) => type === "aws_cloudwatch_event_target" && values.arn === SECURITY,
    );
    // Of the hub's account: management has subscribers of its own.
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter(({ values }) => values.role_arn === undefined)).toEqual([]);
  });

  test("each account keeps its own topics for messages that the hub cannot send", () => {
    const names = resources.filter(({ type }) => type === "aws_sns_topic").map(({ values }) => values.name);
    expect([...new Set(names)].sort()).toEqual(["trailwatch-alerts", "trailwatch-notices", "trailwatch-witness"]);
  });
});
