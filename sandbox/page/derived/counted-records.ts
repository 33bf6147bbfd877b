import type { HopEvent } from "../../signal-path/hop-event";
import { recordText } from "../../signal-path/record-text";
import type { PageAlarm } from "../page-options";

/** A metric whose values alarms compare. */
interface Metric {
  readonly account: string;
  readonly region: string;
  readonly metricName: string;
}

interface Match extends Metric {
  readonly eventId: string;
  /** Time of the event, in milliseconds since 1970. */
  readonly at: number;
}

/** Matches and calls kept: more than an alarm counts. */
const MOST_KEPT = 5000;
const MINUTE = 60_000;
/** For an alarm that is not deployed any more. */
const DEFAULT_PERIOD = 300;

/** The events that metric filters matched, to find those that an alarm counted. */
export class CountedRecords {
  private matches: Match[] = [];
  private readonly times = new Map<string, number>();

  add(event: HopEvent): void {
    if (event.hop === "API call") {
      const time = Date.parse(recordText(event.record, "eventTime"));
      this.times.set(event.eventId, Number.isNaN(time) ? event.at : time);
      const [oldest] = this.times.keys();
      if (this.times.size > MOST_KEPT && oldest !== undefined) this.times.delete(oldest);
    }
    if (event.hop !== "metric filter") return;
    const { account, region, metricName, eventId, at } = event;
    this.matches.push({ account, region, metricName, eventId, at: this.times.get(eventId) ?? at });
    if (this.matches.length > MOST_KEPT * 1.25) this.matches = this.matches.slice(-MOST_KEPT);
  }

  /**
   * The events in the periods that end with the minute of a state change: the sandbox's alarms count the current minute
   * as complete. Each event once, the first first.
   */
  of({ account, region, metricName }: Metric, at: number, alarm: PageAlarm | undefined): readonly string[] {
    const end = Math.ceil((at + 1) / MINUTE) * MINUTE;
    const periods = alarm?.evaluationPeriods ?? 1;
    const begin = end - (alarm?.periodSeconds ?? DEFAULT_PERIOD) * periods * 1000;
    const counted = this.matches.filter(
      (match) =>
        match.account === account &&
        match.region === region &&
        match.metricName === metricName &&
        match.at >= begin &&
        match.at < end,
    );
    return [...new Set(counted.map(({ eventId }) => eventId))];
  }
}
