import { randomUUID } from "node:crypto";
import { paginateListSubscriptionsByTopic, type Subscription } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { kindOfProtocol, type SubscriberKind } from "../../lib/naming/subscriber-kinds";
import type { ConfirmedSubscriptions } from "../proxy/confirmed-subscriptions";
import type { Mailbox } from "../mailbox/mailbox";
import { expectedMessage } from "../../lib/support/failure";
import type { AccountClients } from "./account-clients";
import { type Post, postOnThisMachine } from "./http-delivery";
import { messagesByProtocol } from "./messages-by-protocol";

/** A topic's message to its subscribers. */
export interface TopicMessage {
  readonly subject: string;
  readonly message: string;
  /**
   * The text of the mail.
   *
   * @default - the message
   */
  readonly mail?: string;
  /**
   * Whether the message is JSON that holds a text for each protocol, as with `MessageStructure: "json"`.
   *
   * @default false
   */
  readonly isByProtocol?: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The result of sending a message to one subscriber. */
export interface Delivery {
  readonly protocol: string;
  readonly endpoint: string;
  readonly delivered: boolean;
  readonly reason: string;
}

/** A message for one subscriber. */
interface Parcel {
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly endpoint: string;
  readonly message: TopicMessage;
  /** The message in the format for all subscribers except mail addresses. */
  readonly envelope: string;
}

/** Delivers a message; returns the result in words. */
type Way = (parcel: Parcel) => string | Promise<string>;

const PENDING = "the subscription is pending: the link in the confirmation mail was not followed";

/**
 * The subscribers of topics: mail goes to the mailbox; sqs and, on this machine, http(s) messages are really delivered.
 */
export class SubscriberDelivery {
  private readonly ways: Readonly<Record<SubscriberKind, Way>> = {
    email: ({ topicArn, subscriptionArn, endpoint, message }) => {
      const mail = message.mail ?? message.message;
      this.mailbox.notify({ subscriptionArn, topicArn, address: endpoint }, message.subject, mail);
      return "the mail is in the mailbox";
    },
    sqs: async ({ endpoint, envelope }) => {
      await this.enqueue(endpoint, envelope);
      return "the message is in the queue";
    },
    https: ({ endpoint, topicArn, subscriptionArn, envelope }) =>
      this.post(endpoint, notificationHeaders(topicArn, subscriptionArn), envelope),
  };

  /** Protocols without a setting, which can be subscribed by hand. */
  private readonly otherWays: ReadonlyMap<string, Way> = new Map<string, Way>([
    ["email-json", (parcel) => this.ways.email({ ...parcel, message: { ...parcel.message, mail: parcel.envelope } })],
    ["http", this.ways.https],
  ]);

  constructor(
    private readonly clients: Pick<AccountClients, "of">,
    private readonly confirmed: ConfirmedSubscriptions,
    private readonly mailbox: Mailbox,
    private readonly post: Post = postOnThisMachine,
  ) {}

  /** Sends a message to all subscribers of a topic, and returns the result for each. */
  public async send(topicArn: string, message: TopicMessage): Promise<Delivery[]> {
    const [, , , region = "", account = ""] = topicArn.split(":");
    const pages = paginateListSubscriptionsByTopic(
      { client: this.clients.of(account, region).sns },
      { TopicArn: topicArn },
    );
    const messageFor = messagesByProtocol(message);
    const subscriptions: Subscription[] = [];
    for await (const page of pages) subscriptions.push(...(page.Subscriptions ?? []));
    return Promise.all(subscriptions.map((subscription) => this.deliver(topicArn, subscription, messageFor)));
  }

  private async deliver(
    topicArn: string,
    subscription: Subscription,
    messageFor: (protocol: string) => TopicMessage,
  ): Promise<Delivery> {
    const { Protocol: protocol = "", Endpoint: endpoint = "", SubscriptionArn: subscriptionArn = "" } = subscription;
    const to = { protocol, endpoint };
    if (this.confirmed.isPending(protocol, subscriptionArn)) return { ...to, delivered: false, reason: PENDING };
    const kind = kindOfProtocol(protocol);
    const way = kind === undefined ? this.otherWays.get(protocol) : this.ways[kind];
    if (way === undefined) {
      return { ...to, delivered: false, reason: `the sandbox does not deliver over '${protocol}'` };
    }
    const message = messageFor(protocol);
    const envelope = snsEnvelope(topicArn, subscriptionArn, message);
    try {
      const reason = await way({ topicArn, subscriptionArn, endpoint, message, envelope });
      return { ...to, delivered: true, reason };
    } catch (error) {
      return { ...to, delivered: false, reason: expectedMessage(error) };
    }
  }

  private async enqueue(queueArn: string, MessageBody: string): Promise<void> {
    const [, , , region = "", account = "", QueueName = ""] = queueArn.split(":");
    const { sqs } = this.clients.of(account, region);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
}

/** The headers with which SNS posts a notification (docs.aws.amazon.com/sns/latest/dg/http-header.html). */
function notificationHeaders(topicArn: string, subscriptionArn: string): Readonly<Record<string, string>> {
  return {
    "content-type": "text/plain; charset=UTF-8",
    "x-amz-sns-message-type": "Notification",
    "x-amz-sns-topic-arn": topicArn,
    "x-amz-sns-subscription-arn": subscriptionArn,
  };
}

/** The message for sqs and http(s), without AWS's signature: the sandbox has no AWS certificate. */
function snsEnvelope(TopicArn: string, subscriptionArn: string, { subject, message, at }: TopicMessage): string {
  return JSON.stringify({
    Type: "Notification",
    MessageId: randomUUID(),
    TopicArn,
    ...(subject === "" ? {} : { Subject: subject }),
    Message: message,
    Timestamp: new Date(at).toISOString(),
    UnsubscribeURL: `https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
  });
}
