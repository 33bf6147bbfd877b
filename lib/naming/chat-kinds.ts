/**
 * The chats whose channels can receive alerts. The name is the setting below `alertHub.chat`.
 *
 * Everything else about a chat is an exhaustive map from its name, so that a chat without an entry does not compile:
 * its schema (organization/schema/alert-hub-settings.ts) and its resources (modules/alert-hub/chat-channels.ts).
 */
export const CHAT_KINDS = ["slack", "teams"] as const;

export type ChatKind = (typeof CHAT_KINDS)[number];
