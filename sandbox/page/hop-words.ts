import { type Hop, isBehind } from "../../lib/naming/hops";

/** The page's texts for a hop, in few words. */
interface HopWords {
  /** What it does. */
  readonly does: string;
  /** The word for one thing that passed it: a noun, or a participle. */
  readonly passed: string;
  /** The word for the rest; empty if nothing stops there, or if that is not of interest. */
  readonly stopped: string;
}

const WORDS: Readonly<Record<Hop, HopWords>> = {
  "API call": { does: "a caller calls AWS", passed: "call", stopped: "" },
  CloudTrail: { does: "writes a record of it", passed: "record", stopped: "" },
  feed: { does: "lets events through", passed: "let through", stopped: "held back" },
  "log group": { does: "keeps them as log events", passed: "log event", stopped: "" },
  "metric filter": { does: "matches watched events", passed: "match", stopped: "without a match" },
  metric: { does: "counts the matches", passed: "value", stopped: "" },
  alarm: { does: "compares with a threshold", passed: "raised", stopped: "without action" },
  forwarding: { does: "sends the alarm to the hub", passed: "forwarded", stopped: "not forwarded" },
  "alert hub": { does: "creates a message", passed: "processed", stopped: "not processed" },
  topic: { does: "publishes the message", passed: "published", stopped: "refused" },
  subscriber: { does: "receives the message", passed: "delivered", stopped: "not delivered" },
};

/** A hop as the page shows it. */
export interface ShownHop extends HopWords {
  readonly hop: Hop;
  /** Whether it lies behind the alarm: what stops there should have become a notification. */
  readonly isBehindAlarm: boolean;
  /** Whether a stop counted there is a loss, rather than the purpose of a feed or filter. */
  readonly isLossy: boolean;
}

/** Hops as the page shows them. */
export function shownHops(hops: readonly Hop[]): readonly ShownHop[] {
  return hops.map((hop) => {
    const isBehindAlarm = isBehind(hop, "alarm");
    return { hop, ...WORDS[hop], isBehindAlarm, isLossy: hop === "alarm" || isBehindAlarm };
  });
}
