import {
  GetEventSelectorsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DisableKeyCommand, EnableKeyCommand, GetKeyPolicyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { DisableAWSServiceAccessCommand, EnableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import { PutObjectLockConfigurationCommand } from "@aws-sdk/client-s3";
import { DeleteSecretCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { type Garden, MEMBER } from "./garden";

const LOG_GROUP = "/aws/events/trailwatch";
const TRAIL = "trailwatch-organization";
const RULE = "trailwatch";
const FILTER = "trailwatch-watched-secret-reads";
const ALARM = `trailwatch-${MEMBER}-watched-secret-reads`;
const HEARTBEAT_ALARM = `trailwatch-${MEMBER}-heartbeat`;
const FORGED = `trailwatch-${MEMBER}-metrics-forged`;
const SECRET = "MyProjectSecrets";

/** Something that breaks the signal path, and what `verify` must say: this, and nothing else. */
export interface Fault {
  readonly name: string;
  /** Breaks it; resolves to the function that repairs it. */
  readonly plant: (garden: Garden) => Promise<() => Promise<unknown>>;
  readonly blamed: { readonly section: string; readonly hop: string; readonly check: string; readonly seen: RegExp };
}

export const FAULTS: readonly Fault[] = [
  {
    name: "trusted access withdrawn",
    plant: async ({ clients }) => {
      const { organizations } = clients("management");
      const service = { ServicePrincipal: "cloudtrail.amazonaws.com" };
      await organizations.send(new DisableAWSServiceAccessCommand(service));
      return () => organizations.send(new EnableAWSServiceAccessCommand(service));
    },
    blamed: {
      section: "organization",
      hop: "CloudTrail",
      check: "trusted access to the organization",
      seen: /no trusted access/,
    },
  },
  {
    name: "logging stopped",
    plant: async ({ clients }) => {
      const { cloudTrail } = clients("management");
      await cloudTrail.send(new StopLoggingCommand({ Name: TRAIL }));
      return () => cloudTrail.send(new StartLoggingCommand({ Name: TRAIL }));
    },
    blamed: { section: "organization", hop: "CloudTrail", check: `trail ${TRAIL} logs`, seen: /not logging since 2/ },
  },
  {
    name: "selectors narrowed to writes",
    plant: async ({ clients }) => {
      const { cloudTrail } = clients("management");
      const { AdvancedEventSelectors } = await cloudTrail.send(new GetEventSelectorsCommand({ TrailName: TRAIL }));
      const writesOnly = [
        {
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "readOnly", Equals: ["false"] },
          ],
        },
      ];
      await cloudTrail.send(new PutEventSelectorsCommand({ TrailName: TRAIL, AdvancedEventSelectors: writesOnly }));
      return () => cloudTrail.send(new PutEventSelectorsCommand({ TrailName: TRAIL, AdvancedEventSelectors }));
    },
    blamed: {
      section: "organization",
      hop: "CloudTrail",
      check: `trail ${TRAIL} records what was synthesized`,
      seen: /readOnly Equals false/,
    },
  },
  {
    name: "log files no longer validated",
    plant: async ({ clients }) => {
      const { cloudTrail } = clients("management");
      await cloudTrail.send(new UpdateTrailCommand({ Name: TRAIL, EnableLogFileValidation: false }));
      return () => cloudTrail.send(new UpdateTrailCommand({ Name: TRAIL, EnableLogFileValidation: true }));
    },
    blamed: {
      section: "organization",
      hop: "CloudTrail",
      check: `trail ${TRAIL} is configured as synthesized`,
      seen: /log file validation is false, not true/,
    },
  },
  {
    name: "archive's lock shortened",
    plant: async ({ clients, sandbox }) => {
      const { s3 } = clients("log-archive");
      const { bucket, objectLock } = sandbox.organization.archive;
      const lock = (Days: number) =>
        s3.send(
          new PutObjectLockConfigurationCommand({
            Bucket: bucket,
            ObjectLockConfiguration: {
              ObjectLockEnabled: "Enabled",
              Rule: { DefaultRetention: { Mode: objectLock.mode, Days } },
            },
          }),
        );
      await lock(1);
      return () => lock(objectLock.retentionDays);
    },
    blamed: { section: "organization", hop: "CloudTrail", check: "archive is locked", seen: /GOVERNANCE for 1 days/ },
  },
  {
    name: "rule disabled",
    plant: async ({ clients }) => {
      const { events } = clients(MEMBER);
      const { State } = await events.send(new DescribeRuleCommand({ Name: RULE }));
      await events.send(new DisableRuleCommand({ Name: RULE }));
      return async () => {
        const { EventPattern } = await events.send(new DescribeRuleCommand({ Name: RULE }));
        await events.send(new PutRuleCommand({ Name: RULE, EventPattern, State }));
      };
    },
    blamed: { section: MEMBER, hop: "feed", check: "rule trailwatch in eu-west-1", seen: /state DISABLED/ },
  },
  {
    name: "rule blind for read-only events, in the region of global services",
    plant: async ({ clients }) => {
      const { events } = clients(MEMBER, "us-east-1");
      const { State, EventPattern } = await events.send(new DescribeRuleCommand({ Name: RULE }));
      await events.send(new PutRuleCommand({ Name: RULE, EventPattern, State: "ENABLED" }));
      return () => events.send(new PutRuleCommand({ Name: RULE, EventPattern, State }));
    },
    blamed: {
      section: MEMBER,
      hop: "feed",
      check: "rule trailwatch in us-east-1",
      seen: /state ENABLED, not ENABLED_/,
    },
  },
  {
    name: "rule without its target",
    plant: async ({ clients }) => {
      const { events } = clients(MEMBER);
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: RULE }));
      await events.send(new RemoveTargetsCommand({ Rule: RULE, Ids: Targets.map(({ Id }) => Id ?? "") }));
      return () => events.send(new PutTargetsCommand({ Rule: RULE, Targets }));
    },
    blamed: { section: MEMBER, hop: "feed", check: "rule trailwatch in eu-west-1", seen: /targets: none/ },
  },
  {
    name: "EventBridge shut out of the log group",
    plant: async ({ clients }) => {
      const { logs } = clients(MEMBER);
      const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}));
      const [policy] = resourcePolicies ?? [];
      await logs.send(new DeleteResourcePolicyCommand({ policyName: policy?.policyName }));
      const { policyName, policyDocument } = policy ?? {};
      return () => logs.send(new PutResourcePolicyCommand({ policyName, policyDocument }));
    },
    blamed: {
      section: MEMBER,
      hop: "feed",
      check: `EventBridge may write to ${LOG_GROUP}`,
      seen: /events.amazonaws.com may not logs:CreateLogStream: no statement allows it/,
    },
  },
  {
    name: "retention cut",
    plant: async ({ clients }) => {
      const { logs } = clients(MEMBER);
      const keep = (retentionInDays: number) =>
        logs.send(new PutRetentionPolicyCommand({ logGroupName: LOG_GROUP, retentionInDays }));
      await keep(1);
      return () => keep(365);
    },
    blamed: { section: MEMBER, hop: "log group", check: `log group ${LOG_GROUP}`, seen: /events kept 1 days/ },
  },
  {
    name: "filter edited by one space",
    plant: async ({ clients }) => {
      const { logs } = clients(MEMBER);
      const stored = await filterOf(clients(MEMBER));
      await logs.send(new PutMetricFilterCommand({ ...stored, filterPattern: `${stored.filterPattern} ` }));
      return () => logs.send(new PutMetricFilterCommand(stored));
    },
    blamed: {
      section: MEMBER,
      hop: "metric filter",
      check: `metric filters of ${LOG_GROUP}`,
      seen: /^trailwatch-watched-secret-reads has another pattern$/,
    },
  },
  {
    name: "filter deleted",
    plant: async ({ clients }) => {
      const { logs } = clients(MEMBER);
      const stored = await filterOf(clients(MEMBER));
      await logs.send(new DeleteMetricFilterCommand({ logGroupName: LOG_GROUP, filterName: FILTER }));
      return () => logs.send(new PutMetricFilterCommand(stored));
    },
    blamed: {
      section: MEMBER,
      hop: "metric filter",
      check: `metric filters of ${LOG_GROUP}`,
      seen: /^trailwatch-watched-secret-reads is missing$/,
    },
  },
  {
    name: "alarm actions off",
    plant: async ({ clients }) => {
      const { cloudWatch } = clients(MEMBER);
      await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [ALARM] }));
      return () => cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: [ALARM] }));
    },
    blamed: { section: MEMBER, hop: "alarm", check: "alarms act", seen: new RegExp(`^actions of ${ALARM} are off$`) },
  },
  {
    name: "recovery not notified",
    plant: async ({ clients }) => {
      const { cloudWatch } = clients(MEMBER);
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [HEARTBEAT_ALARM] }));
      const [stored] = MetricAlarms ?? [];
      const { AlarmName, EvaluationPeriods, ComparisonOperator } = stored ?? {};
      const kept = { ...stored, AlarmName, EvaluationPeriods, ComparisonOperator, Metrics: undefined };
      await cloudWatch.send(new PutMetricAlarmCommand({ ...kept, OKActions: [] }));
      return () => cloudWatch.send(new PutMetricAlarmCommand(kept));
    },
    blamed: {
      section: MEMBER,
      hop: "alarm",
      check: "alarms act",
      seen: new RegExp(`^${HEARTBEAT_ALARM} does not notify .+ when it recovers$`),
    },
  },
  {
    name: "threshold raised",
    plant: async ({ clients }) => {
      const { cloudWatch } = clients(MEMBER);
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
      const [stored] = MetricAlarms ?? [];
      const { AlarmName, EvaluationPeriods, ComparisonOperator } = stored ?? {};
      const kept = { ...stored, AlarmName, EvaluationPeriods, ComparisonOperator, Metrics: undefined };
      await cloudWatch.send(new PutMetricAlarmCommand({ ...kept, Threshold: 1000 }));
      return () => cloudWatch.send(new PutMetricAlarmCommand(kept));
    },
    blamed: {
      section: MEMBER,
      hop: "alarm",
      check: "alarms are as synthesized",
      seen: new RegExp(`^${ALARM} has threshold 1000, not 3$`),
    },
  },
  {
    name: "forged values hidden by the alarm's expression",
    plant: async ({ clients }) => {
      const { cloudWatch } = clients(MEMBER);
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [FORGED] }));
      const [stored] = MetricAlarms ?? [];
      const { AlarmName, EvaluationPeriods, ComparisonOperator, Metrics = [] } = stored ?? {};
      const kept = { ...stored, AlarmName, EvaluationPeriods, ComparisonOperator, Dimensions: undefined };
      const hiding = Metrics.map((query) =>
        query.Expression === undefined ? query : { ...query, Expression: `${query.Expression} + 2000` },
      );
      await cloudWatch.send(new PutMetricAlarmCommand({ ...kept, Metrics: hiding }));
      return () => cloudWatch.send(new PutMetricAlarmCommand(kept));
    },
    blamed: {
      section: MEMBER,
      hop: "alarm",
      check: "alarms are as synthesized",
      seen: /-metrics-forged has expression MIN\(FILL\(METRICS\(\), 1\)\) \+ 2000, not of the lowest value$/,
    },
  },
  {
    name: "topic policy narrowed to another account",
    plant: async ({ clients }) => {
      const { sns } = clients(MEMBER);
      const TopicArn = await topicArn(clients(MEMBER));
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const policy = (AttributeValue: string) =>
        sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
      const stored = Attributes?.["Policy"] ?? "";
      await policy(stored.replace(/("aws:SourceAccount":\s*")\d{12}/, "$1999999999999"));
      return () => policy(stored);
    },
    blamed: {
      section: MEMBER,
      hop: "topic",
      check: "topic trailwatch-alerts admits its publishers",
      seen: /no statement allows it/,
    },
  },
  {
    name: "publishing over TLS denied by a further statement",
    plant: async ({ clients }) => {
      const { sns } = clients(MEMBER);
      const TopicArn = await topicArn(clients(MEMBER));
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const policy = (AttributeValue: string) =>
        sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
      const stored = Attributes?.["Policy"] ?? "";
      await policy(stored.replace(/("aws:SecureTransport":\s*)"false"/, '$1"true"'));
      return () => policy(stored);
    },
    blamed: {
      section: MEMBER,
      hop: "topic",
      check: "topic trailwatch-alerts admits its publishers",
      seen: /'DenyInsecurePublish' denies it/,
    },
  },
  {
    name: "key policy narrowed",
    plant: async ({ clients }) => {
      const { sns, kms } = clients(MEMBER);
      const { Attributes } = await sns.send(
        new GetTopicAttributesCommand({ TopicArn: await topicArn(clients(MEMBER)) }),
      );
      const KeyId = Attributes?.["KmsMasterKeyId"] ?? "";
      const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
      const put = (text: string) => kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: text }));
      await put(Policy.replace(/"kms:GenerateDataKey\*",\s*/, ""));
      return () => put(Policy);
    },
    blamed: {
      section: MEMBER,
      hop: "topic",
      check: "key of trailwatch-alerts, trailwatch-notices admits its publishers",
      seen: /no statement allows it/,
    },
  },
  {
    name: "key disabled",
    plant: async ({ clients }) => {
      const { sns, kms } = clients(MEMBER);
      const { Attributes } = await sns.send(
        new GetTopicAttributesCommand({ TopicArn: await topicArn(clients(MEMBER)) }),
      );
      // moto takes the id only.
      const KeyId = Attributes?.["KmsMasterKeyId"]?.split("/").at(-1);
      await kms.send(new DisableKeyCommand({ KeyId }));
      return () => kms.send(new EnableKeyCommand({ KeyId }));
    },
    blamed: {
      section: MEMBER,
      hop: "topic",
      check: "key of trailwatch-alerts, trailwatch-notices admits its publishers",
      seen: /key is Disabled/,
    },
  },
  {
    name: "subscription pending",
    plant: async (garden) => {
      const TopicArn = await unsubscribe(garden);
      const { SubscriptionArn = "" } = await garden.clients(MEMBER).sns.send(
        new SubscribeCommand({
          TopicArn,
          Protocol: "email",
          Endpoint: "security-alerts@example.com",
          ReturnSubscriptionArn: true,
        }),
      );
      return () => {
        garden.sandbox.subscriptions.confirm(SubscriptionArn);
        return Promise.resolve();
      };
    },
    blamed: {
      section: MEMBER,
      hop: "subscriber",
      check: "email security-alerts@example.com is subscribed to trailwatch-alerts",
      seen: /pending confirmation/,
    },
  },
  {
    name: "subscription removed",
    plant: async (garden) => {
      const TopicArn = await unsubscribe(garden);
      return async () => {
        const { SubscriptionArn = "" } = await garden.clients(MEMBER).sns.send(
          new SubscribeCommand({
            TopicArn,
            Protocol: "email",
            Endpoint: "security-alerts@example.com",
            ReturnSubscriptionArn: true,
          }),
        );
        garden.sandbox.subscriptions.confirm(SubscriptionArn);
      };
    },
    blamed: {
      section: MEMBER,
      hop: "subscriber",
      check: "email security-alerts@example.com is subscribed to trailwatch-alerts",
      seen: /not subscribed/,
    },
  },
  {
    name: "secret deleted",
    plant: async ({ clients }) => {
      const { secrets } = clients(MEMBER);
      await secrets.send(new DeleteSecretCommand({ SecretId: SECRET, RecoveryWindowInDays: 7 }));
      return () => secrets.send(new RestoreSecretCommand({ SecretId: SECRET }));
    },
    blamed: { section: MEMBER, hop: "API call", check: `secret ${SECRET}`, seen: /scheduled for deletion since 2/ },
  },
];

type Member = ReturnType<Garden["clients"]>;

async function filterOf({ logs }: Member) {
  const { metricFilters } = await logs.send(
    new DescribeMetricFiltersCommand({ logGroupName: LOG_GROUP, filterNamePrefix: FILTER }),
  );
  const stored = metricFilters?.find(({ filterName }) => filterName === FILTER);
  const { filterPattern = "", metricTransformations } = stored ?? {};
  return { logGroupName: LOG_GROUP, filterName: FILTER, filterPattern, metricTransformations };
}

async function topicArn({ cloudWatch }: Member): Promise<string> {
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
  return MetricAlarms?.[0]?.AlarmActions?.[0] ?? "";
}

async function unsubscribe({ clients }: Garden): Promise<string> {
  const { sns } = clients(MEMBER);
  const TopicArn = await topicArn(clients(MEMBER));
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: Subscriptions?.[0]?.SubscriptionArn }));
  return TopicArn;
}
