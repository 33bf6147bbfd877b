import { ACCOUNT_ATTACKS, ORGANIZATION_ATTACKS } from "./account";
import {
  API_DESTINATION_ATTACKS,
  BUS_ATTACKS,
  CONNECTION_ATTACKS,
  QUEUE_ATTACKS,
  SLACK_ATTACKS,
  STATE_MACHINE_ATTACKS,
  TEAMS_ATTACKS,
} from "./alert-hub";
import { BUCKET_ATTACKS, DATABASE_ATTACKS, TABLE_ATTACKS, WORKGROUP_ATTACKS } from "./archive";
import type { WeakeningCall } from "./call";
import * as path from "./signal-path";
import * as support from "./support";

/** The calls that weaken the monitoring, by the type in Terraform of the resource that they change. */
export const WEAKENING_CALLS: Readonly<Record<string, readonly WeakeningCall[]>> = {
  account: ACCOUNT_ATTACKS,
  organization: ORGANIZATION_ATTACKS,
  aws_cloudwatch_log_metric_filter: path.FILTER_ATTACKS,
  aws_cloudwatch_log_group: path.LOG_GROUP_ATTACKS,
  aws_cloudwatch_log_resource_policy: path.LOG_POLICY_ATTACKS,
  aws_cloudwatch_metric_alarm: path.METRIC_ALARM_ATTACKS,
  aws_cloudwatch_composite_alarm: path.COMPOSITE_ALARM_ATTACKS,
  aws_cloudwatch_event_rule: path.RULE_ATTACKS,
  aws_cloudwatch_event_target: path.TARGET_ATTACKS,
  aws_sns_topic: path.TOPIC_ATTACKS,
  aws_sns_topic_subscription: path.SUBSCRIPTION_ATTACKS,
  aws_cloudtrail: path.TRAIL_ATTACKS,
  aws_iam_role: support.ROLE_ATTACKS,
  aws_iam_policy: support.POLICY_ATTACKS,
  aws_kms_key: support.KEY_ATTACKS,
  aws_kms_alias: support.ALIAS_ATTACKS,
  aws_scheduler_schedule: support.SCHEDULE_ATTACKS,
  aws_ssm_parameter: support.PARAMETER_ATTACKS,
  aws_cloudwatch_dashboard: support.DASHBOARD_ATTACKS,
  aws_cloudwatch_query_definition: support.QUERY_ATTACKS,
  aws_cloudwatch_event_bus: BUS_ATTACKS,
  aws_cloudwatch_event_connection: CONNECTION_ATTACKS,
  aws_cloudwatch_event_api_destination: API_DESTINATION_ATTACKS,
  aws_sfn_state_machine: STATE_MACHINE_ATTACKS,
  aws_sqs_queue: QUEUE_ATTACKS,
  aws_chatbot_slack_channel_configuration: SLACK_ATTACKS,
  aws_chatbot_teams_channel_configuration: TEAMS_ATTACKS,
  aws_s3_bucket: BUCKET_ATTACKS,
  aws_glue_catalog_database: DATABASE_ATTACKS,
  aws_glue_catalog_table: TABLE_ATTACKS,
  aws_athena_workgroup: WORKGROUP_ATTACKS,
};

/** Types that need no calls of their own, with the reason. A type in neither list is reported. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
  aws_iam_openid_connect_provider: "trusted by roles of CI, and no part of the signal path: iam-trust-changed sees it",
  terraform_data: "notes what Trailwatch did not create, and deploys nothing",
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
  aws_dynamodb_table: "a notice that cannot be stored is sent at once, a repeat that cannot be counted without a count",
  aws_athena_named_query: "help for a person, which no alarm depends on",
};
