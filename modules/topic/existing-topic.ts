import { arn, regionalService } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";

/**
 * What a role needs, besides `sns:Publish`, to publish to topics that Trailwatch did not create. Their keys are not known:
 * any key of the topics' accounts, through SNS only, and only where its policy admits the role.
 *
 * @param region that of the topics
 */
export function encryptForExisting(region: string, topicArns: readonly string[]): PolicyStatement[] {
  if (topicArns.length === 0) return [];
  const owners = [...new Set(topicArns.map((topicArn) => topicArn.split(":")[4] ?? ""))];
  return [
    {
      Sid: "EncryptForExisting",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: owners.map((owner) => arn(region, "kms", owner, "key/*")),
      Condition: { StringEquals: { "kms:ViaService": regionalService(region, "sns") } },
    },
  ];
}
