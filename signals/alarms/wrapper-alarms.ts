import { childrenOfRule } from "./composite-rule";
import type { CompositeAlarm } from "./composite-timeline";

/** A composite alarm, and whether another alarm suppresses its actions. */
type Suppressible = CompositeAlarm & { readonly isSuppressible?: boolean };

/** The wrapper alarms of one of an account's alarms. */
export function wrapperAlarmsOf<T extends Suppressible>(
  { compositeAlarms = [] }: { readonly compositeAlarms?: readonly T[] },
  alarm: string,
): readonly T[] {
  return compositeAlarms.filter((composite) => isWrapperAlarm(composite) && childrenOfRule(composite.rule).has(alarm));
}

/**
 * Whether a composite alarm is a wrapper of one other alarm: it is raised when that one is, and exists only so that it
 * can be suppressed.
 */
export function isWrapperAlarm({ rule, isSuppressible }: Suppressible): boolean {
  return isSuppressible === true && /^\s*ALARM\([^()]+\)\s*$/.test(rule);
}
