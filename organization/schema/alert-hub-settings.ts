import { z } from "zod";
import type { ChatKind } from "../../lib/naming/chat-kinds";
import { WEBHOOK_FORMAT_NAMES } from "../../lib/naming/webhook-formats";
import { accountName, httpsUrl } from "./fields";
import { TOPIC_NAMES } from "./subscribers";

const slack = z.strictObject({
  workspaceId: z
    .string()
    .regex(/^[0-9A-Z]{1,255}$/, "be the id of a Slack workspace, such as T07EA123LEP")
    .describe("Authorize the workspace once in the console: Amazon Q Developer in chat applications."),
  channelId: z.string().regex(/^[A-Za-z0-9]{1,255}$/, "be the id of a Slack channel, such as C07EZ1ABC23"),
});

const uuid = z.guid("be a UUID, as Microsoft Teams shows it");

const teams = z.strictObject({
  tenantId: uuid,
  teamId: uuid.describe("Authorize the team once in the console: Amazon Q Developer in chat applications."),
  channelId: z.string().min(1, "be the id of a channel: the part of its link after /channel/"),
});

const CHATS = {
  slack: slack.optional(),
  teams: teams.optional(),
} satisfies Record<ChatKind, z.ZodOptional<z.ZodObject>>;

const webhook = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "be lower-case words joined by '-'")
    // Connections have at most 64 characters. Source: EventBridge API, CreateConnection.
    .max(40, "be at most 40 characters")
    .describe("Part of the names of its resources."),
  // Source: EventBridge API, CreateApiDestination.
  url: httpsUrl.max(2048, "be at most 2048 characters"),
  format: z
    .enum(WEBHOOK_FORMAT_NAMES)
    .default("trailwatch")
    .describe("Form of the body: trailwatch for the documented JSON form, or that of PagerDuty or Opsgenie."),
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,127}$/, "be the name of an HTTP header: letters, digits, '-' and '_'")
    .optional()
    .describe("Header that holds the secret. Default: Authorization; for pagerduty X-Routing-Key."),
  topics: z
    .array(z.enum(TOPIC_NAMES))
    .min(1, "name at least one topic")
    .default([...TOPIC_NAMES])
    .describe("Which messages it receives. Default: alerts and notices."),
  ratePerSecond: z
    .int("be a whole number")
    .min(1, "be at least 1")
    .max(300, "be at most 300")
    .default(10)
    .describe("Most requests in a second; EventBridge delays further ones."),
});

/** One place for the alarms of all accounts. */
export const alertHub = z.strictObject({
  account: accountName.describe(
    "Account that receives the alarms of all accounts and notifies subscribers: security, or management.",
  ),
  chat: z
    .strictObject(CHATS)
    .prefault({})
    .describe("Channels that receive alerts, in addition to the subscribers. None unless given."),
  noticesDigest: z
    .string()
    .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'be a time in UTC, such as "07:00"')
    .optional()
    .describe("Time in UTC at which the notices of 24 hours are sent in one message. Default: each at once."),
  webhooks: z
    .array(webhook)
    .max(20, "be at most 20 webhooks")
    .default([])
    .describe("Https endpoints that need a secret in a header, such as PagerDuty. None unless given."),
});

export type AlertHub = z.infer<typeof alertHub>;
export type Webhook = AlertHub["webhooks"][number];
