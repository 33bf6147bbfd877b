import { DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRuleCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { ListAWSServiceAccessForOrganizationCommand } from "@aws-sdk/client-organizations";
import { GetObjectLockConfigurationCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { awsCall, type Input } from "./aws-call";

/** All calls of the checks. Checks cannot call AWS in another way, so the policy made from this table is complete. */
export const READS = {
  serviceAccess: awsCall(
    "organizations:ListAWSServiceAccessForOrganization",
    "anything",
    (aws, input: Input<typeof ListAWSServiceAccessForOrganizationCommand>) =>
      aws.organizations.send(new ListAWSServiceAccessForOrganizationCommand(input)),
  ),
  trails: awsCall("cloudtrail:DescribeTrails", "anything", (aws, input: Input<typeof DescribeTrailsCommand>) =>
    aws.cloudTrail.send(new DescribeTrailsCommand(input)),
  ),
  trailStatus: awsCall("cloudtrail:GetTrailStatus", "trails", (aws, input: Input<typeof GetTrailStatusCommand>) =>
    aws.cloudTrail.send(new GetTrailStatusCommand(input)),
  ),
  selectors: awsCall("cloudtrail:GetEventSelectors", "trails", (aws, input: Input<typeof GetEventSelectorsCommand>) =>
    aws.cloudTrail.send(new GetEventSelectorsCommand(input)),
  ),
  bucket: awsCall("s3:ListBucket", "archive", (aws, input: Input<typeof HeadBucketCommand>) =>
    aws.s3.send(new HeadBucketCommand(input)),
  ),
  objectLock: awsCall(
    "s3:GetBucketObjectLockConfiguration",
    "archive",
    (aws, input: Input<typeof GetObjectLockConfigurationCommand>) =>
      aws.s3.send(new GetObjectLockConfigurationCommand(input)),
  ),
  rule: awsCall("events:DescribeRule", "rules", (aws, input: Input<typeof DescribeRuleCommand>) =>
    aws.events.send(new DescribeRuleCommand(input)),
  ),
  targets: awsCall("events:ListTargetsByRule", "rules", (aws, input: Input<typeof ListTargetsByRuleCommand>) =>
    aws.events.send(new ListTargetsByRuleCommand(input)),
  ),
  resourcePolicies: awsCall(
    "logs:DescribeResourcePolicies",
    "anything",
    (aws, input: Input<typeof DescribeResourcePoliciesCommand>) =>
      aws.logs.send(new DescribeResourcePoliciesCommand(input)),
  ),
  logGroups: awsCall("logs:DescribeLogGroups", "anything", (aws, input: Input<typeof DescribeLogGroupsCommand>) =>
    aws.logs.send(new DescribeLogGroupsCommand(input)),
  ),
  metricFilters: awsCall(
    "logs:DescribeMetricFilters",
    "log groups",
    (aws, input: Input<typeof DescribeMetricFiltersCommand>) => aws.logs.send(new DescribeMetricFiltersCommand(input)),
  ),
  statistics: awsCall(
    "cloudwatch:GetMetricStatistics",
    "anything",
    (aws, input: Input<typeof GetMetricStatisticsCommand>) =>
      aws.cloudWatch.send(new GetMetricStatisticsCommand(input)),
  ),
  alarms: awsCall("cloudwatch:DescribeAlarms", "anything", (aws, input: Input<typeof DescribeAlarmsCommand>) =>
    aws.cloudWatch.send(new DescribeAlarmsCommand(input)),
  ),
  topic: awsCall("sns:GetTopicAttributes", "topics", (aws, input: Input<typeof GetTopicAttributesCommand>) =>
    aws.sns.send(new GetTopicAttributesCommand(input)),
  ),
  subscriptions: awsCall(
    "sns:ListSubscriptionsByTopic",
    "topics",
    (aws, input: Input<typeof ListSubscriptionsByTopicCommand>) =>
      aws.sns.send(new ListSubscriptionsByTopicCommand(input)),
  ),
  key: awsCall("kms:DescribeKey", "anything", (aws, input: Input<typeof DescribeKeyCommand>) =>
    aws.kms.send(new DescribeKeyCommand(input)),
  ),
  keyPolicy: awsCall("kms:GetKeyPolicy", "anything", (aws, input: Input<typeof GetKeyPolicyCommand>) =>
    aws.kms.send(new GetKeyPolicyCommand(input)),
  ),
  secret: awsCall("secretsmanager:DescribeSecret", "secrets", (aws, input: Input<typeof DescribeSecretCommand>) =>
    aws.secrets.send(new DescribeSecretCommand(input)),
  ),
  events: awsCall("cloudtrail:LookupEvents", "anything", (aws, input: Input<typeof LookupEventsCommand>) =>
    aws.cloudTrail.send(new LookupEventsCommand(input)),
  ),
};

/** The further calls of `--live`. */
export const LIVE = {
  /** The value is dropped here: no caller of this ever holds it. */
  readSecret: awsCall(
    "secretsmanager:GetSecretValue",
    "secrets",
    async (aws, input: Input<typeof GetSecretValueCommand>) => {
      const { $metadata, ARN } = await aws.secrets.send(new GetSecretValueCommand(input));
      return { $metadata, ARN };
    },
  ),
  logEvents: awsCall("logs:FilterLogEvents", "log groups", (aws, input: Input<typeof FilterLogEventsCommand>) =>
    aws.logs.send(new FilterLogEventsCommand(input)),
  ),
  // For composite alarms a narrower permission is not sufficient. Source: CloudWatch API, DescribeAlarmHistory.
  history: awsCall(
    "cloudwatch:DescribeAlarmHistory",
    "anything",
    (aws, input: Input<typeof DescribeAlarmHistoryCommand>) =>
      aws.cloudWatch.send(new DescribeAlarmHistoryCommand(input)),
  ),
};

/** The further calls of `--notify`. */
export const NOTIFY = {
  history: LIVE.history,
  setState: awsCall("cloudwatch:SetAlarmState", "alarms", (aws, input: Input<typeof SetAlarmStateCommand>) =>
    aws.cloudWatch.send(new SetAlarmStateCommand(input)),
  ),
};
