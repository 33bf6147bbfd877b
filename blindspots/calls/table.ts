import { ACCOUNT_CALLS, ORGANIZATION_CALLS } from "./account";
import { BUS_CALLS, QUEUE_CALLS, SLACK_CALLS, STATE_MACHINE_CALLS, TEAMS_CALLS } from "./alert-hub";
import { BUCKET_CALLS, DATABASE_CALLS, TABLE_CALLS, WORKGROUP_CALLS } from "./archive";
import type { WeakeningCall } from "./call";
import * as path from "./signal-path";
import * as support from "./support";

/** The calls that weaken the monitoring, by the type in Terraform of the resource that they change. */
export const WEAKENING_CALLS: Readonly<Record<string, readonly WeakeningCall[]>> = {
  account: ACCOUNT_CALLS,
  organization: ORGANIZATION_CALLS,
  aws_cloudwatch_log_metric_filter: path.FILTER_CALLS,
  aws_cloudwatch_log_group: path.LOG_GROUP_CALLS,
  aws_cloudwatch_log_resource_policy: path.LOG_POLICY_CALLS,
  aws_cloudwatch_metric_alarm: path.METRIC_ALARM_CALLS,
  aws_cloudwatch_composite_alarm: path.COMPOSITE_ALARM_CALLS,
  aws_cloudwatch_event_rule: path.RULE_CALLS,
  aws_cloudwatch_event_target: path.TARGET_CALLS,
  aws_sns_topic: path.TOPIC_CALLS,
  aws_sns_topic_subscription: path.SUBSCRIPTION_CALLS,
  aws_cloudtrail: path.TRAIL_CALLS,
  aws_iam_role: support.ROLE_CALLS,
  aws_kms_key: support.KEY_CALLS,
  aws_kms_alias: support.ALIAS_CALLS,
  aws_scheduler_schedule: support.SCHEDULE_CALLS,
  aws_ssm_parameter: support.PARAMETER_CALLS,
  aws_cloudwatch_dashboard: support.DASHBOARD_CALLS,
  aws_cloudwatch_query_definition: support.QUERY_CALLS,
  aws_cloudwatch_event_bus: BUS_CALLS,
  aws_sfn_state_machine: STATE_MACHINE_CALLS,
  aws_sqs_queue: QUEUE_CALLS,
  aws_chatbot_slack_channel_configuration: SLACK_CALLS,
  aws_chatbot_teams_channel_configuration: TEAMS_CALLS,
  aws_s3_bucket: BUCKET_CALLS,
  aws_glue_catalog_database: DATABASE_CALLS,
  aws_glue_catalog_table: TABLE_CALLS,
  aws_athena_workgroup: WORKGROUP_CALLS,
};

/** Types that need no calls of their own, with the reason. A type in neither list is reported. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
  aws_sns_topic_policy: "changed by SetTopicAttributes of its topic",
  aws_sqs_queue_policy: "changed by SetQueueAttributes of its queue",
  aws_cloudwatch_event_bus_policy: "changed by PutPermission of its bus",
  aws_iam_role_policy: "changed by PutRolePolicy of its role",
  aws_iam_role_policy_attachment: "changed by AttachRolePolicy of its role",
  aws_iam_role_policies_exclusive: "exists in Terraform only",
  aws_iam_role_policy_attachments_exclusive: "exists in Terraform only",
  aws_s3_bucket_lifecycle_configuration: "changed by PutBucketLifecycle of its bucket",
  aws_s3_bucket_logging: "changed by PutBucketLogging of its bucket",
  aws_s3_bucket_object_lock_configuration: "changed by PutBucketObjectLockConfiguration of its bucket",
  aws_s3_bucket_ownership_controls: "changed by PutBucketOwnershipControls of its bucket",
  aws_s3_bucket_policy: "changed by PutBucketPolicy of its bucket",
  aws_s3_bucket_public_access_block: "changed by PutBucketPublicAccessBlock of its bucket",
  aws_s3_bucket_server_side_encryption_configuration: "changed by PutBucketEncryption of its bucket",
  aws_s3_bucket_versioning: "changed by PutBucketVersioning of its bucket",
  aws_secretsmanager_secret: "watched, and no part of the monitoring: pack secrets has its detections",
  aws_secretsmanager_secret_policy: "watched, and no part of the monitoring: pack secrets has its detections",
  aws_secretsmanager_secret_version: "watched, and no part of the monitoring: pack secrets has its detections",
  aws_athena_named_query: "help for a person, which no alarm depends on",
};
