import type { Check } from "../check";
import { met, waived } from "./outcome";
import { REASONS } from "./reasons";

const CIS = "aws_cloudwatch_log_metric_filter, aws_cloudwatch_metric_alarm";

const DATA_EVENTS =
  "Trivy reads the selectors of trails in the bucket's own stack, and no advanced event selectors, with which the trail of data events records S3 objects (`trail.dataEvents`). That trail excludes the buckets of the archive, of access logs and of the state: each delivery would be an event itself.";

/** Checks of trivy for the types of resources that the stacks contain. */
export const TRIVY_CHECKS: readonly Check[] = [
  met("AWS-0006", "Athena workgroup configurations should be encrypted at rest", "aws_athena_workgroup"),
  met("AWS-0007", "Athena workgroups should enforce configuration", "aws_athena_workgroup"),
  met("AWS-0014", "CloudTrail should be enabled in all regions", "aws_cloudtrail"),
  met("AWS-0015", "CloudTrail should use customer managed keys to encrypt the logs", "aws_cloudtrail"),
  met("AWS-0016", "CloudTrail log validation should be enabled", "aws_cloudtrail"),
  met("AWS-0017", "CloudWatch log groups should be encrypted using CMK", "aws_cloudwatch_log_group"),
  met("AWS-0065", "A KMS key is configured to auto-rotate", "aws_kms_key"),
  met("AWS-0086", "S3 access block should block public ACL", "aws_s3_bucket_public_access_block"),
  met("AWS-0087", "S3 access block should block public policy", "aws_s3_bucket_public_access_block"),
  waived(met("AWS-0089", "S3 bucket logging", "aws_s3_bucket"), REASONS.accessLogs, [
    "*_access-logs_bucket",
    "state_bucket",
  ]),
  met("AWS-0090", "S3 data should be versioned", "aws_s3_bucket_versioning"),
  met("AWS-0091", "S3 access block should ignore public ACL", "aws_s3_bucket_public_access_block"),
  met("AWS-0092", "S3 buckets not publicly accessible through ACL", "aws_s3_bucket_ownership_controls"),
  met("AWS-0093", "S3 access block should restrict public buckets", "aws_s3_bucket_public_access_block"),
  met("AWS-0094", "S3 buckets should each define a public access block", "aws_s3_bucket"),
  met("AWS-0095", "Unencrypted SNS topic", "aws_sns_topic"),
  met("AWS-0096", "Unencrypted SQS queue", "aws_sqs_queue"),
  met("AWS-0097", "SQS policy document has wildcard action statement", "aws_sqs_queue_policy"),
  met("AWS-0098", "Secrets Manager should use customer managed keys", "aws_secretsmanager_secret"),
  waived(
    met(
      "AWS-0132",
      "S3 encryption should use customer managed keys",
      "aws_s3_bucket_server_side_encryption_configuration",
    ),
    REASONS.accessLogsKey,
    ["*_access-logs_*"],
  ),
  met("AWS-0135", "SQS queue should be encrypted with a CMK", "aws_sqs_queue"),
  met("AWS-0136", "SNS topic encrypted with CMK", "aws_sns_topic"),
  met("AWS-0147", "Alarm for unauthorized API calls", CIS),
  met("AWS-0148", "Alarm for console sign-in without MFA", CIS),
  met("AWS-0149", "Alarm for usage of root user", CIS),
  met("AWS-0150", "Alarm for IAM policy changes", CIS),
  met("AWS-0151", "Alarm for CloudTrail configuration changes", CIS),
  met("AWS-0152", "Alarm for console authentication failures", CIS),
  met("AWS-0153", "Alarm for disabling or scheduled deletion of customer managed keys", CIS),
  met("AWS-0154", "Alarm for S3 bucket policy changes", CIS),
  met("AWS-0155", "Alarm for AWS Config configuration changes", CIS),
  met("AWS-0156", "Alarm for security group changes", CIS),
  met("AWS-0157", "Alarm for changes to network access control lists (NACL)", CIS),
  met("AWS-0158", "Alarm for changes to network gateways", CIS),
  met("AWS-0159", "Alarm for route table changes", CIS),
  met("AWS-0160", "Alarm for VPC changes", CIS),
  met("AWS-0161", "The S3 bucket backing CloudTrail should be private", "aws_s3_bucket"),
  waived(
    met("AWS-0162", "CloudTrail logs should be stored in S3 and also sent to CloudWatch Logs", "aws_cloudtrail"),
    REASONS.dataTrail,
    ["*trail_data*"],
  ),
  met("AWS-0163", "Bucket access logging on the CloudTrail S3 bucket", "aws_s3_bucket_logging"),
  waived(
    met("AWS-0170", "Buckets should have MFA deletion protection enabled", "aws_s3_bucket_versioning"),
    REASONS.mfaDelete,
  ),
  waived(met("AWS-0171", "S3 object-level write operations are logged", "aws_s3_bucket"), DATA_EVENTS),
  waived(met("AWS-0172", "S3 object-level read operations are logged", "aws_s3_bucket"), DATA_EVENTS),
  met("AWS-0174", "Alarm for organization changes", CIS),
  met("AWS-0320", "S3 DNS compliant bucket names", "aws_s3_bucket"),
  met("AWS-0345", "Disallow unrestricted S3 IAM policies", "aws_iam_role_policy"),
];
