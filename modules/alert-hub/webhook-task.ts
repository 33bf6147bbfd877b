import { ownNames } from "../../lib/naming/own-names";
import { WEBHOOK_FORMAT_NAMES, type WebhookFormatName } from "../../lib/naming/webhook-formats";
import type { KnownAlarms } from "./known-alarms";
import { jsonataOf, messageFacts } from "./message";
import { DOCUMENT } from "./message-document";
import { bodyVariables, WEBHOOK_BODIES } from "./webhook-bodies";

/** The webhooks, as the state machine sends events to them. */
export interface WebhookBus {
  /** Name of the event bus of the webhooks' rules. */
  readonly name: string;
  /** The formats that they use. */
  readonly formats: readonly WebhookFormatName[];
}

/** Source and detail type of the events on the webhooks' bus. */
export const WEBHOOK_EVENT = { source: "trailwatch.alert", detailType: "Trailwatch alert" } as const;

/**
 * Arguments of EventBridge's PutEvents: an event for each format, with the topic and the body to post. A task fails if
 * EventBridge refuses any of them. Source: Step Functions Developer Guide, "Add EventBridge events".
 */
export function webhookArguments(known: KnownAlarms, { name, formats }: WebhookBus): object {
  const { source: Source, detailType: DetailType } = WEBHOOK_EVENT;
  const common = JSON.stringify({ Source, DetailType, EventBusName: name }).slice(1, -1);
  const entries = WEBHOOK_FORMAT_NAMES.filter((format) => formats.includes(format)).map(
    (format) =>
      `{${common}, "Detail": {"format": "${format}", "topic": $alert.topic, "body": ${WEBHOOK_BODIES[format]}}}`,
  );
  const assignments = [
    ...messageFacts(known),
    ...DOCUMENT,
    "$alert := $document",
    ...bodyVariables(ownNames(known.names)),
  ];
  return { Entries: jsonataOf(assignments, `[${entries.join(", ")}]`) };
}
