/** A silent call that is accepted, with the reason. */
export interface AcceptedRisk {
  /** `<service>:<operation>`. */
  readonly call: string;
  /** Type of the resource. */
  readonly type: string;
  readonly reason: string;
}

/** The silent calls that are accepted. docs/guard.md shows them. */
export const ACCEPTED_RISKS: readonly AcceptedRisk[] = [
  {
    call: "monitoring:PutMetricData",
    type: "aws_cloudwatch_metric_alarm",
    reason:
      "A data event that no trail of Trailwatch records. Its values do not lower the maximum that alarms with threshold 1 " +
      "compare; the alarm metrics-forged detects them in all other metrics, and log-group-silent a dead feed. " +
      "docs/forged-metrics.md has a policy that denies the call.",
  },
  {
    call: "sqs:DeleteMessage",
    type: "aws_sqs_queue",
    reason:
      "A data event that no trail of Trailwatch records. The alarm on undelivered messages is raised when a message arrives, " +
      "before it can be deleted; kept messages are copies of messages that were sent.",
  },
  ...["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"].map((call) => ({
    call,
    type: "aws_iam_policy",
    reason:
      "Silent in the management account only: the boundary also holds for the trail's role and for the role that forwards " +
      "IAM's events to the witness. The alarm log-group-silent and the heartbeat report it later. Only an administrator " +
      "can make the call: the deployment role is denied it.",
  })),
  {
    call: "organizations:CreatePolicy",
    type: "organization",
    reason:
      "A policy has no effect until it is attached, which restricting-policy-attached reports. Pack cis, where it is on, " +
      "sends a notice of the creation.",
  },
  {
    call: "kms:CreateAlias",
    type: "aws_kms_key",
    reason:
      "CloudTrail names the key by its id only, and every team creates aliases. The key stays in use; the next deployment " +
      "fails until the alias is deleted.",
  },
  {
    call: "monitoring:PutAnomalyDetector",
    type: "aws_cloudwatch_metric_alarm",
    reason:
      "Alarms on metrics outside of namespace Trailwatch have static thresholds, which no anomaly detector changes. " +
      "Inside of it, alarm-changed detects the call.",
  },
  {
    call: "s3:DeleteObjects",
    type: "aws_s3_bucket",
    reason:
      "A data event: trails exclude Trailwatch's own buckets, because recording the writes of logs would never end. The " +
      "policies of the archive, of its access logs and of the state deny it, except to a break-glass role; a change of a " +
      "policy is detected. Results of queries are copies.",
  },
  {
    call: "s3:PutObject",
    type: "aws_s3_bucket",
    reason:
      "A data event, as above. The archive admits CloudTrail only and locks every version. The state keeps its versions; a " +
      "stranger's read of it is detected. Access logs and results of queries are no evidence that alarms depend on.",
  },
];
