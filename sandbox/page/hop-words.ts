import { type Hop, isBehind } from "../../lib/naming/hops";

/** The page's texts for a hop, in few words. */
interface HopWords {
  /** What it does. */
  readonly does: string;
  /** What it counts: a noun in the singular. */
  readonly passed: string;
  /** The word for the rest; empty if nothing stops there, or if that is not of interest. */
  readonly stopped: string;
}

const WORDS: Readonly<Record<Hop, HopWords>> = {
  "API call": { does: "a caller calls AWS", passed: "record", stopped: "" },
  CloudTrail: { does: "writes a record of it", passed: "record", stopped: "" },
  feed: { does: "lets events through", passed: "record", stopped: "held back" },
  "log group": { does: "keeps them as log events", passed: "record", stopped: "" },
  "metric filter": { does: "matches watched events", passed: "record", stopped: "without a match" },
  metric: { does: "counts the matches", passed: "record", stopped: "" },
  alarm: { does: "compares with a threshold", passed: "alarm", stopped: "without action" },
  forwarding: { does: "sends the alarm to the hub", passed: "alarm", stopped: "not forwarded" },
  "alert hub": { does: "creates a message", passed: "alarm", stopped: "not processed" },
  topic: { does: "publishes the message", passed: "message", stopped: "refused" },
  subscriber: { does: "receives the message", passed: "delivery", stopped: "not delivered" },
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
