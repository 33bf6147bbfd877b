import { childrenOfRule } from "./composite-rule";
import type { CompositeAlarm } from "./composite-timeline";

/** A composite alarm, and whether another alarm suppresses its actions. */
type Suppressible = CompositeAlarm & { readonly isSuppressible?: boolean };

/** The composite alarms of an account that speak for one of its alarms. */
export function wrapperAlarmsOf<T extends Suppressible>(
  { compositeAlarms = [] }: { readonly compositeAlarms?: readonly T[] },
  alarm: string,
): readonly T[] {
  return compositeAlarms.filter((composite) => isWrapperAlarm(composite) && childrenOfRule(composite.rule).has(alarm));
}

/**
 * Whether a composite alarm only speaks for one other: it goes off when that one does, and is composite for no other
 * reason than that it can be suppressed.
 */
export function isWrapperAlarm({ rule, isSuppressible }: Suppressible): boolean {
  return isSuppressible === true && /^\s*ALARM\([^()]+\)\s*$/.test(rule);
}
