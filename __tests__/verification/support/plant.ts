import { CreateTrailCommand, PutEventSelectorsCommand, StartLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { type MetricDataQuery, PutMetricAlarmCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutObjectLockConfigurationCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  blocksOf,
  numberOfArgument,
  textOfArgument,
  textsOf,
  type Arguments,
} from "../../../lib/terraform/read/arguments";
import type { Stack } from "../../../lib/terraform/read/stack";
import { plantHub } from "./plant-hub";
import { StackReader } from "../../../lib/terraform/read/stack-reader";
import type { Organization } from "../../../organization/organization";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import { readForwardingRules } from "../../../verification/expected/read-hub";

/** One account's stacks, and its clients by region. */
export interface Soil {
  readonly stacks: readonly Stack[];
  readonly organization: Organization;
  readonly clients: (region: string) => ServiceClients;
  /** Called with the ARN of each subscription. */
  readonly onSubscription: (arn: string) => void;
}

/**
 * Creates by the AWS API what Terraform would, as far as `verify` looks at it: seconds where Terraform takes minutes. The
 * sandbox's end-to-end tests show that Terraform makes the same of it.
 */
export async function plant({ stacks, ...soil }: Soil): Promise<void> {
  for (const stack of stacks) {
    const bed = { ...soil, stack, reader: new StackReader(stack, []) };
    const keys = await plantKeys(bed);
    await plantLogGroups(bed, keys);
    await Promise.all([
      plantArchive(bed),
      plantTrails(bed),
      plantTopics(bed, keys),
      plantRules(bed),
      plantFilters(bed),
      plantAlarms(bed),
      plantSecrets(bed),
      plantHub(stack, soil.organization, soil.clients),
    ]);
  }
}

interface Bed extends Omit<Soil, "stacks"> {
  readonly stack: Stack;
  readonly reader: StackReader;
}

type Keys = ReadonlyMap<string, string>;

async function plantKeys({ reader, clients }: Bed): Promise<Keys> {
  const keys = new Map<string, string>();
  for (const [id, key] of reader.all("aws_kms_key")) {
    const Policy = textOfArgument(key, "policy") ?? "{}";
    const { KeyMetadata } = await clients(reader.region(key)).kms.send(new CreateKeyCommand({ Policy }));
    keys.set(`\${aws_kms_key.${id}.arn}`, KeyMetadata?.Arn ?? "");
  }
  return keys;
}

async function plantLogGroups({ reader, clients }: Bed, keys: Keys): Promise<void> {
  for (const [, group] of reader.all("aws_cloudwatch_log_group")) {
    const { logs } = clients(reader.region(group));
    const logGroupName = textOfArgument(group, "name") ?? "";
    const kmsKeyId = keys.get(textOfArgument(group, "kms_key_id") ?? "");
    await logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId }));
    const retentionInDays = Number(group["retention_in_days"]);
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  }
  for (const [, policy] of reader.all("aws_cloudwatch_log_resource_policy")) {
    const policyDocument = textOfArgument(policy, "policy_document");
    const policyName = textOfArgument(policy, "policy_name");
    await clients(reader.region(policy)).logs.send(new PutResourcePolicyCommand({ policyName, policyDocument }));
  }
}

async function plantArchive({ reader, clients, organization }: Bed): Promise<void> {
  const { archive, homeRegion } = organization;
  const { s3 } = clients(homeRegion);
  for (const [, lock] of reader.all("aws_s3_bucket_object_lock_configuration")) {
    const [rule = {}] = blocksOf(lock, "rule");
    const [retention = {}] = blocksOf(rule, "default_retention");
    const Bucket = archive.bucket;
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        ObjectLockEnabledForBucket: true,
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    );
    const DefaultRetention = {
      Mode: textOfArgument(retention, "mode") as "GOVERNANCE",
      Days: Number(retention["days"]),
    };
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } },
      }),
    );
  }
}

