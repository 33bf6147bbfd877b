import type { AlarmWindow } from "./alarm-levels";
import type { AlarmSpan } from "./alarm-spans";
import type { EventOutline } from "../matches/match-traits";
import type { MatchGroup } from "../matches/match-log";
import { principalIn, textIn } from "./noise";

/** A record that raised an alarm, as a report shows it. */
export interface AlarmRecord extends EventOutline {
  readonly principal: string;
  readonly sourceIPAddress?: string;
  readonly errorCode?: string;
}

/** A period in ALARM. Times are milliseconds since 1970. */
export interface TunedAlarm {
  readonly at: number;
  readonly until: number;
  readonly events: number;
  /** Ids of some of the records that raised it. */
  readonly eventIds: readonly string[];
  /** All principals that raised it, in order of appearance. */
  readonly principals: readonly string[];
  /** Some of the records that raised it. */
  readonly records: readonly AlarmRecord[];
}

const MINUTE = 60_000;
const SHOWN_IDS = 5;
const SHOWN_RECORDS = 10;

/** An alarm, with the records that raised it. `groups`: all matches, by minute. */
export function alarmOf(groups: readonly MatchGroup[], { from, to }: AlarmSpan, window: AlarmWindow): TunedAlarm {
  const first = from - (window.periodSeconds / 60) * window.evaluationPeriods;
  const during = groups.slice(firstFrom(groups, first), firstFrom(groups, to));
  const raising = during.filter(({ minute }) => minute < from);
  const ids = raising.flatMap(({ events }) => events.flatMap(({ id }) => id ?? []));
  return {
    at: from * MINUTE,
    until: to * MINUTE,
    events: during.reduce((sum, group) => sum + group.sum, 0),
    eventIds: [...new Set(ids)].slice(0, SHOWN_IDS),
    principals: [...new Set(raising.flatMap(({ values }) => (values ? principalIn(values) : [])))],
    records: raising.flatMap(recordsOf).slice(0, SHOWN_RECORDS),
  };
}

function recordsOf({ events, values }: MatchGroup): AlarmRecord[] {
  if (values === undefined) return [];
  const [address, error] = [textIn(values, "sourceIPAddress"), textIn(values, "errorCode")];
  return events.map((event) => ({
    ...event,
    principal: principalIn(values),
    sourceIPAddress: address,
    errorCode: error,
  }));
}

/** The number of the first group from a minute on. */
function firstFrom(groups: readonly MatchGroup[], minute: number): number {
  let [low, high] = [0, groups.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((groups[middle]?.minute ?? 0) < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
