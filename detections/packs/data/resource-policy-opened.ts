import { all, any, matchesRegex, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/**
 * A statement that allows everyone, in a policy that is a text: `"Principal": "*"`, or a `"*"` within the object of the
 * principal. Between the braces of a statement with a condition are further braces, which these expressions refuse:
 * policies with one, and those that deny everyone something, are routine. CloudWatch's expressions have no quotes, and
 * `\x2A` is a `*` that is no wildcard.
 */
const ALLOWED = String.raw`\{[^{}]+Effect.{2,9}Allow[^{}]+Principal`;
const EVERYONE = [String.raw`${ALLOWED}[^{}]+\}`, String.raw`${ALLOWED}[^{}]+\{[^{}]+\x2A[^{}]+\}[^{}]{0,}\}`].join(
  "|",
);

const policy = (Principal: unknown, changes: object = {}, blanks?: number) =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Sid: "All", Effect: "Allow", Principal, Action: "sqs:*", Resource: "*", ...changes }],
    },
    null,
    blanks,
  );
const repository = (policyText: string) => ({ requestParameters: { repositoryName: "orders", policyText } });
const key = (text: string) => ({ requestParameters: { keyId: "1234abcd", policyName: "default", policy: text } });
const queue = (Policy: string) => ({
  requestParameters: { queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders", attributes: { Policy } },
});
const topic = (attributeValue: string) => ({
  requestParameters: {
    topicArn: "arn:aws:sns:eu-west-1:111122223333:orders",
    attributeName: "Policy",
    attributeValue,
  },
});
const source = { Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:orders" } } };

export const resourcePolicyOpened: Detection = {
  id: "resource-policy-opened",
  title: "Policy of a key, queue, topic or repository opened to everyone",
  meaning:
    "The policy of a KMS key, an SQS queue, an SNS topic or an ECR repository allows everyone, without a condition.",
  why: "Any AWS account, and for queues and topics any caller without one, can use the resource: read messages, pull images, decrypt.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1530", "T1537", "T1098"] },
  condition: all(
    oneOf(
      "eventSource",
      ["ecr", "kms", "sns", "sqs"].map((service) => `${service}.amazonaws.com`),
    ),
    oneOf("eventName", ["SetRepositoryPolicy", "PutKeyPolicy", "SetTopicAttributes", "SetQueueAttributes"]),
    any(matchesRegex("requestParameters[*]", EVERYONE), matchesRegex("requestParameters.attributes[*]", EVERYONE)),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Restore the policy before: `aws kms put-key-policy`, `aws sqs set-queue-attributes`, `aws sns set-topic-attributes`, or `aws ecr delete-repository-policy --repository-name <repository>`.",
      "Find who used it since: in CloudTrail, calls on the resource by other accounts (`userIdentity.accountId`).",
      "Contact the caller for the reason; if there is none, revoke its sessions.",
    ],
    falsePositives: ["A repository or topic meant to be public."],
    tuning: "Ignore the resource by its name in `requestParameters`, not a person.",
  },
  examples: {
    matches: [
      apiCall("sqs", "SetQueueAttributes", queue(policy("*"))),
      apiCall("sns", "SetTopicAttributes", topic(policy({ AWS: "*" }, {}, 2))),
      apiCall("ecr", "SetRepositoryPolicy", repository(policy("*", {}, 1))),
      apiCall("kms", "PutKeyPolicy", key(policy({ AWS: ["arn:aws:iam::111122223333:root", "*"] }))),
    ],
    nearMisses: [
      apiCall("sqs", "SetQueueAttributes", queue(policy("*", source))),
      apiCall("sns", "SetTopicAttributes", topic(policy({ AWS: "*" }, source, 2))),
      apiCall("kms", "PutKeyPolicy", key(policy({ AWS: "arn:aws:iam::111122223333:root" }, { Action: "kms:*" }))),
      apiCall("ecr", "SetRepositoryPolicy", repository(policy("*", { Effect: "Deny" }))),
      deniedCall("kms", "PutKeyPolicy", key(policy("*"))),
    ],
  },
};
