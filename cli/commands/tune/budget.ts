import { shownValue } from "../../../lib/support/printable";
import { SEVERITIES, type Severity } from "../../../detections/detection";

/** Alarms a week for each detection of an account, by severity. */
export type Budget = Readonly<Record<Severity, number>>;

/** How many alarms a person can look into. Pages must have very few false alarms. */
export const DEFAULT_BUDGET: Budget = { critical: 1, high: 2, medium: 5, low: 10 };

const WEEKS = { day: 1 / 7, week: 1, month: 30 / 7 } as const;
const RATE = /^(?:(\w+)=)?(\d+(?:\.\d+)?)\/(day|week|month)$/;

/**
 * Reads `2/week`, for all severities without a rate of their own, or `critical=1/week,low=1/day`, with defaults for the
 * others. A month has 30 days.
 *
 * @throws Error for anything else
 */
export function parseBudget(text: string): Budget {
  const rates = text.split(",").map((part) => rateOf(part, text));
  const of = new Map(rates);
  if (of.size < rates.length) throw new Error(refusal(text));
  const others = of.get(undefined);
  return Object.fromEntries(
    SEVERITIES.map((severity) => [severity, of.get(severity) ?? others ?? DEFAULT_BUDGET[severity]]),
  ) as Budget;
}

function rateOf(part: string, text: string): readonly [Severity | undefined, number] {
  const [, name, number = "", unit = "week"] = RATE.exec(part.trim()) ?? [];
  const severity = SEVERITIES.find((known) => known === name);
  if (number === "" || (name !== undefined && severity === undefined)) throw new Error(refusal(text));
  return [severity, Number(number) / WEEKS[unit as keyof typeof WEEKS]];
}

function refusal(text: string): string {
  return (
    `'--budget' must be such as 2/week, or low=1/day,critical=1/month (${SEVERITIES.join(", ")}, each once), ` +
    `got '${shownValue(text)}'`
  );
}
