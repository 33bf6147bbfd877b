interface HopFacts {
  /**
   * Whether the hop exists only in an organization with an alert hub: between an alarm's account and the hub's topics.
   */
  readonly ofHub: boolean;
}

/**
 * The signal path, hop by hop in order, with the names shown to people: `verify`, the sandbox and the reports all use
 * them. Every account's alarms take this path.
 *
 * Everything else about a hop is an exhaustive map from its name, so that a hop without an entry does not compile: its
 * events (sandbox/signal-path/hop-event.ts), and the texts of the sandbox's page (sandbox/page/hop-words.ts,
 * sandbox/page/stop-reason.ts, sandbox/page/client/path.js).
 */
export const HOP_FACTS = {
  "API call": { ofHub: false },
  CloudTrail: { ofHub: false },
  feed: { ofHub: false },
  "log group": { ofHub: false },
  "metric filter": { ofHub: false },
  metric: { ofHub: false },
  alarm: { ofHub: false },
  // From the alarm's account to the hub's event bus.
  forwarding: { ofHub: true },
  // From there through the state machine that creates a message from it.
  "alert hub": { ofHub: true },
  topic: { ofHub: false },
  subscriber: { ofHub: false },
} as const satisfies Readonly<Record<string, HopFacts>>;

export type Hop = keyof typeof HOP_FACTS;

/** Hops that only an organization with an alert hub has. */
export type HubHop = { [H in Hop]: (typeof HOP_FACTS)[H]["ofHub"] extends true ? H : never }[Hop];

/** All hops in the order of the path. */
export const HOPS_WITH_HUB = Object.keys(HOP_FACTS) as readonly Hop[];

/** The hops of an organization without an alert hub. */
export const HOPS: readonly Hop[] = HOPS_WITH_HUB.filter((hop) => !isOfHub(hop));

/** Whether only an organization with an alert hub has the hop. */
export function isOfHub(hop: Hop): hop is HubHop {
  return HOP_FACTS[hop].ofHub;
}

/** Whether a hop lies behind another on the path. */
export function isBehind(hop: Hop, other: Hop): boolean {
  return HOPS_WITH_HUB.indexOf(hop) > HOPS_WITH_HUB.indexOf(other);
}
