import type { AlarmState } from "./evaluate-alarm";

/** The lists of actions that an alarm has, one for each state. */
export interface AlarmActions {
  /** @default true */
  readonly actionsEnabled?: boolean;
  /** @default - nothing happens on ALARM */
  readonly alarmActions?: readonly string[];
  /** @default - nothing happens on OK */
  readonly okActions?: readonly string[];
  /** @default - nothing happens on INSUFFICIENT_DATA */
  readonly insufficientDataActions?: readonly string[];
}

/**
 * The list that a state change fires; undefined when the state stays. Repeated Auto Scaling actions are not supported.
 */
export function firedList(from: AlarmState, to: AlarmState): Exclude<keyof AlarmActions, "actionsEnabled"> | undefined {
  if (from === to) return undefined;
  return ({ ALARM: "alarmActions", OK: "okActions", INSUFFICIENT_DATA: "insufficientDataActions" } as const)[to];
}

/** The actions that a state change fires: none when they are disabled, whatever the state. */
export function firedActions(alarm: AlarmActions, from: AlarmState, to: AlarmState): readonly string[] {
  const list = firedList(from, to);
  return list === undefined || alarm.actionsEnabled === false ? [] : (alarm[list] ?? []);
}
