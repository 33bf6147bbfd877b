import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { GetTopicAttributesCommand, NotFoundException } from "@aws-sdk/client-sns";
import { evaluate } from "../../lib/aws/policy-evaluator";
import type { AccountClients } from "./account-clients";

/** An AWS service that publishes to a topic on behalf of a resource. */
interface ServicePublisher {
  /** Service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** The name of the service in its error messages. */
  readonly name: string;
  /** Account and ARN of the alarm or trail. */
  readonly account: string;
  readonly sourceArn: string;
}

/**
 * Why a topic refuses a service's message, in AWS's words; undefined when it accepts it. The topic's policy must allow
 * the service, and so must the policy of the key that encrypts the topic.
 */
export async function topicRefusal(
  clients: Pick<AccountClients, "of">,
  topicArn: string,
  publisher: ServicePublisher,
): Promise<string | undefined> {
  const [, , , region = "", account = ""] = topicArn.split(":");
  const { sns, kms } = clients.of(account, region);
  let attributes: Readonly<Record<string, string>>;
  try {
    attributes = (await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }))).Attributes ?? {};
  } catch (error) {
    if (error instanceof NotFoundException) return "Topic does not exist";
    throw error;
  }
  const context = {
    "aws:SourceAccount": publisher.account,
    // The key in the default policy of topics, which is older than aws:SourceAccount.
    "aws:SourceOwner": publisher.account,
    "aws:SourceArn": publisher.sourceArn,
    "aws:SecureTransport": "true",
  };
  const admits = (policy: string, action: string, resource: string): boolean =>
    evaluate([policy], { principal: publisher.service, action, resource, context }).answer === "allowed";
  if (!admits(attributes["Policy"] ?? "", "sns:Publish", topicArn)) {
    return `Resource: ${publisher.sourceArn} is not authorized to perform: SNS:Publish on resource: ${topicArn}`;
  }
  const KeyId = attributes["KmsMasterKeyId"] ?? "";
  if (KeyId === "") return undefined;

  const noKey = `${publisher.name} does not have authorization to access the SNS topic encryption key.`;
  // The policy of the AWS managed key allows no service, and cannot be changed.
  if (KeyId.endsWith("alias/aws/sns")) return noKey;
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  if (KeyMetadata?.Enabled === false) return `${KeyMetadata.Arn ?? KeyId} is disabled.`;
  const { Policy = "" } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: KeyMetadata?.KeyId ?? KeyId, PolicyName: "default" }),
  );
  const usable = ["kms:GenerateDataKey", "kms:Decrypt"].every((action) =>
    admits(Policy, action, KeyMetadata?.Arn ?? "*"),
  );
  return usable ? undefined : noKey;
}
