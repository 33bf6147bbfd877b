import { arn } from "../../lib/aws/partitions";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { Construct } from "constructs";
import { denyInsecureQueue, policyJson } from "../policy-document";

export interface MessageQueueProps {
  /** Name of the queue. */
  readonly name: string;

  /** The 12-digit id of the account that owns queue and senders. */
  readonly accountId: string;

  /** Region of queue and senders. */
  readonly region: string;

  /** Who may send: its id in the policy, the service, and the source that it sends for. */
  readonly senders: { readonly sid: string; readonly service: string; readonly sourceArns: string | readonly string[] };

  /**
   * Provider of the region.
   *
   * @default - the stack's
   */
  readonly provider?: AwsProvider | undefined;
}

/** Maximum retention of SQS messages. Source: SQS quotas. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** Creates an encrypted queue that one service sends to, and that keeps messages for two weeks. */
export function createMessageQueue(
  scope: Construct,
  { name, accountId, region, provider, senders: { sid, service, sourceArns } }: MessageQueueProps,
): { readonly queue: SqsQueue; readonly policy: SqsQueuePolicy } {
  const computedArn = arn(region, "sqs", accountId, name);
  const queue = new SqsQueue(scope, "Resource", {
    name,
    messageRetentionSeconds: FOURTEEN_DAYS,
    sqsManagedSseEnabled: true,
    ...(provider === undefined ? {} : { provider }),
  });
  const policy = new SqsQueuePolicy(scope, "policy", {
    queueUrl: queue.url,
    policy: policyJson("queue", [
      {
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sqs:SendMessage",
        Resource: computedArn,
        Condition: { ArnEquals: { "aws:SourceArn": typeof sourceArns === "string" ? sourceArns : [...sourceArns] } },
      },
      denyInsecureQueue(computedArn),
    ]),
    ...(provider === undefined ? {} : { provider }),
  });
  return { queue, policy };
}
