import type { Hop, HubHop } from "../../lib/naming/hops";

/** A CloudTrail record as in a delivered file. */
export type RecordJson = Readonly<Record<string, unknown>>;

interface HopEventOf<H extends Hop> {
  readonly hop: H;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** The 12-digit id of the account in which the hop lies. */
  readonly account: string;
  readonly region: string;
  /** One line for people, without time and account. */
  readonly summary: string;
}

/** An AWS API call that passed the proxy and became a record. */
export interface CallHop extends HopEventOf<"API call"> {
  readonly eventId: string;
  readonly record: RecordJson;
}

/** CloudTrail accepted the record: from now on `LookupEvents` returns it, and feeds get it. */
export interface CloudTrailHop extends HopEventOf<"CloudTrail"> {
  readonly eventId: string;
}

/** Whether a feed passed the record into a log group or stopped it, and why. */
export interface FeedHop extends HopEventOf<"feed"> {
  readonly eventId: string;
  readonly feed: string;
  readonly passes: boolean;
  readonly reason: string;
}

/** A log event was written. */
export interface LogGroupHop extends HopEventOf<"log group"> {
  readonly eventId: string;
  readonly logGroup: string;
}

/** A metric filter matched the log event. */
export interface MetricFilterHop extends HopEventOf<"metric filter"> {
  readonly eventId: string;
  readonly filter: string;
  readonly metricName: string;
}

/** A value was published. */
export interface MetricHop extends HopEventOf<"metric"> {
  readonly namespace: string;
  readonly metricName: string;
  readonly value: number;
}

/** An alarm changed its state. */
export interface AlarmHop extends HopEventOf<"alarm"> {
  readonly alarm: string;
  readonly metricName: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly actions: readonly string[];
}

interface HubHopOf<H extends HubHop> extends HopEventOf<H> {
  readonly alarm: string;
  readonly passes: boolean;
  readonly reason: string;
}

/** Whether the alarm's account sent its event to the alert hub's event bus, and if not, why. */
export type ForwardingHop = HubHopOf<"forwarding">;

/** Whether the alert hub created a message from the event, and if not, why. */
export type AlertHubHop = HubHopOf<"alert hub">;

/** Whether an alarm's action published to a topic, and if not, why. */
export interface TopicHop extends HopEventOf<"topic"> {
  readonly topicArn: string;
  readonly alarm: string;
  readonly published: boolean;
  readonly reason: string;
  /** @default - an action of the alarm itself */
  readonly by?: "alert hub";
  /**
   * The message as its mail has it.
   *
   * @default - not published
   */
  readonly message?: MessageText;
}

/** A message for people, as mails have it. */
export interface MessageText {
  readonly subject: string;
  readonly text: string;
}

/** Whether a subscriber got a message, and if not, why. */
export interface SubscriberHop extends HopEventOf<"subscriber"> {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly delivered: boolean;
  readonly reason: string;
  readonly subject: string;
  /** @default - the message is not from an alarm */
  readonly alarm?: string;
}

interface HopEvents {
  "API call": CallHop;
  CloudTrail: CloudTrailHop;
  feed: FeedHop;
  "log group": LogGroupHop;
  "metric filter": MetricFilterHop;
  metric: MetricHop;
  alarm: AlarmHop;
  forwarding: ForwardingHop;
  "alert hub": AlertHubHop;
  topic: TopicHop;
  subscriber: SubscriberHop;
}

/** The event of each hop: a hop without one does not compile. */
type EventOf<H extends Hop> = HopEvents[H];

/** An event on the signal path; the sandbox passes each one to its page, its output and its tests. */
export type HopEvent = EventOf<Hop>;

/** A function of the event of each hop: one for every hop. */
export type EachHop<Result, Rest extends readonly unknown[] = []> = {
  readonly [H in Hop]: (event: EventOf<H>, ...rest: Rest) => Result;
};

/** Calls the function of the event's hop. */
export function forHop<Result, Rest extends readonly unknown[]>(
  functions: EachHop<Result, Rest>,
  event: HopEvent,
  ...rest: Rest
): Result {
  return (functions[event.hop] as (event: HopEvent, ...rest: Rest) => Result)(event, ...rest);
}
