import { MinuteSet } from "../../metrics/minute-set";
import type { FeedFilters } from "../evaluation/record-evaluator";

/** What the mere presence of records in a feed determines, whatever they are. Times are milliseconds since 1970. */
export class Presence {
  /** The time of the last record. */
  last = -Infinity;
  /** The minutes with records, if filters add zeros in them. */
  readonly minutes = new MinuteSet();
  private readonly countsLast: boolean;
  private readonly countsMinutes: boolean;

  constructor({ feed, zeroing }: Pick<FeedFilters, "feed" | "zeroing">) {
    // An alarm that is raised when events are missing is evaluated up to the last record.
    this.countsLast = feed.account.alarms.some(({ treatMissingData }) => treatMissingData === "breaching");
    this.countsMinutes = zeroing.length > 0;
  }

  /** Whether a record at this time makes a difference. */
  isNews(time: number): boolean {
    return (this.countsLast && time > this.last) || (this.countsMinutes && !this.minutes.has(time));
  }

  add(time: number): void {
    if (time > this.last) this.last = time;
    if (this.countsMinutes) this.minutes.add(time);
  }
}

/**
 * The presences of feeds, by their numbers. Feeds of one log group share one: a record that came through any of them
 * suffices, so that those that the others stop need not be parsed.
 */
export function presencesOf(feeds: readonly FeedFilters[]): readonly Presence[] {
  const known = new Map<FeedFilters["index"], Presence>();
  return feeds.map((feed) => {
    const presence = known.get(feed.index) ?? new Presence(feed);
    known.set(feed.index, presence);
    return presence;
  });
}