async function plantTrails({ reader, clients, organization }: Bed): Promise<void> {
  for (const [id, trail] of reader.all("aws_cloudtrail")) {
    const { cloudTrail } = clients(reader.region(trail));
    const Name = textOfArgument(trail, "name") ?? "";
    const group =
      trail["cloud_watch_logs_group_arn"] === undefined
        ? {}
        : {
            CloudWatchLogsLogGroupArn: reader.text("aws_cloudtrail", id, "cloud_watch_logs_group_arn"),
            CloudWatchLogsRoleArn: "arn:aws:iam::111122223333:role/CloudTrail",
          };
    await cloudTrail.send(
      new CreateTrailCommand({
        Name,
        S3BucketName: organization.archive.bucket,
        IsOrganizationTrail: trail["is_organization_trail"] === true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
        ...group,
      }),
    );
    const AdvancedEventSelectors = blocksOf(trail, "advanced_event_selector").map((selector) => ({
      Name: textOfArgument(selector, "name"),
      FieldSelectors: blocksOf(selector, "field_selector").map((field) => ({
        Field: textOfArgument(field, "field"),
        ...some("Equals", textsOf(field, "equals")),
        ...some("NotStartsWith", textsOf(field, "not_starts_with")),
      })),
    }));
    await cloudTrail.send(new PutEventSelectorsCommand({ TrailName: Name, AdvancedEventSelectors }));
    await cloudTrail.send(new StartLoggingCommand({ Name }));
  }
}

async function plantTopics({ reader, clients, onSubscription }: Bed, keys: Keys): Promise<void> {
  for (const [id, topic] of reader.all("aws_sns_topic")) {
    const { sns } = clients(reader.region(topic));
    const KmsMasterKeyId = keys.get(textOfArgument(topic, "kms_master_key_id") ?? "") ?? "";
    const Name = textOfArgument(topic, "name");
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name, Attributes: { KmsMasterKeyId } }));
    const policy = reader.all("aws_sns_topic_policy").find(([, { arn }]) => arn === `\${aws_sns_topic.${id}.arn}`);
    const AttributeValue = textOfArgument(policy?.[1] ?? {}, "policy");
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
    for (const [name, subscription] of reader.all("aws_sns_topic_subscription")) {
      if (reader.text("aws_sns_topic_subscription", name, "topic_arn") !== TopicArn) continue;
      const Protocol = textOfArgument(subscription, "protocol");
      const Endpoint = reader.text("aws_sns_topic_subscription", name, "endpoint");
      const { SubscriptionArn = "" } = await sns.send(
        new SubscribeCommand({ TopicArn, Protocol, Endpoint, ReturnSubscriptionArn: true }),
      );
      onSubscription(SubscriptionArn);
    }
  }
}

async function plantRules({ reader, clients, stack }: Bed): Promise<void> {
  const RULE = "aws_cloudwatch_event_rule";
  const TARGET = "aws_cloudwatch_event_target";
  const handed = new Set(readForwardingRules(stack).map(({ rule }) => rule));
  const isPlanted = (name: string | undefined): boolean => name !== undefined && !handed.has(name);
  for (const [, rule] of reader.all(RULE)) {
    if (!isPlanted(textOfArgument(rule, "name"))) continue;
    await clients(reader.region(rule)).events.send(
      new PutRuleCommand({
        Name: textOfArgument(rule, "name"),
        EventPattern: asTheProviderWrites(textOfArgument(rule, "event_pattern") ?? "{}"),
        State: textOfArgument(rule, "state") as "ENABLED",
      }),
    );
  }
  for (const [id, target] of reader.all(TARGET)) {
    const Rule = reader.text(TARGET, id, "rule");
    if (!isPlanted(Rule)) continue;
    const Arn = reader.text(TARGET, id, "arn");
    await clients(reader.region(target)).events.send(
      new PutTargetsCommand({
        Rule,
        Targets: [{ Id: textOfArgument(target, "target_id"), Arn }],
      }),
    );
  }
}

