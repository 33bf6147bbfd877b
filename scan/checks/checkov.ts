import type { Check } from "../check";
import { met, waived, withoutResult } from "./outcome";
import { REASONS } from "./reasons";

const REFERENCES =
  "The scanner parses a policy document only if it is complete in the source; ours contain references to other resources. The tests of policies evaluate them.";
const ROLES = "aws_iam_role_policy";

/** Checks of checkov for the types of resources that the stacks contain. */
export const CHECKOV_CHECKS: readonly Check[] = [
  met("CKV_AWS_7", "Ensure rotation for customer created CMKs is enabled", "aws_kms_key"),
  waived(
    met("CKV_AWS_18", "Ensure the S3 bucket has access logging enabled", "aws_s3_bucket"),
    REASONS.stateAccessLogs,
    ["*/state_bucket"],
  ),
  met("CKV_AWS_19", "Ensure all data stored in the S3 bucket is securely encrypted at rest", "aws_s3_bucket"),
  met("CKV_AWS_20", "S3 Bucket has an ACL defined which allows public READ access", "aws_s3_bucket"),
  met("CKV_AWS_21", "Ensure all data stored in the S3 bucket have versioning enabled", "aws_s3_bucket"),
  met("CKV_AWS_26", "Ensure all data stored in the SNS topic is encrypted", "aws_sns_topic"),
  met("CKV_AWS_27", "Ensure all data stored in the SQS queue is encrypted", "aws_sqs_queue"),
  met("CKV_AWS_33", "Ensure KMS key policy does not contain wildcard (*) principal", "aws_kms_key"),
  met("CKV_AWS_35", "Ensure CloudTrail logs are encrypted at rest using KMS CMKs", "aws_cloudtrail"),
  met("CKV_AWS_36", "Ensure CloudTrail log file validation is enabled", "aws_cloudtrail"),
  met("CKV_AWS_53", "Ensure S3 bucket has block public ACLS enabled", "aws_s3_bucket_public_access_block"),
  met("CKV_AWS_54", "Ensure S3 bucket has block public policy enabled", "aws_s3_bucket_public_access_block"),
  met("CKV_AWS_55", "Ensure S3 bucket has ignore public ACLs enabled", "aws_s3_bucket_public_access_block"),
  met("CKV_AWS_56", "Ensure S3 bucket has 'restrict_public_buckets' enabled", "aws_s3_bucket_public_access_block"),
  met("CKV_AWS_57", "S3 Bucket has an ACL defined which allows public WRITE access", "aws_s3_bucket"),
  met("CKV_AWS_60", "Ensure IAM role allows only specific services or principals to assume it", "aws_iam_role"),
  met("CKV_AWS_61", "Ensure AWS IAM policy does not allow assume role permission across all services", "aws_iam_role"),
  met("CKV_AWS_62", 'Ensure IAM policies that allow full "*-*" administrative privileges are not created', ROLES),
  met("CKV_AWS_63", `Ensure no IAM policies documents allow "*" as a statement's actions`, ROLES),
  met("CKV_AWS_66", "Ensure that CloudWatch Log Group specifies retention days", "aws_cloudwatch_log_group"),
  met("CKV_AWS_67", "Ensure CloudTrail is enabled in all Regions", "aws_cloudtrail"),
  met("CKV_AWS_70", "Ensure S3 bucket does not allow an action with any Principal", "aws_s3_bucket_policy"),
  met("CKV_AWS_72", "Ensure SQS policy does not allow ALL (*) actions", "aws_sqs_queue_policy"),
  met("CKV_AWS_82", "Ensure Athena Workgroup should enforce configuration", "aws_athena_workgroup"),
  met("CKV_AWS_93", "Ensure S3 bucket policy does not lockout all but root user", "aws_s3_bucket_policy"),
  waived(
    met("CKV_AWS_144", "Ensure that S3 bucket has cross-region replication enabled", "aws_s3_bucket"),
    REASONS.replication,
  ),
  waived(
    met("CKV_AWS_145", "Ensure that S3 buckets are encrypted with KMS by default", "aws_s3_bucket"),
    REASONS.accessLogsKey,
    ["*_access-logs_bucket"],
  ),
  met("CKV_AWS_149", "Ensure that Secrets Manager secret is encrypted using KMS CMK", "aws_secretsmanager_secret"),
  met("CKV_AWS_158", "Ensure that CloudWatch Log Group is encrypted by KMS", "aws_cloudwatch_log_group"),
  met("CKV_AWS_159", "Ensure that Athena Workgroup is encrypted", "aws_athena_workgroup"),
  met("CKV_AWS_168", "Ensure SQS queue policy is not public", "aws_sqs_queue_policy"),
  withoutResult(met("CKV_AWS_169", "Ensure SNS topic policy is not public", "aws_sns_topic_policy"), REFERENCES),
  met("CKV_AWS_227", "Ensure KMS key is enabled", "aws_kms_key"),
  met("CKV_AWS_251", "Ensure CloudTrail logging is enabled", "aws_cloudtrail"),
  waived(met("CKV_AWS_252", "Ensure CloudTrail defines an SNS Topic", "aws_cloudtrail"), REASONS.trailTopic),
  met("CKV_AWS_274", "Disallow IAM roles from using the AWS AdministratorAccess policy", "aws_iam_role"),
  waived(
    met("CKV_AWS_284", "Ensure State Machine has X-Ray tracing enabled", "aws_sfn_state_machine"),
    REASONS.tracing,
  ),
  waived(
    met("CKV_AWS_285", "Ensure State Machine has execution history logging enabled", "aws_sfn_state_machine"),
    REASONS.stateMachineLogs,
  ),
  withoutResult(met("CKV_AWS_286", "Ensure IAM policies does not allow privilege escalation", ROLES), REFERENCES),
  withoutResult(met("CKV_AWS_287", "Ensure IAM policies does not allow credentials exposure", ROLES), REFERENCES),
  withoutResult(met("CKV_AWS_288", "Ensure IAM policies does not allow data exfiltration", ROLES), REFERENCES),
  withoutResult(
    met("CKV_AWS_289", "Ensure IAM policies does not allow permissions management without constraints", ROLES),
    REFERENCES,
  ),
  withoutResult(
    met("CKV_AWS_290", "Ensure IAM policies does not allow write access without constraints", ROLES),
    REFERENCES,
  ),
  waived(
    met(
      "CKV_AWS_297",
      "Ensure EventBridge Scheduler Schedule uses Customer Managed Key (CMK)",
      "aws_scheduler_schedule",
    ),
    REASONS.scheduleKey,
  ),
  met(
    "CKV_AWS_300",
    "Ensure S3 lifecycle configuration sets period for aborting failed uploads",
    "aws_s3_bucket_lifecycle_configuration",
  ),
  met("CKV_AWS_319", "Ensure that CloudWatch alarm actions are enabled", "aws_cloudwatch_metric_alarm"),
  met("CKV_AWS_337", "Ensure SSM parameters are using KMS CMK", "aws_ssm_parameter"),
  met("CKV_AWS_338", "Ensure CloudWatch log groups retains logs for at least 1 year", "aws_cloudwatch_log_group"),
  withoutResult(
    met("CKV_AWS_385", "Ensure AWS SNS topic policies do not allow cross-account access", "aws_sns_topic_policy"),
    REFERENCES,
  ),
  met("CKV_AWS_387", "Ensure SQS policy does not allow public access through wildcards", "aws_sqs_queue_policy"),
  met("CKV_AWS_393", "Ensure AWS GitHub Actions OIDC policies only allow safe claims and claim order", "aws_iam_role"),
  met("CKV2_AWS_6", "Ensure that S3 bucket has a Public Access block", "aws_s3_bucket"),
  waived(
    met("CKV2_AWS_10", "Ensure CloudTrail trails are integrated with CloudWatch Logs", "aws_cloudtrail"),
    REASONS.dataTrail,
    ["*/trail_data"],
  ),
  waived(met("CKV2_AWS_34", "AWS SSM Parameter should be Encrypted", "aws_ssm_parameter"), REASONS.heartbeatParameter),
  met("CKV2_AWS_40", "Ensure AWS IAM policy does not allow full IAM privileges", ROLES),
  met("CKV2_AWS_56", "Ensure AWS Managed IAMFullAccess IAM policy is not used", "aws_iam_role"),
  waived(
    met(
      "CKV2_AWS_57",
      "Ensure Secrets Manager secrets should have automatic rotation enabled",
      "aws_secretsmanager_secret",
    ),
    REASONS.rotation,
  ),
  met("CKV2_AWS_61", "Ensure that an S3 bucket has a lifecycle configuration", "aws_s3_bucket"),
  waived(
    met("CKV2_AWS_62", "Ensure S3 buckets should have event notifications enabled", "aws_s3_bucket"),
    REASONS.eventNotifications,
  ),
  met("CKV2_AWS_64", "Ensure KMS key Policy is defined", "aws_kms_key"),
  met("CKV2_AWS_65", "Ensure access control lists for S3 buckets are disabled", "aws_s3_bucket_ownership_controls"),
  met("CKV2_AWS_73", "Ensure AWS SQS uses CMK not AWS default keys for encryption", "aws_sqs_queue"),
];
