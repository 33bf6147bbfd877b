import { shortPrincipalName } from "../../lib/naming/principal-name";
import { counted } from "../../lib/support/counted";
import { printableLine } from "../../lib/support/printable";
import type { Caller } from "../../signals";

/** More of them are only counted. */
const SHOWN_CALLERS = 5;

/** The callers with the names of their principals; those with the same name are one. Most frequent first. */
export function mergedCallers(callers: readonly Caller[]): Caller[] {
  const merged = new Map<string, Caller>();
  for (const { principal, call, count } of callers) {
    const caller = { principal: printableLine(shortPrincipalName(principal)), call: printableLine(call) };
    const key = `${caller.principal}\n${caller.call}`;
    merged.set(key, { ...caller, count: count + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()].sort((one, other) => other.count - one.count);
}

/**
 * A line for each principal and call: `5 × GetSecretValue by alice (assumed-role/Developer)`.
 *
 * @param matched all events: of many callers, only the first are known
 */
export function callersText(callers: readonly Caller[], matched: number): string[] {
  const shown = mergedCallers(callers).slice(0, SHOWN_CALLERS);
  const more = mergedCallers(callers).length - shown.length;
  const events = matched - shown.reduce((sum, { count }) => sum + count, 0);
  const isComplete = callers.reduce((sum, { count }) => sum + count, 0) >= matched;
  return [
    ...shown.map(({ principal, call, count }) => `${count.toLocaleString("en")} × ${call} by ${principal}`),
    ...(more === 0
      ? []
      : [
          `${events.toLocaleString("en")} × ${isComplete ? "" : "more than "}` +
            counted(more, "other call or principal", "other calls or principals"),
        ]),
  ];
}
