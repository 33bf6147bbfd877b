import type { z } from "zod";
import { accountNamed } from "../../organization/organization";
import type { accountFile } from "../../organization/schema";
import { AccountMonitoringStack } from "../../stacks/account-monitoring-stack";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import {
  addressesOf,
  countsOf,
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthApp,
  testApp,
} from "../support/synth";

function synth(
  account: Partial<z.input<typeof accountFile>> = {},
  changes: OrganizationChanges = {},
  name = "workloads",
) {
  const app = testApp();
  const organization = testOrganization({ ...changes, accounts: { [name]: account } });
  new AccountMonitoringStack(app, "monitoring", {
    organization,
    account: accountNamed(organization, name),
    archiveKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/1",
  });
  return named(synthApp(app), "monitoring");
}

const stack = synth();
const secrets = (...names: string[]) => ({ create: names.map((name) => ({ name })), watch: [] });

describe("secrets", () => {
  test("are created with a key of their own", () => {
    expect(resourceOf(stack, "aws_secretsmanager_secret")).toMatchObject({
      name: "MyProjectSecrets",
      recovery_window_in_days: 30,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.secrets-key_/) as string,
    });
    expect(resourceOf(stack, "aws_kms_alias", { name: "alias/trailwatch-secrets" })).toBeDefined();
  });

  test("are described and kept as is given", () => {
    const create = [{ name: "one", description: "S3", recoveryWindowDays: 7 }];
    expect(resourceOf(synth({ secrets: { create } }), "aws_secretsmanager_secret")).toMatchObject({
      description: "S3",
      recovery_window_in_days: 7,
    });
  });

  test("may be read by nobody outside the organization", () => {
    const policy = policyOf(resourceOf(stack, "aws_secretsmanager_secret_policy"));
    expect(statementOf(policy, "DenyOutsideOrganization").Condition?.StringNotEqualsIfExists).toEqual({
      "aws:PrincipalOrgID": "o-exampleorgid",
    });
  });

  test("of names that cdktf takes for one are two", () => {
    expect(resourcesOf(synth({ secrets: secrets("a.b", "ab") }), "aws_secretsmanager_secret")).toHaveLength(2);
  });

  test("keep their addresses when others come and go", () => {
    const addresses = (...names: string[]) => addressesOf(synth({ secrets: secrets(...names) }));
    expect(addresses("a", "b", "c")).toEqual(expect.arrayContaining(addresses("b")));
  });

  test("that exist already are watched and nothing more: no secret, no key for secrets, no random value", () => {
    const watching = synth({ secrets: { create: [], watch: ["existing/*"] } });
    expect(resourcesOf(watching, "aws_secretsmanager_secret")).toEqual([]);
    expect(watching.ephemeral).toBeUndefined();
    expect(JSON.stringify(watching)).not.toContain("trailwatch-secrets");
  });
});

describe("the alarm", () => {
  test("watches created and existing secrets", () => {
    const watching = synth({ secrets: { ...secrets("one"), watch: ["two/*"] } });
    const text = JSON.stringify(
      resourcesOf(watching, "aws_cloudwatch_log_metric_filter").map(({ pattern }) => pattern),
    );
    expect(text).toContain(String.raw`requestParameters.secretId = \"one\"`);
    expect(text).toContain(String.raw`requestParameters.secretId = \"two/*\"`);
  });

  test("has the account's settings", () => {
    const settings = { threshold: 20, periodSeconds: 600, evaluationPeriods: 3 };
    const alarm = resourceOf(
      synth({ detections: { "watched-secret-reads": settings } }),
      "aws_cloudwatch_metric_alarm",
    );
    expect(alarm).toMatchObject({
      alarm_name: "trailwatch-workloads-watched-secret-reads",
      alarm_description:
        "Watched secret read: 20 times or more within 600 s, 3 periods in a row.\nAccount workloads (333333333333).",
      threshold: 20,
      period: 600,
      evaluation_periods: 3,
      treat_missing_data: "notBreaching",
    });
  });

  test("goes off at the first read in five minutes unless told otherwise", () => {
    const alarm = resourceOf(stack, "aws_cloudwatch_metric_alarm");
    expect(alarm).toMatchObject({ threshold: 1, period: 300, evaluation_periods: 1 });
  });

  test("tells the topic, once CloudWatch may publish there", () => {
    expect(resourceOf(stack, "aws_cloudwatch_metric_alarm").alarm_actions).toEqual([
      expect.stringMatching(/^\$\{aws_sns_topic_policy\.alerts_.*\.arn}$/),
    ]);
  });
});

describe("alerts", () => {
  test("go to the organization's subscribers", () => {
    expect(resourcesOf(stack, "aws_sns_topic_subscription").map(({ endpoint }) => endpoint)).toEqual([
      "security@example.com",
    ]);
  });

  test("go to the account's own subscribers instead, where it has some", () => {
    const own = synth({ notifications: { email: ["one@example.com", "two@example.com"] } });
    const endpoints = resourcesOf(own, "aws_sns_topic_subscription").map(({ endpoint }) => endpoint);
    expect(endpoints.sort()).toEqual(["one@example.com", "two@example.com"]);
  });

  test.each([
    ["topic", "aws_sns_topic_policy", {}],
    ["topic's key", "aws_kms_key", { description: "Trailwatch: topic trailwatch-alerts" }],
  ])("may be published by CloudWatch: the %s admits alarms of this account and region", (_thing, type, having) => {
    expect(statementOf(policyOf(resourceOf(stack, type, having)), "AllowPublisher")).toMatchObject({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "333333333333" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*" },
      },
    });
  });

  test("have an output of who has not confirmed, and so hears nothing", () => {
    expect(stack.output).toEqual({
      pending_subscriptions: {
        value: expect.stringMatching(
          /^\$\{\[for s in \[aws_sns_topic_subscription\.alerts_email-786906db_\w+] : s\.endpoint if s\.pending_confirmation]}$/,
        ) as string,
        description: "Subscribers who have not confirmed yet: they receive nothing.",
      },
    });
  });
});

