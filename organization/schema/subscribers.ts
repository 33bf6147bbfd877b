import { z } from "zod";
import type { SubscriberKind, Subscribers } from "../../lib/naming/subscriber-kinds";
import { email, httpsUrl, queueArn } from "./fields";

/** The setting of each kind of subscriber. */
const SETTINGS = {
  email: z.array(email).default([]).describe("Each address must confirm once, by the link in AWS's mail."),
  https: z.array(httpsUrl).default([]),
  sqs: z.array(queueArn).default([]),
} satisfies Record<SubscriberKind, z.ZodDefault<z.ZodArray<z.ZodString | z.ZodEmail | z.ZodURL>>>;

/** Subscribers of a topic. */
export const subscribers = z.strictObject(SETTINGS);

/** Subscribers of an account's two topics. */
export const notifications = z.strictObject({
  alerts: subscribers.describe("For what is critical or high: these people are paged."),
  notices: subscribers.optional().describe("For what is medium or low. Default: the subscribers of alerts."),
});

export type { Subscribers } from "../../lib/naming/subscriber-kinds";

/** A topic of an account. */
export type TopicName = keyof typeof notifications.shape;

/** All topics of an account. */
export const TOPIC_NAMES = Object.keys(notifications.shape) as readonly TopicName[];

/** Subscribers of both topics, defaults filled in. */
export type Notifications = Readonly<Record<TopicName, Subscribers>>;
