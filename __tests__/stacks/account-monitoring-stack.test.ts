import type { z } from "zod";
import { guard } from "../../detections/packs/guard";
import { secrets as secretsPack } from "../../detections/packs/secrets";
import { accountNamed } from "../../organization/organization";
import type { accountFile } from "../../organization/schema/schema";
import { AccountMonitoringStack } from "../../stacks/account-monitoring-stack";
import { only } from "../support/detections";
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
  type StackJson,
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

const READS = only("watched-secret-reads");
/** Nothing is on: whatever is there is not for the sake of a detection. */
const QUIET = { packs: [] };
const stack = synth(READS);
const secrets = (...names: string[]) => ({ create: names.map((name) => ({ name })), watch: [] });

/** The account's settings of the one detection that is on. */
const reads = (settings: object) => ({
  ...READS,
  detections: { ...READS.detections, "watched-secret-reads": settings },
});

const alarmOf = (from: StackJson, detection: string) =>
  resourceOf(from, "aws_cloudwatch_metric_alarm", { alarm_name: `trailwatch-workloads-${detection}` });

describe("secrets", () => {
  test("are created with a key of their own", () => {
    expect(resourceOf(stack, "aws_secretsmanager_secret")).toMatchObject({
      name: "MyProjectSecrets",
      recovery_window_in_days: 30,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.secrets-key_/) as string,
    });
    expect(resourceOf(stack, "aws_kms_alias", { name: "alias/trailwatch-secrets" })).toBeDefined();
  });

  test("have the given description and recovery window", () => {
    const create = [{ name: "one", description: "S3", recoveryWindowDays: 7 }];
    expect(resourceOf(synth({ ...QUIET, secrets: { create } }), "aws_secretsmanager_secret")).toMatchObject({
      description: "S3",
      recovery_window_in_days: 7,
    });
  });

  test("cannot be read from outside the organization", () => {
    const policy = policyOf(resourceOf(stack, "aws_secretsmanager_secret_policy"));
    expect(statementOf(policy, "DenyOutsideOrganization").Condition?.StringNotEqualsIfExists).toEqual({
      "aws:PrincipalOrgID": "o-exampleorgid",
    });
  });

  test("with names that cdktf treats as equal are two secrets", () => {
    expect(resourcesOf(synth({ ...QUIET, secrets: secrets("a.b", "ab") }), "aws_secretsmanager_secret")).toHaveLength(
      2,
    );
  });

  test("keep their addresses when others are added or removed", () => {
    const addresses = (...names: string[]) => addressesOf(synth({ ...QUIET, secrets: secrets(...names) }));
    expect(addresses("a", "b", "c")).toEqual(expect.arrayContaining(addresses("b")));
  });

  test("that already exist are only watched: no secret, no key for secrets, no random value", () => {
    const watching = synth({ ...READS, secrets: { create: [], watch: ["existing/*"] } });
    expect(resourcesOf(watching, "aws_secretsmanager_secret")).toEqual([]);
    expect(watching.ephemeral).toBeUndefined();
    expect(JSON.stringify(watching)).not.toContain("trailwatch-secrets");
  });
});

