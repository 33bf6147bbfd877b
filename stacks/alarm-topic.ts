import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { NotificationTopic } from "../modules/topic/notification-topic";
import { terraformTemplate } from "../modules/user-text";

/** A topic that is notified: Trailwatch's, or one that exists, whose subscriptions it does not manage. */
export type AlarmTopic = Pick<NotificationTopic, "arn"> & Pending;

interface Pending {
  /** See `NotificationTopic`; undefined for a topic that exists. */
  readonly pendingSubscriptions?: string | undefined;
}

/** Subscribers of the topics, by name, who have not confirmed yet; no output where all topics existed before. */
export function outputPending(scope: Construct, topics: Readonly<Record<string, Pending>>): void {
  const pending = Object.entries(topics).flatMap(([name, { pendingSubscriptions }]) =>
    pendingSubscriptions === undefined ? [] : [[name, terraformTemplate(pendingSubscriptions)] as const],
  );
  if (pending.length === 0) return;
  new TerraformOutput(scope, "pending_subscriptions", {
    value: Object.fromEntries(pending),
    description: "Subscribers who have not confirmed yet: they receive nothing.",
  });
}
