import { type Hop, HOPS_WITH_HUB } from "../../signals";
import type { HopEvent } from "../signal-path/hop-event";
import { stopReason } from "./stop-reason";

/** How much passed a hop, and how much stopped there. */
export interface HopCount {
  readonly passed: number;
  readonly stopped: number;
}

/** Why something stopped at a hop, and how often for this reason. */
export interface Stop {
  readonly hop: Hop;
  readonly account: string;
  readonly reason: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly last: number;
}

/** Events kept for pages that are opened later. */
const MOST_EVENTS = 4000;
/** Distinct reasons kept; above this limit, the one not seen for longest is dropped. */
const MOST_STOPS = 50;

/** The history of the signal path: complete counts, and as many events as a page can show. */
export class HopHistory {
  private kept: HopEvent[] = [];
  private readonly counted = new Map<Hop, HopCount>(HOPS_WITH_HUB.map((hop) => [hop, { passed: 0, stopped: 0 }]));
  private readonly reasons = new Map<string, Stop>();
  private readonly quiet = new QuietLogEvents();

  constructor(private readonly most = MOST_EVENTS) {}

  /** The latest events, the oldest first. */
  get events(): readonly HopEvent[] {
    return this.kept;
  }

  get counts(): Readonly<Record<string, HopCount>> {
    const filters = { passed: this.counted.get("metric filter")?.passed ?? 0, stopped: this.quiet.count };
    return { ...Object.fromEntries(this.counted), "metric filter": filters };
  }

  /** Why things stopped, the latest first. */
  get stops(): readonly Stop[] {
    return [...this.reasons.values()].reverse();
  }

  add(event: HopEvent): void {
    this.kept.push(event);
    // Trimmed only now and then: shifting with every event would move all others.
    if (this.kept.length > this.most * 1.25) this.kept = this.kept.slice(-this.most);
    this.quiet.add(event);
    const { hop, account, at } = event;
    // The end of an alarm, and its first state, trigger no notification.
    if (event.hop === "alarm" && event.to !== "ALARM") return;
    const { passed, stopped } = this.counted.get(hop) ?? { passed: 0, stopped: 0 };
    const reason = stopReason(event);
    this.counted.set(hop, reason === undefined ? { passed: passed + 1, stopped } : { passed, stopped: stopped + 1 });
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

/** Counts log events that no metric filter matched. No hop event announces them. */
class QuietLogEvents {
  public count = 0;
  private readonly undecided = new Set<string>();

  add(event: HopEvent): void {
    if (event.hop === "log group") {
      this.count += 1;
      this.undecided.add(keyOf(event));
      const [oldest] = this.undecided;
      if (this.undecided.size > MOST_EVENTS && oldest !== undefined) this.undecided.delete(oldest);
    }
    if (event.hop === "metric filter" && this.undecided.delete(keyOf(event))) this.count -= 1;
  }
}

function keyOf({ account, region, eventId }: { account: string; region: string; eventId: string }): string {
  return [account, region, eventId].join("\n");
}
