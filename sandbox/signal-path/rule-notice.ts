import { expectedMessage } from "../../lib/support/failure";
import { isRecord } from "../../lib/support/is-record";
import type { AccountClients } from "./account-clients";
import type { LiveRule, RuleNotice } from "./deployed/deployed-account";
import type { EvaluatedRecord } from "./evaluated-record";
import type { HopEvent } from "./hop-event";
import { subscriberHops, topicHop } from "./notification-hops";
import type { SubscriberDelivery } from "./subscriber-delivery";
import { topicRefusal } from "./topic-refusal";

/** Subject of every message that EventBridge publishes. Source: SNS Developer Guide, email messages. */
const SUBJECT = "AWS Notification Message";

/** What messages of rules need. */
export interface RuleNoticeParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly subscribers: Pick<SubscriberDelivery, "send">;
  readonly emit: (hop: HopEvent) => void;
  readonly now: () => number;
}

/** EventBridge publishes a record to the topics of the rules that match it. */
export async function notifyByRules(parts: RuleNoticeParts, { event, topicRules }: EvaluatedRecord): Promise<void> {
  for (const rule of topicRules) {
    for (const notice of rule.notices) {
      await notify(parts, { account: event.account, rule, notice, text: noticeText(notice, event.asEnvelope.json) });
    }
  }
}

/** A rule's message for a topic. */
interface Message {
  readonly account: string;
  readonly rule: LiveRule;
  readonly notice: RuleNotice;
  readonly text: string;
}

async function notify(parts: RuleNoticeParts, { account, rule, notice, text }: Message): Promise<void> {
  const { topicArn } = notice;
  const at = parts.now();
  const refusal = await refusalOf(parts, topicArn, account, rule);
  const published = refusal === undefined;
  const summary = `rule ${rule.name} ${published ? "publishes" : "does not publish"} the event`;
  const notification = { at, topicArn, alarm: "" };
  parts.emit(topicHop(notification, { published, summary, reason: refusal ?? "the topic accepted it" }));
  if (!published) return;
  const deliveries = await parts.subscribers.send(topicArn, { subject: SUBJECT, message: text, at });
  for (const hop of subscriberHops(notification, SUBJECT, deliveries)) parts.emit(hop);
}

async function refusalOf(
  { clients }: RuleNoticeParts,
  topicArn: string,
  account: string,
  { arn }: LiveRule,
): Promise<string | undefined> {
  try {
    return await topicRefusal(clients, topicArn, {
      service: "events.amazonaws.com",
      name: "EventBridge",
      account,
      sourceArn: arn,
    });
  } catch (error) {
    return expectedMessage(error);
  }
}

/**
 * The text that a target gets. A variable that the event lacks is empty. Source: EventBridge User Guide, "Transforming
 * input".
 */
export function noticeText({ template, paths }: RuleNotice, event: unknown): string {
  if (template === undefined) return JSON.stringify(event);
  return template.replaceAll(/<([\w.-]+)>/g, (variable, name: string) => {
    const path = paths[name];
    return path === undefined ? variable : valueAt(event, path);
  });
}

function valueAt(event: unknown, path: string): string {
  const found = path
    .split(".")
    .slice(1)
    .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), event);
  if (found === undefined) return "";
  return typeof found === "string" ? found : JSON.stringify(found);
}
