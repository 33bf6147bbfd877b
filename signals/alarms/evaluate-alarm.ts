import { AlarmError } from "./alarm-error";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export type ComparisonOperator =
  "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";

/** What a period without any value counts as. */
export type TreatMissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** One evaluation of an alarm, in the words of CloudWatch's API. */
export interface AlarmEvaluation {
  /** The evaluation range, oldest first, null for a period without a value. CloudWatch looks at more than N. */
  readonly values: readonly (number | null)[];
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  /** N: how many periods decide. */
  readonly evaluationPeriods: number;
  /**
   * M: how many of them must breach.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;
  /** @default "missing" */
  readonly treatMissingData?: TreatMissingData;
  /** @default "INSUFFICIENT_DATA" */
  readonly previousState?: AlarmState;
}

/**
 * The state that CloudWatch gives an alarm.
 *
 * With N real values or more, the newest N decide. With fewer, all of them count, and only as many as are then missing
 * are filled by the policy. AWS's tables of missing data hold.
 */
export function evaluateAlarm(evaluation: AlarmEvaluation): AlarmState {
  const { values, evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = "missing" } = evaluation;
  checkCounts(evaluationPeriods, datapointsToAlarm);

  const breaching = values.map((value) => (value === null ? null : breaches(evaluation, value)));
  const real = breaching.filter((breach) => breach !== null);
  const deciding = real.slice(-evaluationPeriods);
  const bad = deciding.filter((breach) => breach).length;
  const filled = evaluationPeriods - deciding.length;

  if (bad >= datapointsToAlarm) return "ALARM";
  if (filled === 0 || treatMissingData === "notBreaching") return "OK";
  if (treatMissingData === "breaching") return bad + filled >= datapointsToAlarm ? "ALARM" : "OK";
  if (bad < deciding.length) return "OK";
  return withoutGoodValue(evaluation, breaching, datapointsToAlarm);
}

/**
 * Nothing but a few breaching values, or none: `ignore` keeps the state, `missing` alarms once the oldest of them is M
 * periods old. Until then AWS says no more than "not ALARM".
 */
function withoutGoodValue(
  { treatMissingData, previousState = "INSUFFICIENT_DATA" }: AlarmEvaluation,
  breaching: readonly (boolean | null)[],
  datapointsToAlarm: number,
): AlarmState {
  if (treatMissingData === "ignore") return previousState;
  const oldest = breaching.findIndex((breach) => breach !== null);
  if (oldest < 0) return "INSUFFICIENT_DATA";
  if (breaching.length - oldest >= datapointsToAlarm) return "ALARM";
  return previousState === "OK" ? "OK" : "INSUFFICIENT_DATA";
}

/** Whether a value breaches: it stands on the left of the comparison. */
export function breaches(
  { threshold, comparison }: Pick<AlarmEvaluation, "threshold" | "comparison">,
  value: number,
): boolean {
  switch (comparison) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

/** @throws AlarmError unless 1 ≤ M ≤ N */
export function checkCounts(evaluationPeriods: number, datapointsToAlarm: number): void {
  if (!Number.isInteger(evaluationPeriods) || evaluationPeriods < 1) {
    throw new AlarmError(`'evaluationPeriods' must be a whole number from 1, got '${evaluationPeriods}'`);
  }
  if (!Number.isInteger(datapointsToAlarm) || datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw new AlarmError(
      `'datapointsToAlarm' must be from 1 to 'evaluationPeriods' (${evaluationPeriods}), got '${datapointsToAlarm}'`,
    );
  }
}
