import { IS_UNSAID, topicChoice } from "../../lib/naming/alarm-description";
import type { KnownAlarms } from "./known-alarms";
import { messageCard } from "./message-card";
import { DOCUMENT } from "./message-document";
import { eventFacts } from "./message-events";
import { alarmFacts } from "./message-facts";
import { links } from "./message-links";
import { SENTENCE } from "./message-sentence";
import { messageText } from "./message-text";

/** Topics of the hub, by their ARNs. */
export interface HubTopics {
  /** Pages the on-call person. */
  readonly alerts: string;
  /** Read during working hours. */
  readonly notices: string;
}

/**
 * Values of the variables that later states assign, from the beginning: Step Functions refuses an expression whose
 * variable has no value yet.
 *
 * - `details`: the events, or why there are none.
 * - `window`: threshold and period of the alarm.
 * - `repeat`: how often the alarm was raised within an hour.
 */
export const INITIAL_VARIABLES = {
  details: { problem: "the events were not read" },
  window: {},
  repeat: {},
} as const;

/** One expression of JSONata: assignments, then the result. */
export function jsonataOf(assignments: readonly string[], result: string): string {
  return `{% (${[...assignments, result].join("; ")}) %}`;
}

/** An expression of the state machine that uses what the hub knows of the event's alarm. */
export function jsonata(known: KnownAlarms, expression: string): string {
  return jsonataOf(alarmFacts(known), expression);
}

/** What every message is made from: the alarm, its events, their sentence and their links. */
export function messageFacts(known: KnownAlarms): readonly string[] {
  return [...alarmFacts(known), ...eventFacts(known), ...SENTENCE, ...links(known)];
}

/** SNS's protocols whose subscribers are people, and those whose subscribers are programs. */
const PROTOCOLS = { people: ["default", "email"], programs: ["email-json", "http", "https", "sqs"] } as const;

/**
 * The message for an alarm's event, as one JSONata expression for the arguments of SNS's Publish.
 *
 * A member can write anything into its alarms. Account, title, severity, topic and links come from the hub's tables;
 * the events of the alarm from its log group. An alarm that the tables do not contain is an alert.
 */
export function messageArguments(known: KnownAlarms, { alerts, notices }: HubTopics): string {
  const topic = topicChoice({ alert: alerts, notice: notices });
  const forms = [
    ...PROTOCOLS.people.map((protocol) => `"${protocol}": $mail`),
    ...PROTOCOLS.programs.map((protocol) => `"${protocol}": $json`),
  ];
  return jsonataOf(
    [...messageFacts(known), ...messageText(known), ...DOCUMENT, `$json := $string($document)`],
    `{"TopicArn": (${topic}), "Subject": $subject, "MessageStructure": "json", "Message": $string({${forms.join(", ")}})}`,
  );
}

/** Whether an alarm's event is an alert, as a JSONata condition. */
export function isAlert(known: KnownAlarms): string {
  return jsonata(known, IS_UNSAID);
}

/** The message for chat channels, for the arguments of SNS's Publish. */
export function chatArguments(known: KnownAlarms, topicArn: string): Record<"TopicArn" | "Message", string> {
  return { TopicArn: topicArn, Message: jsonataOf([...messageFacts(known), ...messageCard(known)], `$string($card)`) };
}
