import { OrganizationTrail, type OrganizationTrailProps } from "../../../modules/trail/organization-trail";
import { TrailLogGroup } from "../../../modules/trail/trail-log-group";
import { resourceOf, resourcesOf, synthModule } from "../../support/synth";

const NAMES = {
  region: "eu-west-1",
  trailName: "organization",
  dataTrailName: "organization-data",
  organizationId: "o-exampleorgid",
  archiveBucket: "example-archive",
  archiveKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/1",
  ownBuckets: ["example-archive"],
};

const synth = (changes: Partial<OrganizationTrailProps> = {}) =>
  synthModule((scope) => {
    const logGroup = new TrailLogGroup(scope, "log-group", {
      logGroupName: "/trailwatch/management/organization-trail",
      retentionDays: 365,
      trailName: "organization",
      accountId: "111111111111",
      region: "eu-west-1",
    });
    new OrganizationTrail(scope, "trail", { ...NAMES, logGroup, ...changes });
  });

const CACHE = { resourceType: "AWS::S3::Object", includeArns: [], excludeArns: ["arn:aws:s3:::cache/"], alarms: false };
const DATA = { dataEvents: [CACHE] };
const trail = (changes: Partial<OrganizationTrailProps> = {}, name = "organization") =>
  resourceOf(synth(changes), "aws_cloudtrail", { name });

const HARDENED = {
  s3_bucket_name: "example-archive",
  kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
  is_organization_trail: true,
  is_multi_region_trail: true,
  include_global_service_events: true,
  enable_log_file_validation: true,
  enable_logging: true,
  lifecycle: expect.objectContaining({ prevent_destroy: true }) as object,
};

test.each(["organization", "organization-data"])(
  "the trail '%s' covers the organization and all regions, is validated, encrypted, switched on and kept",
  (name) => {
    expect(trail(DATA, name)).toMatchObject(HARDENED);
  },
);

test("management events also go to the log group, and the trail depends on the role's policy", () => {
  expect(trail()).toMatchObject({
    advanced_event_selector: [
      { name: "Management events", field_selector: [{ field: "eventCategory", equals: ["Management"] }] },
    ],
    cloud_watch_logs_group_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn}:\*$/) as string,
    cloud_watch_logs_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as string,
    depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
  });
});

describe("a trail of data events", () => {
  test("does not exist without data events", () => {
    expect(resourcesOf(synth(), "aws_cloudtrail")).toHaveLength(1);
    expect(resourcesOf(synth({ dataEvents: [] }), "aws_cloudtrail")).toHaveLength(1);
  });

  test("records data events alone: management events a second time would be billed", () => {
    expect(trail(DATA, "organization-data").advanced_event_selector).toEqual([
      {
        name: "Data events of AWS::S3::Object",
        field_selector: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", not_starts_with: ["arn:aws:s3:::example-archive/", "arn:aws:s3:::cache/"] },
        ],
      },
    ]);
  });

  test("has no log group and no Insights", () => {
    const data = trail(DATA, "organization-data");
    expect(data.cloud_watch_logs_group_arn).toBeUndefined();
    expect(data.cloud_watch_logs_role_arn).toBeUndefined();
    expect(data.insight_selector).toBeUndefined();
  });

  test("leaves the other trail as it is", () => {
    expect(trail(DATA)).toEqual(trail());
  });
});

describe("a trail of data events with alarms", () => {
  const ALARMS = { ...CACHE, includeArns: ["arn:aws:s3:::records/"], alarms: true };
  const withAlarms = (dataEvents = [ALARMS]) =>
    synthModule((scope) => {
      const logGroup = (name: string) =>
        new TrailLogGroup(scope, name, {
          logGroupName: `/trailwatch/management/${name}`,
          retentionDays: 365,
          trailName: name,
          accountId: "111111111111",
          region: "eu-west-1",
        });
      new OrganizationTrail(scope, "trail", {
        ...NAMES,
        logGroup: logGroup("organization"),
        dataAlarms: { trailName: "organization-data-alarms", logGroup: logGroup("data-events") },
        dataEvents,
      });
    });

  test("is hardened like the others, and writes to a log group of its own", () => {
    const found = resourceOf(withAlarms(), "aws_cloudtrail", { name: "organization-data-alarms" });
    expect(found).toMatchObject({
      ...HARDENED,
      cloud_watch_logs_group_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.data-events_/) as string,
      cloud_watch_logs_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.data-events_/) as string,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\.data-events_/)],
    });
    expect(JSON.stringify(found.advanced_event_selector)).toContain('"starts_with":["arn:aws:s3:::records/"]');
    expect(JSON.stringify(found.advanced_event_selector)).not.toContain("Management");
  });

  test("leaves no trail without a selector", () => {
    const names = (dataEvents: (typeof ALARMS)[]) =>
      resourcesOf(withAlarms(dataEvents), "aws_cloudtrail").map(({ name }) => name);
    expect(names([ALARMS])).toEqual(["organization", "organization-data-alarms"]);
    expect(names([CACHE, ALARMS])).toEqual(["organization", "organization-data-alarms", "organization-data"]);
    expect(names([CACHE])).toEqual(["organization", "organization-data"]);
  });

  test("needs its log group", () => {
    expect(() => synth({ dataEvents: [ALARMS] })).toThrow("'dataAlarms' must be given for data events with alarms");
  });
});

describe("Insights", () => {
  test("are of both kinds by default", () => {
    expect(trail().insight_selector).toEqual([
      { insight_type: "ApiCallRateInsight" },
      { insight_type: "ApiErrorRateInsight" },
    ]);
  });

  test("are of the kinds that are given", () => {
    expect(trail({ insights: ["ApiErrorRateInsight"] }).insight_selector).toEqual([
      { insight_type: "ApiErrorRateInsight" },
    ]);
  });

  test("can be none", () => {
    expect(trail({ insights: [] }).insight_selector ?? []).toEqual([]);
  });
});

describe("messages for delivered log files", () => {
  const logFileTopicArn = "arn:aws:sns:eu-west-1:111111111111:log-files";
  const name = `\${element(split(":", "${logFileTopicArn}"), 5)}`;

  test("are not sent by default", () => {
    expect(trail(DATA).sns_topic_name).toBeUndefined();
    expect(trail(DATA, "organization-data").sns_topic_name).toBeUndefined();
  });

  test("are sent by both trails, to the topic that is given", () => {
    expect(trail({ ...DATA, logFileTopicArn }).sns_topic_name).toBe(name);
    expect(trail({ ...DATA, logFileTopicArn }, "organization-data").sns_topic_name).toBe(name);
  });
});

test("before a trail is created, Terraform checks the organization and CloudTrail's trusted access", () => {
  const { precondition } = trail().lifecycle as { precondition: { condition: string; error_message: string }[] };
  const organization = "data.aws_organizations_organization.trail_organization_1C5303E5";
  expect(precondition.map(({ condition }) => condition)).toEqual([
    `\${${organization}.id == "o-exampleorgid"}`,
    `\${contains(${organization}.aws_service_access_principals, "cloudtrail.amazonaws.com")}`,
  ]);
  expect(precondition.map(({ error_message }) => error_message)).toEqual([
    expect.stringContaining("got 'o-exampleorgid'"),
    expect.stringContaining("aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com"),
  ]);
});
