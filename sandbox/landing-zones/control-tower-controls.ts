import { arnPrefix, bucketArn } from "../../lib/aws/partitions";
import type { Statement } from "./policy-document";

/** The role with which Control Tower works in enrolled accounts: its controls allow this role only. */
export const EXECUTION_ROLE = "AWSControlTowerExecution";

/** The organizational units that have the same controls: all of them, or those of the shared accounts. */
export type ControlKind = "all" | "security";

/**
 * Mandatory controls about trail, log groups, rules, topics and buckets, by the organizational units to which Control
 * Tower attaches them. They do not apply to the management account: no SCP does. None forbids metric filters. Source:
 * Control Tower Controls Reference, mandatory controls.
 */
export function controls(region: string): Readonly<Record<ControlKind, readonly Statement[]>> {
  const prefix = arnPrefix(region);
  const buckets = bucketArn(region, "aws-controltower*");
  const Condition = { ArnNotLike: { "aws:PrincipalArn": `${prefix}:iam::*:role/${EXECUTION_ROLE}` } };
  const unlessControlTower = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
    Sid,
    Effect: "Deny",
    Action,
    Resource,
    Condition,
  });
  return {
    all: [
      unlessControlTower(
        "GRCLOUDTRAILENABLED",
        ["cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail"],
        `${prefix}:cloudtrail:*:*:trail/aws-controltower-*`,
      ),
      unlessControlTower(
        "GRLOGGROUPPOLICY",
        ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
        `${prefix}:logs:*:*:log-group:*aws-controltower*`,
      ),
      unlessControlTower(
        "GRCLOUDWATCHEVENTPOLICY",
        ["events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DisableRule", "events:DeleteRule"],
        `${prefix}:events:*:*:rule/aws-controltower-*`,
      ),
      unlessControlTower(
        "GRSNSTOPICPOLICY",
        ["sns:AddPermission", "sns:CreateTopic", "sns:DeleteTopic", "sns:RemovePermission", "sns:SetTopicAttributes"],
        `${prefix}:sns:*:*:aws-controltower-*`,
      ),
    ],
    security: [
      unlessControlTower("GRCTAUDITBUCKETDELETIONPROHIBITED", ["s3:DeleteBucket"], buckets),
      unlessControlTower("GRCTAUDITBUCKETENCRYPTIONCHANGESPROHIBITED", ["s3:PutEncryptionConfiguration"], buckets),
      unlessControlTower(
        "GRCTAUDITBUCKETLIFECYCLECONFIGURATIONCHANGESPROHIBITED",
        ["s3:PutLifecycleConfiguration"],
        buckets,
      ),
      unlessControlTower("GRCTAUDITBUCKETLOGGINGCONFIGURATIONCHANGESPROHIBITED", ["s3:PutBucketLogging"], buckets),
      unlessControlTower(
        "GRCTAUDITBUCKETPOLICYCHANGESPROHIBITED",
        ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        buckets,
      ),
    ],
  };
}
