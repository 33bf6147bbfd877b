import {
  CreateTrailCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  StartLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand } from "@aws-sdk/client-kms";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import { CreateBucketCommand, PutBucketTaggingCommand } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import type { Land } from "./land";

/** What a landing zone's trail is made of. */
export interface TrailOptions {
  readonly name: string;
  readonly bucket: string;
  /** @default - none */
  readonly logGroup?: string;
  /** @default - none */
  readonly prefix?: string;
  /** @default - the log archive */
  readonly bucketAccount?: string;
  /** @default - all management events */
  readonly selectors?: "read-only" | "data";
  readonly isStopped?: boolean;
}

/** An organization trail of the management account, which logs. */
export async function organizationTrail(land: Land, options: TrailOptions): Promise<void> {
  const { cloudTrail, logs } = land.aws("management");
  await land.aws(options.bucketAccount ?? "log-archive").s3.send(
    new CreateBucketCommand({
      Bucket: options.bucket,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  const group = options.logGroup;
  if (group !== undefined) await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: options.name,
      S3BucketName: options.bucket,
      S3KeyPrefix: options.prefix,
      IsOrganizationTrail: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      ...(group === undefined
        ? {}
        : {
            CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${land.ids["management"] ?? ""}:log-group:${group}:*`,
            CloudWatchLogsRoleArn: `arn:aws:iam::${land.ids["management"] ?? ""}:role/trail`,
          }),
    }),
  );
  if (options.selectors === "read-only") {
    await cloudTrail.send(
      new PutEventSelectorsCommand({ TrailName: options.name, EventSelectors: [{ ReadWriteType: "ReadOnly" }] }),
    );
  }
  if (options.selectors === "data") {
    const FieldSelectors = [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
    ];
    await cloudTrail.send(
      new PutEventSelectorsCommand({ TrailName: options.name, AdvancedEventSelectors: [{ FieldSelectors }] }),
    );
  }
  const InsightSelectors = [{ InsightType: "ApiCallRateInsight" as const }];
  await cloudTrail.send(new PutInsightSelectorsCommand({ TrailName: options.name, InsightSelectors }));
  if (options.isStopped !== true) await cloudTrail.send(new StartLoggingCommand({ Name: options.name }));
}

/** The parts of AWS Control Tower that can be seen: trail, log group with a suffix, bucket, roles, region denial. */
export async function controlTower(land: Land): Promise<{ readonly bucket: string; readonly logGroup: string }> {
  const bucket = `aws-controltower-logs-${land.ids["log-archive"] ?? ""}-eu-west-1`;
  const logGroup = "aws-controltower/CloudTrailLogs-a1B2c3";
  await organizationTrail(land, {
    name: "aws-controltower-BaselineCloudTrail",
    bucket,
    logGroup,
    prefix: land.organizationId,
  });
  for (const account of ["log-archive", "payments"]) {
    await land
      .aws(account)
      .iam.send(new CreateRoleCommand({ RoleName: "AWSControlTowerExecution", AssumeRolePolicyDocument: "{}" }));
  }
  return { bucket, logGroup };
}

/** A service control policy on the root. */
export async function policyOnRoot(land: Land, name: string, statement: object): Promise<void> {
  const { organizations } = land.aws("management");
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const RootId = Roots?.[0]?.Id ?? "";
  await organizations
    .send(new EnablePolicyTypeCommand({ RootId, PolicyType: "SERVICE_CONTROL_POLICY" }))
    .catch(() => undefined);
  const { Policy } = await organizations.send(
    new CreatePolicyCommand({
      Name: name,
      Description: name,
      Type: "SERVICE_CONTROL_POLICY",
      Content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: RootId }));
}

export interface FilterOptions {
  readonly account: string;
  readonly logGroup: string;
  readonly name: string;
  readonly pattern: string;
  readonly topic: string;
}

/** A filter, its alarm and the topic with one subscriber, as modules of Terraform make them. */
export async function filterWithAlarm(land: Land, { account, logGroup, name, pattern, topic }: FilterOptions) {
  const { logs, cloudWatch, sns } = land.aws(account);
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup })).catch(() => undefined);
  const metricNamespace = "CISBenchmark";
  await logs.send(
    new PutMetricFilterCommand({
      logGroupName: logGroup,
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [{ metricName: name, metricNamespace, metricValue: "1" }],
    }),
  );
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: topic }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "ops@example.com" }));
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      MetricName: name,
      Namespace: metricNamespace,
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      AlarmActions: [TopicArn],
    }),
  );
  return TopicArn;
}

const TAGS = [{ Key: "owner", Value: "others" }];

/** A resource of each kind with a name as Trailwatch gives, and a bucket of the planned archive. */
export async function ownNames(land: Land): Promise<void> {
  const { s3 } = land.aws("log-archive");
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  for (const Bucket of ["example-archive", "other-logs"]) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
  await s3.send(new PutBucketTaggingCommand({ Bucket: "example-archive", Tagging: { TagSet: TAGS } }));
  const { cloudTrail, cloudWatch, events, iam, kms, logs, sns } = land.aws("payments");
  await cloudTrail.send(new CreateTrailCommand({ Name: "trailwatch-payments", S3BucketName: "other-logs" }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/aws/events/trailwatch" }));
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: "trailwatch-payments-root",
      MetricName: "root",
      Namespace: "Others",
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    }),
  );
  await events.send(new PutRuleCommand({ Name: "trailwatch", ScheduleExpression: "rate(1 day)" }));
  await sns.send(new CreateTopicCommand({ Name: "trailwatch-alerts" }));
  await iam.send(new CreateRoleCommand({ RoleName: "trailwatch-feed", AssumeRolePolicyDocument: "{}" }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: "alias/trailwatch-alerts", TargetKeyId: KeyMetadata?.KeyId }));
}