describe("a detection", () => {
  test("watches created and existing secrets", () => {
    const watching = synth({ ...READS, secrets: { ...secrets("one"), watch: ["two/*"] } });
    const patterns = resourcesOf(watching, "aws_cloudwatch_log_metric_filter").map(({ pattern }) => pattern);
    const text = JSON.stringify(patterns);
    expect(text).toContain(String.raw`requestParameters.secretId = \"one\"`);
    expect(text).toContain(String.raw`requestParameters.secretId = \"two/*\"`);
  });

  test("has the account's settings", () => {
    const settings = { threshold: 20, periodSeconds: 600, evaluationPeriods: 3 };
    const alarm = alarmOf(synth(reads(settings)), "watched-secret-reads");
    expect(alarm).toMatchObject({
      threshold: 20,
      period: 600,
      evaluation_periods: 3,
      treat_missing_data: "notBreaching",
    });
    expect(alarm.alarm_description).toContain("Raised by: 20 events or more in 600 s, 3 periods in a row.");
  });

  test("fires at the first event in five minutes by default", () => {
    expect(alarmOf(stack, "watched-secret-reads")).toMatchObject({ threshold: 1, period: 300, evaluation_periods: 1 });
  });

  test("does not count what is ignored", () => {
    const ignore = [
      { field: "userIdentity.arn", equals: "arn:aws:iam::333333333333:role/app", reason: "the workload" },
    ];
    expect(resourceOf(synth(reads({ ignore })), "aws_cloudwatch_log_metric_filter").pattern).toContain(
      '($.detail.userIdentity.arn NOT EXISTS || $.detail.userIdentity.arn != "arn:aws:iam::333333333333:role/app")',
    );
  });

  test("with nothing to watch has no alarm, no query and no graph", () => {
    const idle = synth({ ...READS, secrets: {} });
    expect(countsOf(idle)).not.toHaveProperty("aws_cloudwatch_metric_alarm");
    expect(countsOf(idle)).not.toHaveProperty("aws_cloudwatch_query_definition");
    expect(resourceOf(idle, "aws_cloudwatch_dashboard").dashboard_body).toBe('{"widgets":[]}');
  });

  test("that is off has none of them", () => {
    expect(countsOf(synth(QUIET))).not.toHaveProperty("aws_cloudwatch_metric_alarm");
  });

  test("is below 'detections', so that its id may equal other ids of the stack", () => {
    expect(addressesOf(stack).filter((address) => address.includes("watched-secret-reads"))).toEqual([
      expect.stringMatching(/^aws_cloudwatch_log_metric_filter\.detections_watched-secret-reads_filter_/),
      expect.stringMatching(/^aws_cloudwatch_metric_alarm\.detections_watched-secret-reads_alarm_/),
      expect.stringMatching(/^aws_cloudwatch_query_definition\.detections_watched-secret-reads_query_/),
    ]);
  });

  test("keeps its addresses when others are added or removed", () => {
    const more = synth(only("secret-deleted", "watched-secret-reads", "heartbeat"));
    expect(addressesOf(more)).toEqual(expect.arrayContaining(addressesOf(stack)));
  });

  test("saves its query for the log group of the feed", () => {
    expect(resourceOf(stack, "aws_cloudwatch_query_definition")).toMatchObject({
      name: "trailwatch/workloads/watched-secret-reads",
      log_group_names: [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.feed_log-group_\w+\.name}$/)],
      query_string: expect.stringContaining("detail.requestParameters.secretId") as string,
    });
  });
});

describe("metric filters", () => {
  const watch = (count: number) => Array.from({ length: count }, (_, index) => `secret-${index}`);
  const build = (count: number) => synth({ packs: ["secrets"], secrets: { watch: watch(count) } });
  const filtersOf = (from: StackJson) => resourcesOf(from, "aws_cloudwatch_log_metric_filter").length;
  const without = filtersOf(build(0));

  test("may be 100, as many as a log group takes", () => {
    expect(filtersOf(build(100 - without))).toBe(100);
  });

  test("may not be 101", () => {
    expect(() => build(101 - without)).toThrow(
      /^'packs' of account 'workloads' must fit into CloudWatch's limits: a log group takes 100 metric filters, and account 'workloads' \(feed 'event-bus'\) needs 101 \(secrets 101, most for 'watched-secret-reads' \d+\): turn detections off, or watch fewer secrets by families such as 'payments\/\*'$/,
    );
  });
});

