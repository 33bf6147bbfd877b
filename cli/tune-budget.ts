import { SEVERITIES, type Severity } from "../detections/detection";

/** Alarms a week, for each detection of an account, by its severity. */
export type Budget = Readonly<Record<Severity, number>>;

/** What a person can look into: what pages may hardly ever come in vain. */
export const DEFAULT_BUDGET: Budget = { critical: 1, high: 2, medium: 5, low: 10 };

const WEEKS = { day: 1 / 7, week: 1, month: 30 / 7 } as const;
const RATE = /^(?:(\w+)=)?(\d+(?:\.\d+)?)\/(day|week|month)$/;

/**
 * Reads `2/week`, for all severities, or `critical=1/week,low=1/day`, the others as by default. A month has 30 days.
 *
 * @throws Error for anything else
 */
export function parseBudget(text: string): Budget {
  return text.split(",").reduce((budget, part) => withRate(budget, part, text), DEFAULT_BUDGET);
}

function withRate(budget: Budget, part: string, text: string): Budget {
  const [, severity, number = "", unit = "week"] = RATE.exec(part.trim()) ?? [];
  const known = SEVERITIES.find((name) => name === severity);
  if (number === "" || (severity !== undefined && known === undefined)) {
    throw new Error(
      `'--budget' must be such as 2/week, or low=1/day,critical=1/month (${SEVERITIES.join(", ")}), got '${text}'`,
    );
  }
  const rate = Number(number) / WEEKS[unit as keyof typeof WEEKS];
  const rates = (known === undefined ? SEVERITIES : [known]).map((name) => [name, rate] as const);
  return { ...budget, ...Object.fromEntries(rates) };
}
