import type { AlarmSpan } from "./alarm-spans";
import type { TunedAlarm } from "./alarm-records";

/** An alarm of the current settings that the proposed ones do not raise. */
export interface LostAlarm extends TunedAlarm {
  /**
   * When the proposed settings raised the longer alarm that is on meanwhile, in milliseconds since 1970: no message of
   * its own is sent. @default - no alarm is on
   */
  readonly partOf?: number;
}

const MINUTE = 60_000;

/**
 * The alarms that other settings would not raise, in order. An alarm is still raised by the first alarm that is on
 * while its events count (as for a labelled incident), or until it ends. Each of those stands for one alarm: the further
 * ones are part of it.
 *
 * @param alarms those of the current settings, in order
 * @param then those of the other settings, in order
 * @param countsFor minutes for which the other settings count an event
 */
export function noLongerRaised(
  alarms: readonly TunedAlarm[],
  then: readonly AlarmSpan[],
  countsFor: number,
): LostAlarm[] {
  const taken = new Set<AlarmSpan>();
  let first = 0;
  return alarms.flatMap((alarm): LostAlarm[] => {
    const [from, until] = [alarm.at / MINUTE, alarm.until / MINUTE];
    const last = Math.max(from - 1 + countsFor, until - 1);
    while (first < then.length && (then[first]?.to ?? 0) <= from) first += 1;
    let longer: AlarmSpan | undefined;
    for (let at = first; at < then.length; at += 1) {
      const span = then[at];
      if (span === undefined || span.from > last) break;
      if (!taken.has(span)) {
        taken.add(span);
        return [];
      }
      longer ??= span;
    }
    return [longer === undefined ? alarm : { ...alarm, partOf: longer.from * MINUTE }];
  });
}