describe("severity", () => {
  const topicOf = (from: StackJson, detection: string) => {
    const [action] = alarmOf(from, detection).alarm_actions as string[];
    return /^\$\{aws_sns_topic_policy\.(\w+?)_policy_\w+\.arn}$/.exec(action ?? "")?.[1];
  };

  test.each([
    ["critical", "alerts"],
    ["high", "alerts"],
    ["medium", "notices"],
    ["low", "notices"],
  ])("%s goes to %s, once CloudWatch may publish there", (severity, topic) => {
    expect(topicOf(synth(reads({ severity })), "watched-secret-reads")).toBe(topic);
  });

  test("of a verbatim pattern is always a notice", () => {
    const id = "cis-4-3-root-user-usage";
    const on = only(id);
    const severity = "critical";
    const own = { feed: "account-trail", ...on, detections: { ...on.detections, [id]: { severity } } } as const;
    expect(topicOf(synth(own), id)).toBe("notices");
  });
});

describe("alerts and notices", () => {
  const heard = (from: StackJson) =>
    resourcesOf(from, "aws_sns_topic_subscription")
      .map(({ topic_arn: topic, endpoint }) => [/aws_sns_topic\.(\w+?)_/.exec(String(topic))?.[1], endpoint])
      .sort();

  test("go to the organization's subscribers; without 'notices', alerts' subscribers receive notices", () => {
    expect(heard(stack)).toEqual([
      ["alerts", "security@example.com"],
      ["notices", "security@example.com"],
    ]);
  });

  test("go to separate subscribers", () => {
    const notifications = { alerts: { email: ["a@example.com"] }, notices: { email: ["n@example.com"] } };
    expect(heard(synth(QUIET, { notifications }))).toEqual([
      ["alerts", "a@example.com"],
      ["notices", "n@example.com"],
    ]);
  });

  test("go to the account's own subscribers instead, if it has any", () => {
    const own = synth({ ...QUIET, notifications: { alerts: { email: ["one@example.com", "two@example.com"] } } });
    expect(heard(own)).toEqual([
      ["alerts", "one@example.com"],
      ["alerts", "two@example.com"],
      ["notices", "one@example.com"],
      ["notices", "two@example.com"],
    ]);
  });

  test.each([
    ["topic of alerts", "aws_sns_topic_policy", "alerts_policy"],
    ["topic of notices", "aws_sns_topic_policy", "notices_policy"],
    ["topics' key", "aws_kms_key", "topics-key"],
  ])("may be published by CloudWatch: the %s admits alarms of this account and region", (_thing, type, id) => {
    const [found = {}] = Object.entries(stack.resource?.[type] ?? {}).flatMap(([name, resource]) =>
      name.startsWith(id) ? [resource] : [],
    );
    expect(statementOf(policyOf(found), "AllowPublisher")).toMatchObject({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "333333333333" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*" },
      },
    });
  });

  test("share a key", () => {
    const keys = resourcesOf(stack, "aws_sns_topic").map(({ kms_master_key_id: key }) => key);
    expect(keys).toEqual(keys.map(() => expect.stringMatching(/^\$\{aws_kms_key\.topics-key_/) as string));
    expect(
      resourcesOf(stack, "aws_sns_topic")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["trailwatch-alerts", "trailwatch-notices"]);
  });

  test("have an output with the subscribers that have not confirmed", () => {
    const pending = (topic: string) =>
      expect.stringMatching(
        new RegExp(
          String.raw`^\$\{\[for s in \[aws_sns_topic_subscription\.${topic}_email-786906db_\w+] : s\.endpoint if s\.pending_confirmation]}$`,
        ),
      ) as string;
    expect(stack.output).toEqual({
      pending_subscriptions: {
        value: { alerts: pending("alerts"), notices: pending("notices") },
        description: "Subscribers who have not confirmed yet: they receive nothing.",
      },
    });
  });
});

