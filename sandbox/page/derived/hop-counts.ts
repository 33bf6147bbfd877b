import { type Hop, HOPS_WITH_HUB, isBehind } from "../../../lib/naming/hops";
import type { HopEvent, MetricFilterHop, MetricHop } from "../../signal-path/hop-event";
import { stopReason } from "../stop-reason";

/** How much passed a hop, and how much stopped there. */
export interface HopCount {
  readonly passed: number;
  readonly stopped: number;
}

/** How far a record got. */
interface Progress {
  isWatched: boolean;
  readonly passed: Set<Hop>;
  readonly stopped: Set<Hop>;
}

/** Records followed at a time; those followed longest are then final. */
const MOST_FOLLOWED = 5000;
/** Hops that count records, each record once. Those from the alarm on count alarms, messages and deliveries. */
const OF_RECORDS = HOPS_WITH_HUB.filter((hop) => isBehind("alarm", hop));

/**
 * Counts what passes each hop. Up to the metric these are the records that a detection watches for, each once, however
 * many feeds and filters it passes: no hop counts more of them than the hop before it.
 */
export class HopCounts {
  private readonly followed = new Map<string, Progress>();
  private readonly final = emptyCounts();
  /** Matches whose value is not published yet. */
  private matches: MetricFilterHop[] = [];

  constructor(private readonly most = MOST_FOLLOWED) {}

  /** @param isWatched whether a detection watches for the record of the event */
  add(event: HopEvent, isWatched: boolean): void {
    if (event.hop === "metric") this.publish(event);
    else if ("eventId" in event) this.follow(event, isWatched);
    // The end of an alarm, and its first state, trigger no notification.
    else if (event.hop !== "alarm" || event.to === "ALARM")
      count(this.final, event.hop, stopReason(event) === undefined);
  }

  get all(): Readonly<Record<Hop, HopCount>> {
    const sum = Object.fromEntries(HOPS_WITH_HUB.map((hop) => [hop, { ...this.final[hop] }])) as Counts;
    for (const progress of this.followed.values()) conclude(progress, sum);
    return sum;
  }

  private follow(event: Extract<HopEvent, { eventId: string }>, isWatched: boolean): void {
    const progress = this.progressOf(event.eventId);
    const isMatch = event.hop === "metric filter";
    progress.isWatched ||= isWatched || isMatch;
    (stopReason(event) === undefined ? progress.passed : progress.stopped).add(event.hop);
    if (isMatch) this.matches = [...this.matches, event].slice(-this.most);
  }

  /** A value has no event id: it is of the first match of its metric that has none yet. */
  private publish(event: MetricHop): void {
    const at = this.matches.findIndex(
      ({ account, region, metricName }) =>
        account === event.account && region === event.region && metricName === event.metricName,
    );
    const [match] = at < 0 ? [] : this.matches.splice(at, 1);
    if (match !== undefined) this.progressOf(match.eventId).passed.add("metric");
  }

  private progressOf(eventId: string): Progress {
    const known = this.followed.get(eventId);
    if (known !== undefined) return known;
    const progress = { isWatched: false, passed: new Set<Hop>(), stopped: new Set<Hop>() };
    this.followed.set(eventId, progress);
    const [oldest] = this.followed;
    if (this.followed.size > this.most && oldest !== undefined) {
      conclude(oldest[1], this.final);
      this.followed.delete(oldest[0]);
    }
    return progress;
  }
}

type Counts = Record<Hop, { passed: number; stopped: number }>;

function emptyCounts(): Counts {
  return Object.fromEntries(HOPS_WITH_HUB.map((hop) => [hop, { passed: 0, stopped: 0 }])) as Counts;
}

function count(counts: Counts, hop: Hop, passed: boolean): void {
  counts[hop][passed ? "passed" : "stopped"] += 1;
}

/**
 * Adds a record to the hops that it passed, and to the one that stopped it: a feed that held it back where no other let
 * it through, or the filters where none matched its log event.
 */
function conclude({ isWatched, passed, stopped }: Progress, counts: Counts): void {
  if (!isWatched) return;
  for (const hop of OF_RECORDS) {
    if (passed.has(hop)) count(counts, hop, true);
    else if (stopped.has(hop) || (hop === "metric filter" && passed.has("log group"))) count(counts, hop, false);
  }
}
