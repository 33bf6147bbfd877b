/**
 * How a subscription is confirmed; until then SNS delivers nothing.
 *
 * - `link in a mail`: the person follows the link in AWS's mail.
 * - `request to the endpoint`: the endpoint visits the `SubscribeURL` of AWS's first request.
 * - `message in the queue`: a queue of the topic's own account needs no confirmation; in any other, someone visits the
 *   `SubscribeURL` of the message that arrives in the queue.
 * - `never`: SNS delivers at once.
 *
 * Source: SNS Developer Guide, "Creating a subscription", "HTTP/HTTPS subscription confirmation" and "Sending Amazon
 * SNS messages to an Amazon SQS queue in a different account".
 */
export type Confirmation = "link in a mail" | "request to the endpoint" | "message in the queue" | "never";

interface SubscriberKindFacts {
  /** `Protocol` of the SNS subscription. */
  readonly protocol: string;
  readonly confirmation: Confirmation;
}

/**
 * The kinds of subscribers, in the order of the settings. The key is the setting below `notifications.alerts`.
 *
 * Everything else about a kind is an exhaustive map from its key, so that a kind without an entry does not compile:
 * the setting's schema (organization/schema/subscribers.ts) and the delivery in the sandbox
 * (sandbox/signal-path/subscribers.ts). Subscriptions, checks for repeats and silence, and `verify` follow this table.
 */
export const SUBSCRIBER_KINDS = {
  email: { protocol: "email", confirmation: "link in a mail" },
  https: { protocol: "https", confirmation: "request to the endpoint" },
  sqs: { protocol: "sqs", confirmation: "message in the queue" },
} as const satisfies Readonly<Record<string, SubscriberKindFacts>>;

export type SubscriberKind = keyof typeof SUBSCRIBER_KINDS;

/** The subscribers of a topic: endpoints by kind, in SNS's notation. */
export type Subscribers = Readonly<Record<SubscriberKind, readonly string[]>>;

/** A subscription as it is deployed. */
export interface SubscriberEndpoint {
  readonly kind: SubscriberKind;
  readonly protocol: string;
  readonly endpoint: string;
}

/** All kinds, in the order of the table. */
export const subscriberKinds = Object.keys(SUBSCRIBER_KINDS) as readonly SubscriberKind[];

/** No subscribers. */
export const NO_SUBSCRIBERS = Object.fromEntries(subscriberKinds.map((kind) => [kind, []])) as unknown as Subscribers;

/** All subscribers, kind by kind. */
export function endpointsOf(subscribers: Subscribers): SubscriberEndpoint[] {
  return subscriberKinds.flatMap((kind) =>
    subscribers[kind].map((endpoint) => ({ kind, protocol: SUBSCRIBER_KINDS[kind].protocol, endpoint })),
  );
}

/** The kind with this SNS protocol; undefined for a protocol that no setting has. */
export function kindOfProtocol(protocol: string | undefined): SubscriberKind | undefined {
  return subscriberKinds.find((kind) => SUBSCRIBER_KINDS[kind].protocol === protocol);
}

/**
 * Stands for the subscribers of a topic that exists, which no stack names: the endpoint is the topic. Reports show it in
 * place of addresses.
 */
export const TOPIC_PROTOCOL = "topic";