async function plantFilters({ reader, clients }: Bed): Promise<void> {
  const FILTER = "aws_cloudwatch_log_metric_filter";
  for (const [id, filter] of reader.all(FILTER)) {
    const [metric = {}] = blocksOf(filter, "metric_transformation");
    await clients(reader.region(filter)).logs.send(
      new PutMetricFilterCommand({
        filterName: textOfArgument(filter, "name"),
        filterPattern: textOfArgument(filter, "pattern"),
        logGroupName: reader.text(FILTER, id, "log_group_name"),
        metricTransformations: [
          {
            metricName: textOfArgument(metric, "name"),
            metricNamespace: textOfArgument(metric, "namespace"),
            metricValue: textOfArgument(metric, "value"),
            ...(metric["default_value"] === undefined ? {} : { defaultValue: Number(metric["default_value"]) }),
          },
        ],
      }),
    );
  }
}

async function plantAlarms({ reader, clients }: Bed): Promise<void> {
  const ALARM = "aws_cloudwatch_metric_alarm";
  for (const [id, alarm] of reader.all(ALARM)) {
    const { cloudWatch } = clients(reader.region(alarm));
    const named = { Namespace: textOfArgument(alarm, "namespace"), MetricName: textOfArgument(alarm, "metric_name") };
    const metrics = metricQueriesOf(alarm);
    const watched =
      metrics.length > 0
        ? { Metrics: metrics }
        : {
            ...named,
            Statistic: textOfArgument(alarm, "statistic") as "Sum",
            Dimensions: dimensionsOf(alarm),
            Period: Number(alarm["period"]),
          };
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        ...watched,
        AlarmName: textOfArgument(alarm, "alarm_name"),
        AlarmDescription: textOfArgument(alarm, "alarm_description"),
        EvaluationPeriods: Number(alarm["evaluation_periods"]),
        DatapointsToAlarm: numberOfArgument(alarm, "datapoints_to_alarm"),
        Threshold: Number(alarm["threshold"]),
        ComparisonOperator: textOfArgument(alarm, "comparison_operator") as "GreaterThanOrEqualToThreshold",
        TreatMissingData: textOfArgument(alarm, "treat_missing_data"),
        ActionsEnabled: true,
        AlarmActions: reader.texts(ALARM, id, "alarm_actions"),
        OKActions: reader.texts(ALARM, id, "ok_actions"),
      }),
    );
    if (named.MetricName === "heartbeat") {
      const MetricData = [{ MetricName: named.MetricName, Value: 1, Timestamp: new Date() }];
      await cloudWatch.send(new PutMetricDataCommand({ Namespace: named.Namespace, MetricData }));
    }
  }
}

function metricQueriesOf(alarm: Arguments): MetricDataQuery[] {
  return blocksOf(alarm, "metric_query").map((query) => {
    const [metric] = blocksOf(query, "metric");
    const common = { Id: textOfArgument(query, "id"), ReturnData: query["return_data"] === true };
    if (metric === undefined) return { ...common, Expression: textOfArgument(query, "expression") };
    const name = { Namespace: textOfArgument(metric, "namespace"), MetricName: textOfArgument(metric, "metric_name") };
    const MetricStat = { Metric: name, Period: Number(metric["period"]), Stat: textOfArgument(metric, "stat") };
    return { ...common, MetricStat };
  });
}

function dimensionsOf({ dimensions = {} }: Arguments) {
  return Object.entries(dimensions as Readonly<Record<string, string>>).map(([Name, Value]) => ({ Name, Value }));
}

async function plantSecrets({ reader, clients }: Bed): Promise<void> {
  for (const [, secret] of reader.all("aws_secretsmanager_secret")) {
    const Name = textOfArgument(secret, "name");
    await clients(reader.region(secret)).secrets.send(new CreateSecretCommand({ Name, SecretString: "planted" }));
  }
}

/** Terraform's provider sorts the keys of a pattern. */
function asTheProviderWrites(pattern: string): string {
  return JSON.stringify(JSON.parse(pattern), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}

function some(name: string, values: readonly string[]): Record<string, string[]> {
  return values.length === 0 ? {} : { [name]: [...values] };
}
