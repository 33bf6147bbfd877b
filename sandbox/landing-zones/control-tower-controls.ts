import type { Statement } from "./policy-document";

/** The role with which Control Tower works in enrolled accounts: its controls allow this role only. */
export const EXECUTION_ROLE = "AWSControlTowerExecution";

function unlessControlTower(Sid: string, Action: readonly string[], Resource: string): Statement {
  const Condition = { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${EXECUTION_ROLE}` } };
  return { Sid, Effect: "Deny", Action, Resource, Condition };
}

const BUCKETS = "arn:aws:s3:::aws-controltower*";

/**
 * Mandatory controls about trail, log groups, rules, topics and buckets, by the organizational units to which Control
 * Tower attaches them. They do not apply to the management account: no SCP does. None forbids metric filters. Source:
 * Control Tower Controls Reference, mandatory controls.
 */
export const CONTROLS: Readonly<Record<"all" | "security", readonly Statement[]>> = {
  all: [
    unlessControlTower(
      "GRCLOUDTRAILENABLED",
      ["cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail"],
      "arn:aws:cloudtrail:*:*:trail/aws-controltower-*",
    ),
    unlessControlTower(
      "GRLOGGROUPPOLICY",
      ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
      "arn:aws:logs:*:*:log-group:*aws-controltower*",
    ),
    unlessControlTower(
      "GRCLOUDWATCHEVENTPOLICY",
      ["events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DisableRule", "events:DeleteRule"],
      "arn:aws:events:*:*:rule/aws-controltower-*",
    ),
    unlessControlTower(
      "GRSNSTOPICPOLICY",
      ["sns:AddPermission", "sns:CreateTopic", "sns:DeleteTopic", "sns:RemovePermission", "sns:SetTopicAttributes"],
      "arn:aws:sns:*:*:aws-controltower-*",
    ),
  ],
  security: [
    unlessControlTower("GRCTAUDITBUCKETDELETIONPROHIBITED", ["s3:DeleteBucket"], BUCKETS),
    unlessControlTower("GRCTAUDITBUCKETENCRYPTIONCHANGESPROHIBITED", ["s3:PutEncryptionConfiguration"], BUCKETS),
    unlessControlTower(
      "GRCTAUDITBUCKETLIFECYCLECONFIGURATIONCHANGESPROHIBITED",
      ["s3:PutLifecycleConfiguration"],
      BUCKETS,
    ),
    unlessControlTower("GRCTAUDITBUCKETLOGGINGCONFIGURATIONCHANGESPROHIBITED", ["s3:PutBucketLogging"], BUCKETS),
    unlessControlTower(
      "GRCTAUDITBUCKETPOLICYCHANGESPROHIBITED",
      ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
      BUCKETS,
    ),
  ],
};
