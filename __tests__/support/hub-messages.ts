import { variablesOf, type KnownAlarms } from "../../modules/alert-hub/known-alarms";
import { chatArguments, INITIAL_VARIABLES, messageArguments } from "../../modules/alert-hub/message";
import { evaluateExpressions } from "../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "./alarm-events";
import { KNOWN } from "./known-alarms";

export const TOPICS = { alerts: "arn:aws:sns:eu-west-1:1:alerts", notices: "arn:aws:sns:eu-west-1:1:notices" };

const ALICE = "alice (assumed-role/Developer)";

/** An event of `$details`, in which only what a test is about differs. */
export function hubEvent(changes: object = {}) {
  return {
    time: "2026-11-22T17:02:03Z",
    count: 5,
    principal: ALICE,
    service: "secretsmanager.amazonaws.com",
    call: "GetSecretValue",
    resource: "MyProjectSecrets",
    address: "203.0.113.7",
    region: "eu-west-1",
    account: "333333333333",
    result: "ok",
    ...changes,
  };
}

/** `$details` of these events, all of them listed. */
export function details(events: readonly object[] = [hubEvent()], changes: object = {}) {
  const counts = events.map((event) => ("count" in event && typeof event.count === "number" ? event.count : 1));
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    isComplete: true,
    logGroup: "/aws/events/trailwatch",
    pattern: '{ $.detail.eventName = "GetSecretValue" }',
    from: Date.UTC(2026, 10, 22, 16, 59),
    to: Date.UTC(2026, 10, 22, 17, 4),
    principals: [ALICE],
    principalCount: 1,
    events,
    ...changes,
  };
}

/** Variables of the state machine besides its tables. */
export interface HubVariables {
  readonly details?: unknown;
  readonly window?: unknown;
  readonly repeat?: unknown;
}

export const WINDOW = { threshold: 3, periodSeconds: 300 };

function variables(known: KnownAlarms, given: HubVariables): Record<string, unknown> {
  return Object.assign({ ...INITIAL_VARIABLES }, ...variablesOf(known), given) as Record<string, unknown>;
}

/** What the hub publishes for an alarm's event, with the text for people and the document for programs. */
export async function hubMessage(event: object = alarmEvent(), given: HubVariables = {}, known = KNOWN) {
  const published = await evaluateExpressions(messageArguments(known, TOPICS), event, variables(known, given));
  const { TopicArn, Subject, Message, MessageStructure } = published as Record<string, string>;
  const forms = JSON.parse(Message ?? "") as Record<string, string>;
  const { default: text = "", https = "" } = forms;
  const document = JSON.parse(https) as Record<string, unknown> & { readonly sentence: string };
  return { TopicArn, Subject: Subject ?? "", Message: Message ?? "", MessageStructure, forms, text, document };
}

/** The card that the hub publishes to the chat. */
export async function hubCard(event: object = alarmEvent(), given: HubVariables = {}, known = KNOWN) {
  const sent = await evaluateExpressions(chatArguments(known, "chat"), event, variables(known, given));
  const { TopicArn, Message = "" } = sent as Record<string, string>;
  return { TopicArn, card: JSON.parse(Message) as HubCard };
}

interface HubCard {
  readonly version: string;
  readonly source: string;
  readonly content: {
    readonly textType: string;
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: { readonly threadId: string; readonly summary: string };
}
