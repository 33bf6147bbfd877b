/**
 * The signal path, hop by hop, as people read it: `verify`, the sandbox and the reports all name a hop by these words.
 * Every account's alarms go this way.
 */
export const HOPS = [
  "API call",
  "CloudTrail",
  "feed",
  "log group",
  "metric filter",
  "metric",
  "alarm",
  "topic",
  "subscriber",
] as const;

/**
 * The way of an alarm to the alert hub's topics, where the organization has a hub: from its account to the hub's event
 * bus, and from there through the state machine that makes a message of it.
 */
const HUB_HOPS = ["forwarding", "alert hub"] as const;

export type Hop = (typeof HOPS)[number] | (typeof HUB_HOPS)[number];

/** All hops in the order of the path. */
export const HOPS_WITH_HUB: readonly Hop[] = HOPS.flatMap((hop): readonly Hop[] =>
  hop === "topic" ? [...HUB_HOPS, hop] : [hop],
);
