import { z } from "zod";
import { email, httpsUrl, queueArn } from "./fields";

/** Who gets the messages of a topic. */
export const subscribers = z.strictObject({
  email: z.array(email).default([]).describe("Each address must confirm once, by the link in AWS's mail."),
  https: z.array(httpsUrl).default([]),
  sqs: z.array(queueArn).default([]),
});

/** Who gets the messages of an account's two topics. */
export const notifications = z.strictObject({
  alerts: subscribers.describe("For what is critical or high: these people are paged."),
  notices: subscribers.optional().describe("For what is medium or low. Default: the subscribers of alerts."),
});

export type Subscribers = z.infer<typeof subscribers>;

/** Subscribers of both topics, defaults filled in. */
export type Notifications = Required<z.infer<typeof notifications>>;
