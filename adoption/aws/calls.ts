import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
} from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, ListTagsForResourceCommand as ListAlarmTagsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand as ListLogGroupTagsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListRulesCommand, ListTagsForResourceCommand as ListRuleTagsCommand } from "@aws-sdk/client-eventbridge";
import { GetRoleCommand, ListRolesCommand, ListRoleTagsCommand } from "@aws-sdk/client-iam";
import { ListAliasesCommand, ListResourceTagsCommand } from "@aws-sdk/client-kms";
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
} from "@aws-sdk/client-organizations";
import {
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import {
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand as ListTopicTagsCommand,
  ListTopicsCommand,
} from "@aws-sdk/client-sns";
import { awsErrorName } from "../../lib/aws/aws-errors";
import { awsCall, type Input } from "../../verification/aws/aws-call";

/**
 * All calls of `trailwatch adopt`. It cannot call AWS in another way, so the policy made from this table is complete.
 * None can be limited to resources: what exists already has names that are not known before it is read.
 */
export const ADOPT_READS = {
  organization: awsCall(
    "organizations:DescribeOrganization",
    "anything",
    (aws, input: Input<typeof DescribeOrganizationCommand>) =>
      aws.organizations.send(new DescribeOrganizationCommand(input)),
  ),
  accounts: awsCall("organizations:ListAccounts", "anything", (aws, input: Input<typeof ListAccountsCommand>) =>
    aws.organizations.send(new ListAccountsCommand(input)),
  ),
  policies: awsCall("organizations:ListPolicies", "anything", (aws, input: Input<typeof ListPoliciesCommand>) =>
    aws.organizations.send(new ListPoliciesCommand(input)),
  ),
  policy: awsCall("organizations:DescribePolicy", "anything", (aws, input: Input<typeof DescribePolicyCommand>) =>
    aws.organizations.send(new DescribePolicyCommand(input)),
  ),
  policyTargets: awsCall(
    "organizations:ListTargetsForPolicy",
    "anything",
    (aws, input: Input<typeof ListTargetsForPolicyCommand>) =>
      aws.organizations.send(new ListTargetsForPolicyCommand(input)),
  ),

  trails: awsCall("cloudtrail:DescribeTrails", "anything", (aws, input: Input<typeof DescribeTrailsCommand>) =>
    aws.cloudTrail.send(new DescribeTrailsCommand(input)),
  ),
  trailStatus: awsCall("cloudtrail:GetTrailStatus", "anything", (aws, input: Input<typeof GetTrailStatusCommand>) =>
    aws.cloudTrail.send(new GetTrailStatusCommand(input)),
  ),
  selectors: awsCall("cloudtrail:GetEventSelectors", "anything", (aws, input: Input<typeof GetEventSelectorsCommand>) =>
    aws.cloudTrail.send(new GetEventSelectorsCommand(input)),
  ),
  /** CloudTrail answers with an error where Insights is off. */
  insights: awsCall(
    "cloudtrail:GetInsightSelectors",
    "anything",
    async (aws, input: Input<typeof GetInsightSelectorsCommand>) => {
      try {
        return (await aws.cloudTrail.send(new GetInsightSelectorsCommand(input))).InsightSelectors ?? [];
      } catch (error) {
        if (awsErrorName(error).startsWith("InsightNotEnabled")) return [];
        throw error;
      }
    },
  ),
  trailTags: awsCall("cloudtrail:ListTags", "anything", (aws, input: Input<typeof ListTagsCommand>) =>
    aws.cloudTrail.send(new ListTagsCommand(input)),
  ),

  bucket: awsCall("s3:ListBucket", "anything", (aws, input: Input<typeof HeadBucketCommand>) =>
    aws.s3.send(new HeadBucketCommand(input)),
  ),
  bucketLocation: awsCall("s3:GetBucketLocation", "anything", (aws, input: Input<typeof GetBucketLocationCommand>) =>
    aws.s3.send(new GetBucketLocationCommand(input)),
  ),
  bucketPolicy: awsCall("s3:GetBucketPolicy", "anything", (aws, input: Input<typeof GetBucketPolicyCommand>) =>
    aws.s3.send(new GetBucketPolicyCommand(input)),
  ),
  objectLock: awsCall(
    "s3:GetBucketObjectLockConfiguration",
    "anything",
    (aws, input: Input<typeof GetObjectLockConfigurationCommand>) =>
      aws.s3.send(new GetObjectLockConfigurationCommand(input)),
  ),
  bucketTags: awsCall("s3:GetBucketTagging", "anything", (aws, input: Input<typeof GetBucketTaggingCommand>) =>
    aws.s3.send(new GetBucketTaggingCommand(input)),
  ),

  logGroups: awsCall("logs:DescribeLogGroups", "anything", (aws, input: Input<typeof DescribeLogGroupsCommand>) =>
    aws.logs.send(new DescribeLogGroupsCommand(input)),
  ),
  metricFilters: awsCall(
    "logs:DescribeMetricFilters",
    "anything",
    (aws, input: Input<typeof DescribeMetricFiltersCommand>) => aws.logs.send(new DescribeMetricFiltersCommand(input)),
  ),
  resourcePolicies: awsCall(
    "logs:DescribeResourcePolicies",
    "anything",
    (aws, input: Input<typeof DescribeResourcePoliciesCommand>) =>
      aws.logs.send(new DescribeResourcePoliciesCommand(input)),
  ),
  logGroupTags: awsCall("logs:ListTagsForResource", "anything", (aws, input: Input<typeof ListLogGroupTagsCommand>) =>
    aws.logs.send(new ListLogGroupTagsCommand(input)),
  ),

  alarms: awsCall("cloudwatch:DescribeAlarms", "anything", (aws, input: Input<typeof DescribeAlarmsCommand>) =>
    aws.cloudWatch.send(new DescribeAlarmsCommand(input)),
  ),
  alarmTags: awsCall("cloudwatch:ListTagsForResource", "anything", (aws, input: Input<typeof ListAlarmTagsCommand>) =>
    aws.cloudWatch.send(new ListAlarmTagsCommand(input)),
  ),
  topics: awsCall("sns:ListTopics", "anything", (aws, input: Input<typeof ListTopicsCommand>) =>
    aws.sns.send(new ListTopicsCommand(input)),
  ),
  topicTags: awsCall("sns:ListTagsForResource", "anything", (aws, input: Input<typeof ListTopicTagsCommand>) =>
    aws.sns.send(new ListTopicTagsCommand(input)),
  ),
  subscriptions: awsCall(
    "sns:ListSubscriptionsByTopic",
    "anything",
    (aws, input: Input<typeof ListSubscriptionsByTopicCommand>) =>
      aws.sns.send(new ListSubscriptionsByTopicCommand(input)),
  ),
  rules: awsCall("events:ListRules", "anything", (aws, input: Input<typeof ListRulesCommand>) =>
    aws.events.send(new ListRulesCommand(input)),
  ),
  ruleTags: awsCall("events:ListTagsForResource", "anything", (aws, input: Input<typeof ListRuleTagsCommand>) =>
    aws.events.send(new ListRuleTagsCommand(input)),
  ),

  role: awsCall("iam:GetRole", "anything", (aws, input: Input<typeof GetRoleCommand>) =>
    aws.iam.send(new GetRoleCommand(input)),
  ),
  roles: awsCall("iam:ListRoles", "anything", (aws, input: Input<typeof ListRolesCommand>) =>
    aws.iam.send(new ListRolesCommand(input)),
  ),
  roleTags: awsCall("iam:ListRoleTags", "anything", (aws, input: Input<typeof ListRoleTagsCommand>) =>
    aws.iam.send(new ListRoleTagsCommand(input)),
  ),
  keyAliases: awsCall("kms:ListAliases", "anything", (aws, input: Input<typeof ListAliasesCommand>) =>
    aws.kms.send(new ListAliasesCommand(input)),
  ),
  keyTags: awsCall("kms:ListResourceTags", "anything", (aws, input: Input<typeof ListResourceTagsCommand>) =>
    aws.kms.send(new ListResourceTagsCommand(input)),
  ),
};
