import { type Hop, HOPS_WITH_HUB } from "../../signals";
import type { HopEvent } from "../signal-path/hop-event";
import { stopReason } from "./stop-reason";

/** What passed a hop, and what stopped there. */
export interface HopCount {
  readonly passed: number;
  readonly stopped: number;
}

/** Why something stopped at a hop, and how often it did for this reason. */
export interface Stop {
  readonly hop: Hop;
  readonly account: string;
  readonly reason: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly last: number;
}

/** Events kept for those who open the page later. */
const MOST_EVENTS = 4000;
/** Different reasons kept; beyond, the one not seen for longest is forgotten. */
const MOST_STOPS = 50;

/** What happened on the signal path: counted for good, kept as far as a page can show. */
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
    // Cut in one go now and then: shifting with every event would move all others.
    if (this.kept.length > this.most * 1.25) this.kept = this.kept.slice(-this.most);
    this.quiet.add(event);
    const { hop, account, at } = event;
    // That an alarm is over, or has settled after it was made, goes nowhere.
    if (event.hop === "alarm" && event.to !== "ALARM") return;
    const { passed, stopped } = this.counted.get(hop) ?? { passed: 0, stopped: 0 };
    const reason = stopReason(event);
    this.counted.set(hop, reason === undefined ? { passed: passed + 1, stopped } : { passed, stopped: stopped + 1 });
    if (reason !== undefined) this.note({ hop, account, reason, count: 1, last: at });
  }

  private note(stop: Stop): void {
    const key = [stop.hop, stop.account, stop.reason].join("\n");
    const count = (this.reasons.get(key)?.count ?? 0) + 1;
    // Set anew at the end: the order is that of the latest.
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
