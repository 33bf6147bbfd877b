import { headlineOf } from "../../../lib/naming/alarm-description";
import { wrapperAlarmsOf } from "../../alarms/wrapper-alarms";
import { compositeHistory } from "../../alarms/composite-timeline";
import type { DeployedAccount } from "../../deployment/deployment";
import { AlarmTally } from "./alarm-tally";
import { notificationsOf, changesToAlarm } from "./notifications";
import type { Caller, DetectionReport } from "../run/report";

/** More distinct principals and calls than a report is read for. The limit keeps memory flat. */
const MAX_CALLERS = 1000;
const TOP = 3;

/** The history of one detection, which is one metric, in one account. */
export class WatchedDetection {
  readonly tallies: readonly AlarmTally[];
  private matched = 0;
  private first = Infinity;
  private last = -Infinity;
  private readonly callers = new Map<string, Caller>();

  constructor(
    readonly account: DeployedAccount,
    readonly id: string,
    readonly namespace: string,
  ) {
    this.tallies = account.alarms
      .filter((alarm) => alarm.metricName === id && alarm.namespace === namespace)
      .map((alarm) => new AlarmTally(alarm));
  }

  /** Counts a record that one of its filters matched. */
  match({ time, principal, call }: { readonly time: number; readonly principal: string; readonly call: string }): void {
    this.count({ events: 1, first: time, last: time });
    const key = `${principal}\n${call}`;
    const known = this.callers.get(key);
    if (known === undefined && this.callers.size >= MAX_CALLERS) return;
    this.callers.set(key, { principal, call, count: (known?.count ?? 0) + 1 });
  }

  /** Counts records whose principal is unknown. */
  count({ events, first, last }: { readonly events: number; readonly first: number; readonly last: number }): void {
    this.matched += events;
    this.first = Math.min(this.first, first);
    this.last = Math.max(this.last, last);
  }

  /** Undefined when nothing happened. */
  report(): DetectionReport | undefined {
    const histories = this.tallies.map((tally) => {
      const { alarm, initialState } = tally;
      const changes = tally.transitions();
      const history = new Map([[alarm.name, { initialState, changes }]]);
      const wrapper = wrapperAlarmsOf(this.account, alarm.name).flatMap((one) =>
        notificationsOf(this.account, one, compositeHistory(one, history).changes),
      );
      return {
        alarm: alarm.name,
        changes,
        notifications: [...notificationsOf(this.account, alarm, changes), ...wrapper],
      };
    });
    const alarms = histories.flatMap(({ alarm, changes }) => changesToAlarm(alarm, changes));
    if (this.matched === 0 && alarms.length === 0) return undefined;
    return {
      account: this.account.name,
      detection: this.id,
      matched: this.matched,
      alarms,
      notifications: histories.flatMap(({ notifications }) => notifications),
      ...(this.matched === 0 ? {} : { first: this.first, last: this.last }),
      severity: headlineOf(this.tallies[0]?.alarm.description)?.severity,
      principals: this.principals().slice(0, TOP),
      callers: [...this.callers.values()].sort(byCount),
    };
  }

  private principals(): DetectionReport["principals"] {
    const counts = new Map<string, number>();
    for (const { principal, count } of this.callers.values())
      counts.set(principal, (counts.get(principal) ?? 0) + count);
    return [...counts].map(([principal, count]) => ({ principal, count })).sort(byCount);
  }
}

function byCount(one: { readonly count: number }, other: { readonly count: number }): number {
  return other.count - one.count;
}
