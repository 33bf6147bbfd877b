/**
 * Roles that stacks create in an account or organization under these names. A role that you configure must not have one
 * of these names, because role names are unique in an account.
 */
export const OWN_ROLES = [
  "trailwatch-account",
  "trailwatch-alert-forwarding",
  "trailwatch-alert-hub",
  "trailwatch-alert-hub-chat",
  "trailwatch-alert-hub-rule",
  "trailwatch-event-forwarding",
  "trailwatch-heartbeat",
  "trailwatch-organization",
] as const;
