/** The length of one period of an alarm, and the number of periods that decide. */
export interface AlarmPeriods {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

/** The rule by which CloudWatch would refuse an alarm's periods; undefined when it accepts them. */
export function periodsRefusal({ periodSeconds, evaluationPeriods }: AlarmPeriods): string | undefined {
  if (![10, 20, 30].includes(periodSeconds) && !(periodSeconds >= MINUTE && periodSeconds % MINUTE === 0)) {
    return `'periodSeconds' must be 10, 20, 30 or a multiple of 60, got '${periodSeconds}'`;
  }
  const longest = periodSeconds < HOUR ? DAY : WEEK;
  const interval = evaluationInterval({ periodSeconds, evaluationPeriods });
  if (interval <= longest) return undefined;
  return `'periodSeconds' times 'evaluationPeriods' must be at most ${longest} seconds, got '${interval}'`;
}

/** The length of an evaluation in seconds, without the extra range for missing values. */
export function evaluationInterval({ periodSeconds, evaluationPeriods }: AlarmPeriods): number {
  return periodSeconds * evaluationPeriods;
}

/** How often CloudWatch evaluates, in seconds: each minute, on a window that moves by one minute. */
export function evaluationCadence(periods: AlarmPeriods): number {
  if (periods.periodSeconds < MINUTE) return 10;
  return evaluationInterval(periods) > DAY ? HOUR : MINUTE;
}

/** How many periods CloudWatch retrieves to find N real values. AWS does not document it; this matches its examples. */
export function evaluationRange({ periodSeconds, evaluationPeriods }: AlarmPeriods): number {
  return evaluationPeriods + (periodSeconds < MINUTE ? MINUTE / periodSeconds : 2);
}

/** The fewest samples for which CloudWatch considers a percentile (0 to 100) significant. */
export function significantSamples(percentile: number): number {
  const tail = percentile >= 50 ? 100 - percentile : percentile;
  return 1000 / tail;
}
