import type { Hop } from "../../lib/naming/hops";
import { OTHER_PATTERN } from "../../signals";
import type { HopEvent } from "../signal-path/hop-event";
import { stopReason } from "./stop-reason";
import { type HopCount, HopCounts } from "./derived/hop-counts";
import type { RecordKind } from "./derived/record-kind";

export type { HopCount } from "./derived/hop-counts";

/** Why something stopped at a hop, and how often for this reason. */
export interface Stop {
  readonly hop: Hop;
  readonly account: string;
  readonly reason: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly last: number;
}

/** An event on the signal path; an API call with the kind of its record. */
export type PageEvent = HopEvent & { readonly kind?: RecordKind };

/** Events kept for pages that are opened later. */
const MOST_EVENTS = 4000;
/** Distinct reasons kept; above this limit, the one not seen for longest is dropped. */
const MOST_STOPS = 50;

/** The history of the signal path: complete counts, and as many events as a page can show. */
export class HopHistory {
  private kept: PageEvent[] = [];
  private readonly counted: HopCounts;
  private readonly reasons = new Map<string, Stop>();

  constructor(private readonly most = MOST_EVENTS) {
    this.counted = new HopCounts();
  }

  /** The latest events, the oldest first. */
  get events(): readonly PageEvent[] {
    return this.kept;
  }

  get counts(): Readonly<Record<string, HopCount>> {
    return this.counted.all;
  }

  /** Why things stopped, the latest first, without calls that the rules of a feed are not for. */
  get stops(): readonly Stop[] {
    return [...this.reasons.values()].reverse();
  }

  add(event: PageEvent): void {
    this.kept.push(event);
    // Trimmed only now and then: shifting with every event would move all others.
    if (this.kept.length > this.most * 1.25) this.kept = this.kept.slice(-this.most);
    this.counted.add(event, event.kind === "watched");
    // The end of an alarm, and its first state, trigger no notification.
    if (event.hop === "alarm" && event.to !== "ALARM") return;
    // Each of an account's many rules holds back most calls; a record's explanation says which.
    if (event.hop === "feed" && event.reason.startsWith(OTHER_PATTERN)) return;
    const { hop, account, at } = event;
    const reason = stopReason(event);
    if (reason !== undefined) this.note({ hop, account, reason, count: 1, last: at });
  }

  private note(stop: Stop): void {
    const key = [stop.hop, stop.account, stop.reason].join("\n");
    const count = (this.reasons.get(key)?.count ?? 0) + 1;
    // Delete it first so that it is inserted at the end: the order is by the latest.
    this.reasons.delete(key);
    this.reasons.set(key, { ...stop, count });
    const [oldest] = this.reasons.keys();
    if (this.reasons.size > MOST_STOPS && oldest !== undefined) this.reasons.delete(oldest);
  }
}
