import { all, any, equals, matchesRegex, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

/**
 * A statement that allows everyone, in a policy that is a text. Without braces within it, its principal is a text, which
 * can only be `*`; otherwise the object of the principal, before or behind the effect, holds a `*`. A condition is two
 * levels of braces, which these expressions refuse: policies with one, and those that deny everyone something, are
 * routine. CloudWatch's expressions have no quotes, and `\x2A` is a `*` that is no wildcard.
 */
const HOLDS_STAR = String.raw`\{[^{}]+\x2A[^{]+\}`;
const EVERYONE = [
  String.raw`\{[^{}]+\WAllow\W[^{]{0,}\}`,
  String.raw`\{[^{}]+\WAllow\W[^{}]+${HOLDS_STAR}[^{]{0,}\}`,
  String.raw`${HOLDS_STAR}[^{]+\WAllow\W[^{]{0,}\}`,
].join("|");

const policy = (Principal: unknown, changes: object = {}, blanks?: number) =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Sid: "All", Effect: "Allow", Principal, Action: "sqs:*", Resource: "*", ...changes }],
    },
    null,
    blanks,
  );
/** A single statement may stand without a list, and its members in any order. */
const objectFirst = (Principal: unknown) =>
  JSON.stringify({ Statement: { Principal, Action: "*", Resource: "*", Effect: "Allow" } });
const repository = (policyText: string) => ({ requestParameters: { repositoryName: "orders", policyText } });
const key = (text: string) => ({ requestParameters: { keyId: "1234abcd", policyName: "default", policy: text } });
const queue = (Policy: string) => ({
  requestParameters: { queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders", attributes: { Policy } },
});
const topic = (attributeValue: string) => ({
  requestParameters: {
    topicArn: `${EXAMPLE_ARN}:sns:eu-west-1:111122223333:orders`,
    attributeName: "Policy",
    attributeValue,
  },
});
const visibility = (projectVisibility: string) => ({
  requestParameters: { projectArn: `${EXAMPLE_ARN}:codebuild:eu-west-1:111122223333:project/shop`, projectVisibility },
});
const source = { Condition: { ArnEquals: { "aws:SourceArn": `${EXAMPLE_ARN}:sns:eu-west-1:111122223333:orders` } } };

export const resourcePolicyOpened: Detection = {
  id: "resource-policy-opened",
  title: "Key, queue, topic, repository or build project opened to everyone",
  meaning:
    "The policy of a KMS key, an SQS queue, an SNS topic or an ECR repository, new or changed, allows everyone, without a " +
    "condition; or a CodeBuild project, with its logs and artifacts, was made public.",
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
      ["ecr", "kms", "sns", "sqs", "codebuild"].map((service) => `${service}.amazonaws.com`),
    ),
    oneOf("eventName", [
      ...["SetRepositoryPolicy", "PutKeyPolicy", "SetTopicAttributes", "SetQueueAttributes"],
      ...["CreateKey", "CreateTopic", "CreateQueue"],
      "UpdateProjectVisibility",
    ]),
    any(
      matchesRegex("requestParameters[*]", EVERYONE),
      matchesRegex("requestParameters.attributes[*]", EVERYONE),
      equals("requestParameters.projectVisibility", "PUBLIC_READ"),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Restore the policy before: `aws kms put-key-policy`, `aws sqs set-queue-attributes`, `aws sns set-topic-attributes`, or `aws ecr delete-repository-policy --repository-name <repository>`. For a project: `aws codebuild update-project-visibility --project-arn <arn> --project-visibility PRIVATE`.",
      "Find who used it since: in CloudTrail, calls on the resource by other accounts (`userIdentity.accountId`).",
      "Contact the caller for the reason; if there is none, revoke its sessions.",
    ],
    falsePositives: ["A repository, topic or build project meant to be public."],
    tuning: "Ignore the resource by its name in `requestParameters`, not a person.",
  },
  examples: {
    matches: [
      apiCall("sqs", "SetQueueAttributes", queue(policy("*"))),
      apiCall("sns", "SetTopicAttributes", topic(policy({ AWS: "*" }, {}, 2))),
      apiCall("ecr", "SetRepositoryPolicy", repository(policy("*", {}, 1))),
      apiCall("sqs", "CreateQueue", {
        requestParameters: { queueName: "orders", attributes: { Policy: policy({ AWS: "*" }) } },
      }),
      apiCall("kms", "CreateKey", { requestParameters: { policy: objectFirst({ AWS: ["*"] }) } }),
      apiCall("ecr", "SetRepositoryPolicy", repository(objectFirst("*"))),
      apiCall("kms", "PutKeyPolicy", key(policy({ AWS: [`${EXAMPLE_ARN}:iam::111122223333:root`, "*"] }))),
      apiCall("codebuild", "UpdateProjectVisibility", visibility("PUBLIC_READ")),
    ],
    nearMisses: [
      apiCall("sqs", "SetQueueAttributes", queue(policy("*", source))),
      apiCall("sns", "SetTopicAttributes", topic(policy({ AWS: "*" }, source, 2))),
      apiCall(
        "kms",
        "PutKeyPolicy",
        key(policy({ AWS: `${EXAMPLE_ARN}:iam::111122223333:root` }, { Action: "kms:*" })),
      ),
      apiCall("ecr", "SetRepositoryPolicy", repository(policy("*", { Effect: "Deny" }))),
      apiCall("codebuild", "UpdateProjectVisibility", visibility("PRIVATE")),
      apiCall("kms", "CreateKey", {
        requestParameters: { policy: policy({ AWS: `${EXAMPLE_ARN}:iam::111122223333:root` }) },
      }),
      deniedCall("kms", "PutKeyPolicy", key(policy("*"))),
    ],
  },
};
