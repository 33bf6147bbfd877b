import { z } from "zod";
import type { ChatKind } from "../../lib/naming/chat-kinds";
import { accountName } from "./fields";

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

/** One place for the alarms of all accounts. */
export const alertHub = z.strictObject({
  account: accountName.describe(
    "Account that receives the alarms of all accounts and notifies subscribers: security, or management.",
  ),
  chat: z
    .strictObject(CHATS)
    .prefault({})
    .describe("Channels that receive alerts, in addition to the subscribers. None unless given."),
});

export type AlertHub = z.infer<typeof alertHub>;