describe("fed by the event bus", () => {
  test("the filter reads the log group of the events, below 'detail'", () => {
    const filter = resourceOf(stack, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toMatch(/^\$\{aws_cloudwatch_log_group\.feed_log-group_\w+\.name}$/);
    expect(filter.pattern).toContain('($.detail.eventName = "GetSecretValue")');
    expect(resourceOf(stack, "aws_cloudwatch_log_group").name).toBe("/aws/events/trailwatch");
  });

  test("events are kept for a year, or as long as the account says", () => {
    expect(resourceOf(stack, "aws_cloudwatch_log_group").retention_in_days).toBe(365);
    expect(resourceOf(synth({ logRetentionDays: 30 }), "aws_cloudwatch_log_group").retention_in_days).toBe(30);
  });

  const forwarding = (changes: OrganizationChanges) => {
    const { provider, resource } = synth({}, changes);
    const rules = Object.values(resource?.aws_cloudwatch_event_rule ?? {}).map((rule) => rule.provider ?? "aws");
    return { regions: provider.aws?.map(({ region }) => region), rules: rules.sort() };
  };

  test("us-east-1 is forwarded always, as global services report there", () => {
    expect(forwarding({})).toEqual({ regions: ["eu-west-1", "us-east-1"], rules: ["aws", "aws.us-east-1"] });
  });

  test("further regions are forwarded too, us-east-1 once", () => {
    expect(forwarding({ furtherRegions: ["us-east-1", "ap-southeast-2"] })).toEqual({
      regions: ["eu-west-1", "ap-southeast-2", "us-east-1"],
      rules: ["aws", "aws.ap-southeast-2", "aws.us-east-1"],
    });
  });

  test("nothing is forwarded when us-east-1 is home and there are no further regions", () => {
    expect(forwarding({ homeRegion: "us-east-1" })).toEqual({ regions: ["us-east-1"], rules: ["aws"] });
    expect(resourcesOf(synth({}, { homeRegion: "us-east-1" }), "aws_iam_role")).toEqual([]);
  });

  test("there is no trail, and nothing of another account is used", () => {
    expect(resourcesOf(stack, "aws_cloudtrail")).toEqual([]);
    expect(JSON.stringify({ ...stack, terraform: {} })).not.toContain("222222222222");
    expect(stack.data).toBeUndefined();
  });

  test("nothing else is created", () => {
    expect(countsOf(stack)).toEqual({
      aws_cloudwatch_event_rule: 2,
      aws_cloudwatch_event_target: 2,
      aws_cloudwatch_log_group: 1,
      aws_cloudwatch_log_metric_filter: 1,
      aws_cloudwatch_log_resource_policy: 1,
      aws_cloudwatch_metric_alarm: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_kms_alias: 3,
      aws_kms_key: 3,
      aws_secretsmanager_secret: 1,
      aws_secretsmanager_secret_policy: 1,
      aws_secretsmanager_secret_version: 1,
      aws_sns_topic: 1,
      aws_sns_topic_policy: 1,
      aws_sns_topic_subscription: 1,
    });
  });
});

describe("fed by a trail of its own", () => {
  const own = synth({ feed: "account-trail", logRetentionDays: 731 }, { furtherRegions: ["eu-central-1"] });

  test("the account has a trail that goes to the archive", () => {
    expect(resourceOf(own, "aws_cloudtrail")).toMatchObject({
      name: "trailwatch-account",
      s3_bucket_name: "example-archive",
      kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
      is_organization_trail: false,
    });
  });

  test("the filter reads the trail's log group, where records are the messages", () => {
    const filter = resourceOf(own, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toMatch(/^\$\{aws_cloudwatch_log_group\.feed_log-group_\w+\.name}$/);
    expect(filter.pattern).toContain('($.eventName = "GetSecretValue")');
    expect(resourceOf(own, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/trailwatch/workloads/account-trail",
      retention_in_days: 731,
    });
  });

  test("there is no rule, and no provider for a further region: the trail is in all of them", () => {
    expect(resourcesOf(own, "aws_cloudwatch_event_rule")).toEqual([]);
    expect(own.provider.aws).toHaveLength(1);
  });
});

describe("fed by the organization's trail", () => {
  const management = synth({ secrets: { watch: ["break-glass/*"] } }, {}, "management");

  test("the filter reads the trail's log group, where records are the messages", () => {
    const filter = resourceOf(management, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toBe("/trailwatch/management/organization-trail");
    expect(filter.pattern).toContain('($.eventName = "GetSecretValue")');
  });

  test("there is no log group, no rule and no trail: they are there already", () => {
    expect(countsOf(management)).toEqual({
      aws_cloudwatch_log_metric_filter: 1,
      aws_cloudwatch_metric_alarm: 1,
      aws_kms_alias: 1,
      aws_kms_key: 1,
      aws_sns_topic: 1,
      aws_sns_topic_policy: 1,
      aws_sns_topic_subscription: 1,
    });
  });
});
