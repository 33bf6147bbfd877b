import type { Check } from "../check";
import { met, waived } from "./outcome";
import { REASONS } from "./reasons";

/** Rules of cdk-nag's pack AwsSolutions for the types of resources that the stacks contain. */
export const CDK_NAG_CHECKS: readonly Check[] = [
  met("AwsSolutions-IAM4", "The IAM user, role, or group uses no AWS managed policies", "aws_iam_role"),
  waived(
    met("AwsSolutions-IAM5", "The IAM entity contains no wildcard permissions", "aws_iam_role_policy"),
    "A trail chooses the end of its log streams' names. `kms:GenerateDataKey*` on one key is what SNS documents for publishers. Wildcards of the deployment roles end names that begin with `trailwatch-`, or stand where AWS defines no resource (for example `cloudwatch:DescribeAlarms`).",
    ["*log-group_permission*", "*messages_permission*", "deployment-roles-*"],
  ),
  met("AwsSolutions-KMS5", "The KMS symmetric key has automatic key rotation enabled", "aws_kms_key"),
  waived(met("AwsSolutions-S1", "The S3 bucket has server access logs enabled", "aws_s3_bucket"), REASONS.accessLogs, [
    "*access-logs_bucket",
    "state_bucket",
  ]),
  met("AwsSolutions-S2", "The S3 bucket has public access restricted and blocked", "aws_s3_bucket_public_access_block"),
  met("AwsSolutions-S10", "The S3 bucket or bucket policy requires requests to use SSL", "aws_s3_bucket_policy"),
  waived(
    met("AwsSolutions-SF1", 'The Step Function logs "ALL" events to CloudWatch Logs', "aws_sfn_state_machine"),
    REASONS.stateMachineLogs,
  ),
  waived(
    met("AwsSolutions-SF2", "The Step Function has X-Ray tracing enabled", "aws_sfn_state_machine"),
    REASONS.tracing,
  ),
  waived(
    met("AwsSolutions-SMG4", "The secret has automatic rotation scheduled", "aws_secretsmanager_secret"),
    REASONS.rotation,
  ),
  met("AwsSolutions-SNS3", "The SNS topic requires publishers to use SSL", "aws_sns_topic_policy"),
  met("AwsSolutions-SQS2", "The SQS queue has server-side encryption enabled", "aws_sqs_queue"),
  waived(
    met("AwsSolutions-SQS3", "The SQS queue is used as a dead-letter queue or has one", "aws_sqs_queue"),
    "The queues are dead-letter queues of EventBridge rules, or keep copies of messages that nothing receives. cdk-nag looks for a redrive policy only.",
  ),
  met("AwsSolutions-SQS4", "The SQS queue requires requests to use SSL", "aws_sqs_queue_policy"),
];
