/**
 * Roles that stacks of an account or of the organization create by these names. No role that the user names may be one
 * of them: IAM has one role of a name in an account.
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