describe("the heartbeat", () => {
  const beating = synth(only("heartbeat"));

  test("runs if its detection is on, with the names that the detection matches", () => {
    expect(resourceOf(beating, "aws_scheduler_schedule").name).toBe("trailwatch-heartbeat");
    expect(resourceOf(beating, "aws_iam_role", { name: "trailwatch-heartbeat" })).toBeDefined();
    expect(resourceOf(beating, "aws_ssm_parameter").name).toBe("/trailwatch/heartbeat");
    expect(resourceOf(beating, "aws_cloudwatch_log_metric_filter").pattern).toContain('"trailwatch-heartbeat"');
  });

  test("alarms after two hours without one", () => {
    expect(alarmOf(beating, "heartbeat")).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 3600,
      evaluation_periods: 2,
      treat_missing_data: "breaching",
    });
  });

  test("does not run if its detection is off", () => {
    expect(resourcesOf(stack, "aws_scheduler_schedule")).toEqual([]);
    expect(resourcesOf(stack, "aws_ssm_parameter")).toEqual([]);
  });
});

describe("the dashboard", () => {
  const both = only("heartbeat", "watched-secret-reads", "secret-deleted");
  const dashboard = resourceOf(synth({ ...both, packs: ["guard", "secrets"] }), "aws_cloudwatch_dashboard");
  const { widgets } = JSON.parse(String(dashboard.dashboard_body)) as {
    widgets: { type: string; properties: Record<string, unknown> }[];
  };
  const propertiesOf = (type: string) =>
    widgets.filter((widget) => widget.type === type).map((each) => each.properties);

  test("is the account's", () => {
    expect(dashboard.dashboard_name).toBe("trailwatch-workloads");
  });

  test("has a section for each pack, in the order of the catalogue", () => {
    expect(propertiesOf("text").map(({ markdown }) => markdown)).toEqual([
      `## ${secretsPack.title}`,
      `## ${guard.title}`,
    ]);
  });

  test("has a state and a graph for each alarm, by its computed ARN", () => {
    const arns = [
      expect.stringMatching(/:alarm:trailwatch-workloads-watched-secret-reads$/) as string,
      expect.stringMatching(/:alarm:trailwatch-workloads-secret-deleted$/) as string,
      "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:trailwatch-workloads-heartbeat",
    ];
    const [states] = propertiesOf("alarm");
    const alarms = states?.alarms as string[];
    expect([...alarms].sort()).toEqual(expect.arrayContaining(arns));
    expect(alarms).toHaveLength(3);
    expect(propertiesOf("metric").map(({ annotations }) => (annotations as { alarms: string[] }).alarms[0])).toEqual(
      states?.alarms,
    );
  });
});

