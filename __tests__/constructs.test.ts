/** @jest-environment-options {"modules": "own"} */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { SecurityStack } from "../examples/own-app/security-stack";
import { DetectionAlarm, nameBy, NotificationTopic, OrganizationTrail, TrailLogGroup } from "../index";

// The public constructs in an app of another project: nothing here loads code of Trailwatch's own app.

const outdir = mkdtempSync(join(tmpdir(), "trailwatch-constructs-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

const HERE = { accountId: "111122223333", region: "eu-west-1" };
const ALARM = {
  accountName: "web",
  detection: "root-use",
  description: "A root user made a call.",
  logGroupName: "/company/trail",
  filterPatterns: ['{ $.userIdentity.type = "Root" }'],
  topicArn: "arn:aws:sns:eu-west-1:111122223333:alerts",
};

function synth(build: (stack: TerraformStack) => void): StackJson["resource"] {
  const stack = new TerraformStack(new App({ outdir, context: { names: ["of", "another", "library"] } }), "stack");
  build(stack);
  return (JSON.parse(Testing.synth(stack)) as Partial<StackJson>).resource ?? {};
}

/** Arguments of each resource of a type. */
const all = (resources: StackJson["resource"], type: string) => Object.values(resources[type] ?? {});

test("the example is an app that synthesizes three constructs", () => {
  const app = new App({ outdir });
  new SecurityStack(app, "security", {
    ...HERE,
    organizationId: "o-exampleorgid",
    archiveBucket: "company-cloudtrail-logs",
    emails: ["security@example.com"],
  });
  app.synth();
  const text = readFileSync(join(outdir, "stacks/security/cdk.tf.json"), "utf8");
  const { resource } = JSON.parse(text) as StackJson;
  expect(all(resource, "aws_cloudtrail")).toMatchObject([
    { name: "company-organization", s3_bucket_name: "company-cloudtrail-logs", lifecycle: { prevent_destroy: true } },
  ]);
  expect(all(resource, "aws_sns_topic")).toMatchObject([
    { name: "company-security-alerts", kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\./) as string },
  ]);
  expect(all(resource, "aws_sns_topic_subscription")).toMatchObject([
    { protocol: "email", endpoint: "security@example.com" },
  ]);
  expect(all(resource, "aws_cloudwatch_metric_alarm")).toMatchObject([
    { alarm_name: "trailwatch-management-root-use", period: 300, evaluation_periods: 1, threshold: 1 },
  ]);
  expect(all(resource, "aws_cloudwatch_query_definition")).toHaveLength(1);
  expect(text).not.toContain("organization.yaml");
});

describe("NotificationTopic", () => {
  test("has a key of its own, which CloudWatch may use for alarms of the account and region", () => {
    const resources = synth((stack) => new NotificationTopic(stack, "topic", { name: "alerts", ...HERE }));
    expect(all(resources, "aws_kms_alias")).toMatchObject([{ name: "alias/alerts" }]);
    const [key] = all(resources, "aws_kms_key");
    const [policy] = all(resources, "aws_sns_topic_policy");
    for (const text of [key?.["policy"], policy?.["policy"]]) {
      expect(text).toContain('"aws:SourceArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*"');
    }
    expect(all(resources, "aws_sns_topic_subscription")).toEqual([]);
  });

  test("uses a key that is given, and none if AWS owns it", () => {
    const topic = (encryptionKeyArn: string) =>
      synth((stack) => new NotificationTopic(stack, "topic", { name: "alerts", ...HERE, encryptionKeyArn }));
    const given = topic("arn:aws:kms:eu-west-1:111122223333:key/1");
    expect(all(given, "aws_sns_topic")).toMatchObject([
      { kms_master_key_id: "arn:aws:kms:eu-west-1:111122223333:key/1" },
    ]);
    expect(all(given, "aws_kms_key")).toEqual([]);
    expect(JSON.stringify(topic("aws-owned"))).not.toContain("kms_master_key_id");
  });

  test("a subscriber that only Terraform knows has the same address in each synthesis", () => {
    const addresses = (before: number) =>
      Object.keys(
        synth((stack) => {
          for (let number = 0; number < before; number += 1) new TerraformVariable(stack, `v${number}`, {}).toString();
          const { arn } = new SqsQueue(stack, "queue", {});
          new NotificationTopic(stack, "topic", { name: "alerts", ...HERE, subscribers: { sqs: [arn] } });
        })["aws_sns_topic_subscription"] ?? {},
      );
    expect(addresses(0)).toHaveLength(1);
    expect(addresses(0)).toEqual(addresses(3));
  });

  test("account and region must be known at synthesis, as policies are computed from them", () => {
    const build = () =>
      synth((stack) => {
        const accountId = new TerraformVariable(stack, "account", {}).stringValue;
        const region = new TerraformVariable(stack, "region", {}).stringValue;
        new NotificationTopic(stack, "topic", { name: "alerts", accountId, region });
      });
    expect(build).toThrow(
      "'accountId' must be known at synthesis, got '${var.account}' (at stack/topic)\n" +
        "'region' must be known at synthesis, got '${var.region}' (at stack/topic)",
    );
  });
});

describe("DetectionAlarm", () => {
  test("writes patterns, description and query as text, but references as references", () => {
    const text = "not an ${expression} and no %{ if true }";
    const resources = synth((stack) => {
      const topicArn = new TerraformVariable(stack, "topic", {}).stringValue;
      new DetectionAlarm(stack, "alarm", {
        ...ALARM,
        topicArn,
        description: `${text}, ${topicArn}`,
        filterPatterns: [`"${text}"`],
        query: text,
      });
    });
    const escaped = "not an $${expression} and no %%{ if true }";
    expect(all(resources, "aws_cloudwatch_log_metric_filter")).toMatchObject([{ pattern: `"${escaped}"` }]);
    expect(all(resources, "aws_cloudwatch_query_definition")).toMatchObject([{ query_string: escaped }]);
    expect(all(resources, "aws_cloudwatch_metric_alarm")).toMatchObject([
      { alarm_actions: ["${var.topic}"], alarm_description: `${escaped}, \${var.topic}` },
    ]);
  });

  test("is named after the account, with the prefix of nameBy; without a query, none is saved", () => {
    const resources = synth((stack) => {
      nameBy(stack, { prefix: "acme-security" });
      new DetectionAlarm(stack, "alarm", ALARM);
    });
    expect(all(resources, "aws_cloudwatch_metric_alarm")).toMatchObject([
      { alarm_name: "acme-security-web-root-use", namespace: "Acme-security" },
    ]);
    expect(all(resources, "aws_cloudwatch_query_definition")).toEqual([]);
  });

  test("reports everything that AWS would refuse, at once", () => {
    const build = () =>
      synth((stack) => {
        const wrong = { threshold: 0, periodSeconds: 90, evaluationPeriods: 2000, description: "x".repeat(1025) };
        new DetectionAlarm(stack, "alarm", { ...ALARM, ...wrong, filterPatterns: [] });
      });
    expect(build).toThrow(
      [
        "'filterPatterns' must hold 1 to 100 patterns, as many as a log group takes filters, got '0' (at stack/alarm)",
        "'description' must be at most 1024 characters, got '1025' (at stack/alarm)",
        "'threshold' must be 1 or more, got '0' (at stack/alarm)",
        "'periodSeconds' must be a multiple of 60, got '90' (at stack/alarm)",
        "'evaluationPeriods' must be 1 or more, and together at most 86400 s with periods of 90 s, got '2000' (at stack/alarm)",
      ].join("\n"),
    );
  });
});

test("OrganizationTrail names the trail of data events after it, and leaves out the archive's own events", () => {
  const resources = synth((stack) => {
    const trailName = "company-trail";
    const logGroup = new TrailLogGroup(stack, "log-group", {
      logGroupName: "/company/trail",
      retentionDays: 90,
      trailName,
      ...HERE,
    });
    new OrganizationTrail(stack, "trail", {
      trailName,
      organizationId: "o-exampleorgid",
      region: HERE.region,
      archiveBucket: "company-logs",
      logGroup,
      dataEvents: [{ resourceType: "AWS::S3::Object", includeArns: [], excludeArns: [], alarms: false }],
    });
  });
  expect(all(resources, "aws_cloudtrail").map(({ name }) => name)).toEqual(["company-trail", "company-trail-data"]);
  expect(JSON.stringify(resources)).toContain('"not_starts_with":["arn:aws:s3:::company-logs/"]');
  expect(JSON.stringify(all(resources, "aws_iam_role"))).toContain("trail/company-trail");
});

test("OrganizationTrail records management events also without a log group, unless another trail does", () => {
  const trails = (managementEvents?: boolean) =>
    all(
      synth((stack) => {
        const props = { trailName: "company-trail", organizationId: "o-exampleorgid", region: HERE.region };
        new OrganizationTrail(stack, "trail", { ...props, archiveBucket: "company-logs", managementEvents });
      }),
      "aws_cloudtrail",
    );
  expect(trails()).toEqual([expect.not.objectContaining({ cloud_watch_logs_group_arn: expect.anything() as unknown })]);
  expect(trails(false)).toEqual([]);
});
