import { countsBy } from "./distribution";
import type { MatchGroup } from "../matches/match-log";

const DAY_MINUTES = 1440;
/** 1 January 1970 was a Thursday; here, weeks begin on Monday. */
const FIRST_WEEKDAY = 3;

/** The distribution of events over hours and weekdays, in UTC. */
export interface Seasons {
  /** Events of each hour of the day, from midnight on. */
  readonly hours: readonly number[];
  /** Events of each weekday, from Monday on. */
  readonly weekdays: readonly number[];
  /**
   * Eight hours that contain nearly all events of each day, from the first hour up to, but excluding, the second;
   * undefined: no such hours.
   */
  readonly busyHours?: readonly [from: number, to: number];
  /** Whether Saturdays and Sundays have hardly any events. */
  readonly isWeekly: boolean;
}

/** A season must repeat. */
const FEWEST_DAYS = 7;
const BUSY_HOURS = 8;
const NEARLY_ALL = 0.9;
const HARDLY_ANY = 0.05;

export function seasonsOf(groups: readonly MatchGroup[]): Seasons {
  const byHour = countsBy(groups, ({ minute }) => Math.floor((minute % DAY_MINUTES) / 60));
  const byWeekday = countsBy(groups, ({ minute }) => weekdayOf(minute));
  const hours = Array.from({ length: 24 }, (_, hour) => byHour.get(hour) ?? 0);
  const weekdays = Array.from({ length: 7 }, (_, day) => byWeekday.get(day) ?? 0);
  const busyHours = busyHoursOf(groups);
  const days = new Set(groups.map(({ minute }) => Math.floor(minute / DAY_MINUTES)));
  const weekend = (weekdays[5] ?? 0) + (weekdays[6] ?? 0);
  const all = hours.reduce((sum, events) => sum + events, 0);
  const isWeekly = days.size >= 2 * FEWEST_DAYS && weekend <= HARDLY_ANY * all;
  return { hours, weekdays, busyHours, isWeekly };
}

function weekdayOf(minute: number): number {
  return (Math.floor(minute / DAY_MINUTES) + FIRST_WEEKDAY) % 7;
}

/** Counts the days on which an hour has events, so that one burst is not a season. */
function busyHoursOf(groups: readonly MatchGroup[]): readonly [number, number] | undefined {
  const daysOfHour = Array.from({ length: 24 }, () => new Set<number>());
  for (const { minute } of groups) {
    daysOfHour[Math.floor((minute % DAY_MINUTES) / 60)]?.add(Math.floor(minute / DAY_MINUTES));
  }
  const days = daysOfHour.map(({ size }) => size);
  const all = days.reduce((sum, size) => sum + size, 0);
  if (new Set(daysOfHour.flatMap((set) => [...set])).size < FEWEST_DAYS) return undefined;
  const sums = days.map((_, from) =>
    Array.from({ length: BUSY_HOURS }, (_hour, after) => days[(from + after) % 24] ?? 0).reduce((sum, n) => sum + n, 0),
  );
  const most = Math.max(...sums);
  const from = sums.indexOf(most);
  return most >= NEARLY_ALL * all ? [from, (from + BUSY_HOURS) % 24] : undefined;
}