describe("with feed event-bus", () => {
  test("the filter reads the log group of the events, with fields below 'detail'", () => {
    const filter = resourceOf(stack, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toMatch(/^\$\{aws_cloudwatch_log_group\.feed_log-group_\w+\.name}$/);
    expect(filter.pattern).toContain('$.detail.eventName = "GetSecretValue"');
    expect(resourceOf(stack, "aws_cloudwatch_log_group").name).toBe("/aws/events/trailwatch");
  });

  test("events are kept for a year, or for the account's retention", () => {
    expect(resourceOf(stack, "aws_cloudwatch_log_group").retention_in_days).toBe(365);
    expect(resourceOf(synth({ ...QUIET, logRetentionDays: 30 }), "aws_cloudwatch_log_group").retention_in_days).toBe(
      30,
    );
  });

  const patternsAtHome = (from: StackJson) =>
    resourcesOf(from, "aws_cloudwatch_event_rule")
      .filter(({ provider }) => provider === undefined)
      .map(({ event_pattern: pattern }) => JSON.parse(String(pattern)) as unknown);

  const forwarding = (changes: OrganizationChanges) => {
    const { provider, resource } = synth(READS, changes);
    const rules = Object.values(resource?.aws_cloudwatch_event_rule ?? {}).map((rule) => rule.provider ?? "aws");
    return { regions: provider.aws?.map(({ region }) => region), rules: rules.sort() };
  };

  test("us-east-1 is always forwarded, because global services report there", () => {
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
    expect(resourcesOf(synth(READS, { homeRegion: "us-east-1" }), "aws_iam_role")).toEqual([]);
  });

  test("the rules pass the events of the detections, and no others", () => {
    const [only] = patternsAtHome(stack);
    expect(patternsAtHome(stack)).toHaveLength(1);
    expect(only).toMatchObject({
      source: [{ prefix: "aws." }],
      detail: { eventSource: ["secretsmanager.amazonaws.com"], eventName: ["GetSecretValue"] },
    });
  });

  test("events that do not fit into one rule are divided among several, the same in each region", () => {
    const full = synth();
    const patterns = patternsAtHome(full);
    expect(patterns.length).toBeGreaterThan(1);
    const forwarded = resourcesOf(full, "aws_cloudwatch_event_rule").filter((rule) => rule.provider !== undefined);
    expect(forwarded.map(({ event_pattern: pattern }) => JSON.parse(String(pattern)) as unknown)).toEqual(patterns);
  });

  test("there is no trail, and no resource of another account is used", () => {
    expect(resourcesOf(stack, "aws_cloudtrail")).toEqual([]);
    expect(JSON.stringify({ ...stack, terraform: {} })).not.toContain("222222222222");
    expect(stack.data).toBeUndefined();
  });

  test("nothing else is created", () => {
    expect(countsOf(stack)).toEqual({
      aws_cloudwatch_dashboard: 1,
      aws_cloudwatch_event_rule: 2,
      aws_cloudwatch_event_target: 2,
      aws_cloudwatch_log_group: 1,
      aws_cloudwatch_log_metric_filter: 1,
      aws_cloudwatch_log_resource_policy: 1,
      aws_cloudwatch_metric_alarm: 1,
      aws_cloudwatch_query_definition: 1,
      aws_iam_role: 1,
      aws_iam_role_policies_exclusive: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachments_exclusive: 1,
      aws_kms_alias: 3,
      aws_kms_key: 3,
      aws_secretsmanager_secret: 1,
      aws_secretsmanager_secret_policy: 1,
      aws_secretsmanager_secret_version: 1,
      aws_sns_topic: 2,
      aws_sns_topic_policy: 2,
      aws_sns_topic_subscription: 2,
      // For events of us-east-1 that do not arrive.
      aws_sqs_queue: 1,
      aws_sqs_queue_policy: 1,
    });
  });
});

describe("with feed account-trail", () => {
  const own = synth({ ...READS, feed: "account-trail", logRetentionDays: 731 }, { furtherRegions: ["eu-central-1"] });

  test("the account has a trail that goes to the archive", () => {
    expect(resourceOf(own, "aws_cloudtrail")).toMatchObject({
      name: "trailwatch-account",
      s3_bucket_name: "example-archive",
      kms_key_id: "arn:aws:kms:eu-west-1:222222222222:key/1",
      is_organization_trail: false,
    });
  });

  test("the filter reads the trail's log group, in which messages are records", () => {
    const filter = resourceOf(own, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toMatch(/^\$\{aws_cloudwatch_log_group\.feed_log-group_\w+\.name}$/);
    expect(filter.pattern).toContain('$.eventName = "GetSecretValue"');
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

describe("with feed organization-trail", () => {
  const management = synth({ ...READS, secrets: { watch: ["break-glass/*"] } }, {}, "management");

  test("the filter reads the trail's log group, in which messages are records", () => {
    const filter = resourceOf(management, "aws_cloudwatch_log_metric_filter");
    expect(filter.log_group_name).toBe("/trailwatch/management/organization-trail");
    expect(filter.pattern).toContain('$.recipientAccountId = "111111111111"');
    expect(filter.pattern).toContain('$.eventName = "GetSecretValue"');
  });

  test("there is no log group, no rule and no trail: they already exist", () => {
    expect(countsOf(management)).toEqual({
      aws_cloudwatch_dashboard: 1,
      aws_cloudwatch_log_metric_filter: 1,
      aws_cloudwatch_metric_alarm: 1,
      aws_cloudwatch_query_definition: 1,
      aws_kms_alias: 1,
      aws_kms_key: 1,
      aws_sns_topic: 2,
      aws_sns_topic_policy: 2,
      aws_sns_topic_subscription: 2,
    });
  });
});
