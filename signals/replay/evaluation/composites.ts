import { headlineOf } from "../../../lib/naming/alarm-description";
import { childrenOfRule } from "../../alarms/composite-rule";
import { compositeHistory, type StateHistory } from "../../alarms/composite-timeline";
import type { DeployedAccount } from "../../deployment/deployment";
import type { AlarmTally } from "./alarm-tally";
import { isWrapperAlarm } from "../../alarms/wrapper-alarms";
import { notificationsOf, changesToAlarm } from "./notifications";
import type { DetectionReport } from "../run/report";

/**
 * The composite alarms of an account that are raised, reported like detections that match nothing themselves. Excluded are
 * alarms with a child whose state is unknown, and alarms that refer to each other in a circle.
 */
export function compositeReports(account: DeployedAccount, tallies: readonly AlarmTally[]): DetectionReport[] {
  const { compositeAlarms = [] } = account;
  if (compositeAlarms.length === 0) return [];
  const histories = new Map<string, StateHistory>(
    tallies.map((tally) => [tally.alarm.name, { initialState: tally.initialState, changes: tally.transitions() }]),
  );
  return evaluable(compositeAlarms, new Set(histories.keys())).flatMap((alarm) => {
    const history = compositeHistory(alarm, histories);
    histories.set(alarm.name, history);
    // A wrapper alarm is part of its detection.
    if (isWrapperAlarm(alarm)) return [];
    const alarms = changesToAlarm(alarm.name, history.changes);
    if (alarms.length === 0) return [];
    return [
      {
        account: account.name,
        detection: alarm.name,
        matched: 0,
        alarms,
        notifications: notificationsOf(account, alarm, history.changes),
        severity: headlineOf(alarm.description)?.severity,
        principals: [],
      },
    ];
  });
}

/** The composite alarms for which the state of every child is known, children first. */
export function evaluable<T extends { readonly name: string; readonly rule: string }>(
  composites: readonly T[],
  known: ReadonlySet<string>,
): readonly T[] {
  const names = new Set(known);
  const ready: T[] = [];
  let left = composites;
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const next = left.filter(({ rule }) => [...childrenOfRule(rule)].every((child) => names.has(child)));
    for (const { name } of next) names.add(name);
    ready.push(...next);
    left = left.filter((alarm) => !next.includes(alarm));
  }
  return ready;
}
