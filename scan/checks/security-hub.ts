import type { Check } from "../check";
import { met, waived } from "./outcome";
import { REASONS } from "./reasons";

/** Controls of Security Hub's AWS Foundational Security Best Practices for the resources that the stacks contain. */
export const SECURITY_HUB_CHECKS: readonly Check[] = [
  waived(
    met("Athena.4", "Athena workgroups should have logging enabled", "aws_athena_workgroup"),
    "Refers to the workgroup's CloudWatch metrics. Only `trailwatch replay --engine athena` and investigators query the archive, and CloudTrail records each query.",
  ),
  met("CloudTrail.1", "At least one multi-Region trail with read and write management events", "aws_cloudtrail"),
  met("CloudTrail.2", "CloudTrail should have encryption at-rest enabled", "aws_cloudtrail"),
  met("CloudTrail.4", "CloudTrail log file validation should be enabled", "aws_cloudtrail"),
  waived(
    met("CloudTrail.5", "CloudTrail trails should be integrated with Amazon CloudWatch Logs", "aws_cloudtrail"),
    REASONS.dataTrail,
    ["*-organization-data"],
  ),
  met("EventBridge.3", "Custom event buses should have a resource-based policy attached", "aws_cloudwatch_event_bus"),
  met("IAM.1", 'IAM policies should not allow full "*" administrative privileges', "aws_iam_role_policy"),
  waived(
    met("KMS.2", "No inline policies that allow decryption actions on all KMS keys", "aws_iam_role_policy"),
    "Conditions limit the deployment roles to keys with the aliases of Trailwatch, through S3, SNS and Secrets Manager only. The control does not evaluate conditions, and the ids of these keys are unknown before they exist. The same holds for the keys of existing topics, which the hub and the witness use through SNS only.",
    ["deployment-roles-*"],
  ),
  met("KMS.3", "AWS KMS keys should not be deleted unintentionally", "aws_kms_key"),
  met("KMS.5", "KMS keys should not be publicly accessible", "aws_kms_key"),
  waived(met("S3.1", "Block public access settings of the account", "account"), REASONS.accountPublicAccessBlock),
  met("S3.2", "S3 general purpose buckets should block public read access", "aws_s3_bucket"),
  met("S3.3", "S3 general purpose buckets should block public write access", "aws_s3_bucket"),
  met("S3.5", "S3 general purpose buckets should require requests to use SSL", "aws_s3_bucket_policy"),
  met("S3.6", "Bucket policies should restrict access to other AWS accounts", "aws_s3_bucket_policy"),
  met("S3.8", "S3 general purpose buckets should block public access", "aws_s3_bucket_public_access_block"),
  waived(
    met("S3.9", "S3 general purpose buckets should have server access logging enabled", "aws_s3_bucket_logging"),
    REASONS.accessLogs,
    ["*-access-logs", "*-state"],
  ),
  met("S3.12", "ACLs should not be used to manage user access", "aws_s3_bucket_ownership_controls"),
  met(
    "S3.13",
    "S3 general purpose buckets should have Lifecycle configurations",
    "aws_s3_bucket_lifecycle_configuration",
  ),
  waived(
    met("SecretsManager.1", "Secrets should have automatic rotation enabled", "aws_secretsmanager_secret"),
    REASONS.rotation,
  ),
  waived(
    met(
      "SecretsManager.2",
      "Secrets configured with automatic rotation should rotate successfully",
      "aws_secretsmanager_secret",
    ),
    REASONS.rotation,
  ),
  waived(met("SecretsManager.3", "Remove unused secrets", "aws_secretsmanager_secret"), REASONS.unusedSecret),
  waived(
    met("SecretsManager.4", "Secrets should be rotated within a specified number of days", "aws_secretsmanager_secret"),
    REASONS.rotation,
  ),
  met("SNS.4", "SNS topic access policies should not allow public access", "aws_sns_topic_policy"),
  met("SQS.1", "Amazon SQS queues should be encrypted at rest", "aws_sqs_queue"),
  met("SQS.3", "SQS queue access policies should not allow public access", "aws_sqs_queue_policy"),
  waived(
    met("StepFunctions.1", "Step Functions state machines should have logging turned on", "aws_sfn_state_machine"),
    REASONS.stateMachineLogs,
  ),
];
