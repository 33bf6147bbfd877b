import { z } from "zod";
import type { SubscriberKind, Subscribers } from "../../lib/naming/subscriber-kinds";
import { email, httpsUrl, queueArn, topicArn } from "./fields";

/** The setting of each kind of subscriber. */
const SETTINGS = {
  email: z.array(email).default([]).describe("Each address must confirm once, by the link in AWS's mail."),
  https: z.array(httpsUrl).default([]),
  sqs: z.array(queueArn).default([]),
} satisfies Record<SubscriberKind, z.ZodDefault<z.ZodArray<z.ZodString | z.ZodEmail | z.ZodURL>>>;

/** Subscribers of a topic. */
export const subscribers = z.strictObject(SETTINGS);

/** A topic that exists, with its own policy, key and subscribers. Trailwatch changes none of them. */
const existing = z.strictObject({
  topicArn: topicArn.describe("ARN of a standard topic of homeRegion, in any account."),
});

/** A topic of Trailwatch's with these subscribers, or one that exists. */
const topic = subscribers.extend({
  existing: existing
    .optional()
    .describe(
      "A topic that exists and has subscribers of its own. Default: Trailwatch creates one for the subscribers.",
    ),
});

/** An account's two topics. */
export const notifications = z.strictObject({
  alerts: topic.describe("For what is critical or high: these people are paged."),
  notices: topic.optional().describe("For what is medium or low. Default: the subscribers or topic of alerts."),
});

export type { Subscribers };

/** A topic of an account. */
export type TopicName = keyof typeof notifications.shape;

/** All topics of an account. */
export const TOPIC_NAMES = Object.keys(notifications.shape) as readonly TopicName[];

/** Subscribers of a topic of Trailwatch's, or the topic that exists. */
export interface NotifiedTopic extends Subscribers {
  readonly existing?: z.infer<typeof existing> | undefined;
}

/** Both topics, defaults filled in. */
export type Notifications = Readonly<Record<TopicName, NotifiedTopic>>;
