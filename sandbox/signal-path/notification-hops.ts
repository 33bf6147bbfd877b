import { isRecord } from "../../lib/support/is-record";
import type { MessageText, SubscriberHop, TopicHop } from "./hop-event";
import type { Delivery } from "./subscriber-delivery";

/** A notification for a topic. */
export interface TopicNotification {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly topicArn: string;
  /** Name of the alarm; empty for a message that is not from an alarm. */
  readonly alarm: string;
}

/** The result of publishing it to the topic. */
export interface Publication {
  readonly published: boolean;
  /** One line for people. */
  readonly summary: string;
  /** Why it was not published, or CloudWatch's history entry for an action that was. */
  readonly reason: string;
  /** @default - an action of the alarm itself */
  readonly by?: "alert hub";
  /** @default - not published */
  readonly message?: MessageText;
}

/** The hop event of a topic that receives a notification. */
export function topicHop({ at, topicArn, alarm }: TopicNotification, publication: Publication): TopicHop {
  return { hop: "topic", at, ...placeOf(topicArn), topicArn, alarm, ...publication };
}

/**
 * The text that a message's mails have. Of a message with `MessageStructure` `json`, SNS sends each protocol its own
 * text, and `default` where there is none. Source: SNS API, Publish.
 */
export function mailText(message: string, structure?: unknown): string {
  if (structure !== "json") return message;
  const texts = parsedJson(message);
  const text = isRecord(texts) ? (texts["email"] ?? texts["default"]) : undefined;
  return typeof text === "string" ? text : message;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The hop events of the topic's subscribers. */
export function subscriberHops(
  { at, topicArn, alarm }: TopicNotification,
  subject: string,
  deliveries: readonly Delivery[],
): SubscriberHop[] {
  return deliveries.map((delivery) => ({
    hop: "subscriber",
    at,
    ...placeOf(topicArn),
    summary: `${delivery.endpoint}: ${delivery.delivered ? "delivered" : "not delivered"}`,
    topicArn,
    subject,
    ...(alarm === "" ? {} : { alarm }),
    ...delivery,
  }));
}

function placeOf(topicArn: string): { readonly account: string; readonly region: string } {
  const [, , , region = "", account = ""] = topicArn.split(":");
  return { account, region };
}
