import { firedActions, type AlarmActions } from "./alarm-actions";
import { childrenOfRule, evaluateCompositeRule } from "./composite-rule";
import type { AlarmState } from "./evaluate-alarm";

/** The states of an alarm over time. Times are milliseconds since 1970. */
export interface StateHistory {
  readonly initialState: AlarmState;
  /** In chronological order. */
  readonly changes: readonly StateChange[];
}

export interface StateChange {
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** The actions that fire. */
  readonly actions: readonly string[];
}

/** An alarm on the states of other alarms. */
export interface CompositeAlarm extends AlarmActions {
  readonly rule: string;
}

/**
 * The history of a composite alarm, which follows its children at once. The initial state is the one that the
 * children's initial states give, as for an alarm that has existed for a while.
 *
 * @throws AlarmError for a rule that CloudWatch refuses, or a child that is not among the histories
 */
export function compositeHistory(alarm: CompositeAlarm, children: ReadonlyMap<string, StateHistory>): StateHistory {
  const histories = [...childrenOfRule(alarm.rule)].flatMap((name) => {
    const history = children.get(name);
    return history === undefined ? [] : [{ name, history }];
  });
  const states = Object.fromEntries(histories.map(({ name, history }) => [name, history.initialState]));
  const initialState = evaluateCompositeRule(alarm.rule, states);

  const steps = histories
    .flatMap(({ name, history }) => history.changes.map(({ at, to }) => ({ name, at, to })))
    .sort((one, other) => one.at - other.at);
  const changes: StateChange[] = [];
  let from = initialState;
  for (const [index, { name, at, to: ofChild }] of steps.entries()) {
    states[name] = ofChild;
    // Simultaneous changes are evaluated together.
    if (steps[index + 1]?.at === at) continue;
    const to = evaluateCompositeRule(alarm.rule, states);
    if (to !== from) changes.push({ at, from, to, actions: firedActions(alarm, from, to) });
    from = to;
  }
  return { initialState, changes };
}
