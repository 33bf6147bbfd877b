import type { Check } from "../check";
import { PROWLER_CIS_CHECKS } from "./prowler-cis";
import { met, waived, withoutResult } from "./outcome";
import { REASONS } from "./reasons";

const TRAIL = "aws_cloudtrail";
const BUCKET = "aws_s3_bucket";
const KEY = "aws_kms_key";
const SECRET = "aws_secretsmanager_secret";

const MEMBERS = ["log-archive/*/cloudtrail:trail", "event-bus/*/cloudtrail:trail"];
const OTHER_ACCOUNT =
  "Prowler reads the trail's bucket in the trail's own account only; the archive is in the log-archive account. The checks of S3 cover it there.";
const NO_S3_CONTROL = "The sandbox does not answer S3 Control, whose hosts begin with the account's id.";
const NO_POINTS = "Trailwatch creates none.";
const FROM_RECORDS = "It evaluates events of CloudTrail, and the sandbox has none of this kind.";

/** Checks of Prowler's services CloudTrail, CloudWatch, KMS, S3, Secrets Manager and SNS. */
export const PROWLER_CHECKS: readonly Check[] = [
  waived(
    met("cloudtrail_bedrock_logging_enabled", "CloudTrail logs Amazon Bedrock API calls", TRAIL),
    REASONS.trailOfOrganization,
    MEMBERS,
  ),
  withoutResult(
    waived(
      met("cloudtrail_bucket_requires_mfa_delete", "Trail S3 bucket has MFA delete enabled", BUCKET),
      REASONS.mfaDelete,
    ),
    OTHER_ACCOUNT,
  ),
  waived(
    met(
      "cloudtrail_cloudwatch_logging_enabled",
      "Trail has delivered logs to CloudWatch Logs in the last 24 hours",
      TRAIL,
    ),
    `The scan's sandbox delivers no events; on AWS, trails of management events meet the check. ${REASONS.dataTrail}`,
  ),
  waived(
    met("cloudtrail_insights_exist", "Trail has Insights enabled", TRAIL),
    "Insights are a setting of the organization's trail (`trail.insights`), which covers every account. Insights are billed per trail.",
    ["management/*/*trailwatch-organization-data", "account-trail/*/*trailwatch-account"],
  ),
  met("cloudtrail_kms_encryption_enabled", "Trail logs are encrypted at rest with a KMS key", TRAIL),
  met("cloudtrail_log_file_validation_enabled", "Trail has log file validation enabled", TRAIL),
  withoutResult(
    met("cloudtrail_logs_s3_bucket_access_logging_enabled", "Trail S3 bucket has access logging enabled", BUCKET),
    OTHER_ACCOUNT,
  ),
  withoutResult(
    met("cloudtrail_logs_s3_bucket_is_not_publicly_accessible", "Trail S3 bucket is not publicly accessible", BUCKET),
    OTHER_ACCOUNT,
  ),
  waived(
    met("cloudtrail_multi_region_enabled", "Region has at least one CloudTrail trail logging", TRAIL),
    REASONS.trailOfOrganization,
    MEMBERS,
  ),
  waived(
    met(
      "cloudtrail_multi_region_enabled_logging_management_events",
      "Trail logs management events for read and write operations",
      TRAIL,
    ),
    "Prowler looks for an advanced event selector with the console's name, 'Management events selector'. The trails' selector has another name, and records all management events.",
  ),
  waived(
    met("cloudtrail_s3_dataevents_read_enabled", "Trail records S3 object-level read events for all S3 buckets", TRAIL),
    REASONS.trailOfOrganization,
    ["log-archive/*/cloudtrail:trail"],
  ),
  waived(
    met(
      "cloudtrail_s3_dataevents_write_enabled",
      "Trail records S3 object-level write events for all S3 buckets",
      TRAIL,
    ),
    REASONS.trailOfOrganization,
    ["log-archive/*/cloudtrail:trail"],
  ),
  withoutResult(
    met("cloudtrail_threat_detection_enumeration", "No potential enumeration activity", "account"),
    FROM_RECORDS,
  ),
  withoutResult(
    met("cloudtrail_threat_detection_llm_jacking", "No potential LLM jacking activity", "account"),
    FROM_RECORDS,
  ),
  withoutResult(
    met("cloudtrail_threat_detection_privilege_escalation", "No potential privilege escalation", "account"),
    FROM_RECORDS,
  ),
  ...PROWLER_CIS_CHECKS,
  met(
    "cloudwatch_alarm_actions_alarm_state_configured",
    "Alarm has actions for the ALARM state",
    "aws_cloudwatch_metric_alarm",
  ),
  met("cloudwatch_alarm_actions_enabled", "Alarm has actions enabled", "aws_cloudwatch_metric_alarm"),
  met("cloudwatch_cross_account_sharing_disabled", "CloudWatch does not allow cross-account sharing", "account"),
  met(
    "cloudwatch_log_group_kms_encryption_enabled",
    "Log group is encrypted with an AWS KMS key",
    "aws_cloudwatch_log_group",
  ),
  met("cloudwatch_log_group_no_secrets_in_logs", "Log group contains no secrets", "aws_cloudwatch_log_group"),
  met(
    "cloudwatch_log_group_not_publicly_accessible",
    "Log group is not publicly accessible",
    "aws_cloudwatch_log_group",
  ),
  met(
    "cloudwatch_log_group_retention_policy_specific_days_enabled",
    "Log group has a retention of at least the configured days",
    "aws_cloudwatch_log_group",
  ),
  met("kms_cmk_are_used", "Customer managed key is enabled or scheduled for deletion", KEY),
  met("kms_cmk_not_deleted_unintentionally", "Customer managed key is not scheduled for deletion", KEY),
  met("kms_cmk_not_multi_region", "Customer managed key is single-Region", KEY),
  met("kms_cmk_rotation_enabled", "Customer managed symmetric key has automatic rotation enabled", KEY),
  met("kms_key_not_publicly_accessible", "Key does not grant access to everyone", KEY),
  withoutResult(met("s3_access_point_public_access_block", "Access points block public access", "account"), NO_POINTS),
  withoutResult(
    waived(
      met("s3_account_level_public_access_blocks", "The account blocks public access", "account"),
      REASONS.accountPublicAccessBlock,
    ),
    NO_S3_CONTROL,
  ),
  met("s3_bucket_acl_prohibited", "Bucket ACLs are disabled", BUCKET),
  met("s3_bucket_cross_account_access", "Bucket policy does not allow cross-account access", BUCKET),
  waived(
    met("s3_bucket_cross_region_replication", "Bucket has cross-region replication configured", BUCKET),
    REASONS.replication,
  ),
  met("s3_bucket_default_encryption", "Bucket has default server-side encryption enabled", BUCKET),
  waived(
    met("s3_bucket_event_notifications_enabled", "Bucket has event notifications enabled", BUCKET),
    REASONS.eventNotifications,
  ),
  waived(
    met("s3_bucket_kms_encryption", "Bucket has server-side encryption with AWS KMS", BUCKET),
    REASONS.accessLogsKey,
    ["*-access-logs"],
  ),
  met("s3_bucket_level_public_access_block", "Bucket blocks public access", BUCKET),
  met("s3_bucket_lifecycle_enabled", "Bucket has a lifecycle configuration enabled", BUCKET),
  waived(met("s3_bucket_no_mfa_delete", "Bucket has MFA Delete enabled", BUCKET), REASONS.mfaDelete),
  waived(met("s3_bucket_object_lock", "Bucket has Object Lock enabled", BUCKET), REASONS.objectLock, [
    "*-access-logs",
    "*-athena",
    "*-state",
  ]),
  met("s3_bucket_object_versioning", "Bucket has object versioning enabled", BUCKET),
  met("s3_bucket_policy_public_write_access", "Bucket policy does not allow public write access", BUCKET),
  met("s3_bucket_public_access", "Bucket is not publicly accessible", BUCKET),
  met("s3_bucket_public_list_acl", "Bucket is not publicly listable", BUCKET),
  met("s3_bucket_public_write_acl", "Bucket ACL does not grant write access to everyone", BUCKET),
  met("s3_bucket_secure_transport_policy", "Bucket policy denies requests over insecure transport", BUCKET),
  waived(
    met("s3_bucket_server_access_logging_enabled", "Bucket has server access logging enabled", BUCKET),
    REASONS.accessLogs,
    ["*-access-logs", "*-state"],
  ),
  withoutResult(
    met(
      "s3_multi_region_access_point_public_access_block",
      "Multi-Region Access Points block public access",
      "account",
    ),
    NO_POINTS,
  ),
  waived(met("secretsmanager_automatic_rotation_enabled", "Secret has rotation enabled", SECRET), REASONS.rotation),
  waived(
    met("secretsmanager_has_restrictive_resource_policy", "Secret has a restrictive resource-based policy", SECRET),
    "Prowler requires a Deny for every principal except a list of roles. Trailwatch does not know which roles of your applications read the secret.",
  ),
  met("secretsmanager_not_publicly_accessible", "Secret's policy does not allow public access", SECRET),
  waived(
    met("secretsmanager_secret_rotated_periodically", "Secret is rotated within the maximum number of days", SECRET),
    REASONS.rotation,
  ),
  waived(
    met("secretsmanager_secret_unused", "Secret has been accessed within the last 90 days", SECRET),
    REASONS.unusedSecret,
  ),
  withoutResult(
    met("sns_subscription_not_using_http_endpoints", "Subscriptions do not use HTTP", "aws_sns_topic_subscription"),
    "The example has email subscribers only, which are pending until they are confirmed.",
  ),
  met("sns_topics_kms_encryption_at_rest_enabled", "Topic is encrypted at rest with KMS", "aws_sns_topic"),
  met("sns_topics_not_publicly_accessible", "Topic is not publicly accessible", "aws_sns_topic"),
];
