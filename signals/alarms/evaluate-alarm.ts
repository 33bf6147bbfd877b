import { AlarmError } from "./alarm-error";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export type AlarmComparison =
  "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";

/** How a period without any value is treated. */
export type TreatMissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** One evaluation of an alarm, in the words of CloudWatch's API. */
export interface AlarmEvaluation {
  /** The evaluation range, oldest first, null for a period without a value. CloudWatch evaluates more than N. */
  readonly values: readonly (number | null)[];
  readonly threshold: number;
  readonly comparison: AlarmComparison;
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
 * With N real values or more, the newest N decide. With fewer, all of them count, and the policy fills only as many as
 * are then missing. This matches AWS's tables of missing data.
 */
export function evaluateAlarm(evaluation: AlarmEvaluation): AlarmState {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = evaluation;
  checkCounts(evaluationPeriods, datapointsToAlarm);
  return stateOf(evaluation, evaluation.values, evaluation.previousState);
}

/** The same without validation, for an alarm whose counts are valid: it is called for every minute of a long time. */
export function stateOf(
  alarm: Omit<AlarmEvaluation, "values" | "previousState">,
  values: AlarmEvaluation["values"],
  previousState: AlarmState = "INSUFFICIENT_DATA",
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = "missing" } = alarm;
  let deciding = 0;
  let bad = 0;
  for (let at = values.length - 1; at >= 0 && deciding < evaluationPeriods; at -= 1) {
    const value = values[at] ?? null;
    if (value === null) continue;
    deciding += 1;
    if (breaches(alarm, value)) bad += 1;
  }
  const filled = evaluationPeriods - deciding;

  if (bad >= datapointsToAlarm) return "ALARM";
  if (filled === 0 || treatMissingData === "notBreaching") return "OK";
  if (treatMissingData === "breaching") return bad + filled >= datapointsToAlarm ? "ALARM" : "OK";
  if (bad < deciding) return "OK";
  if (treatMissingData === "ignore") return previousState;
  return withoutGoodValue(values, datapointsToAlarm, previousState);
}

/**
 * With only a few breaching values, or none, and `missing` as the treatment of missing data, the alarm is raised once
 * the oldest value is M periods old. Until then AWS documents only "not ALARM".
 */
function withoutGoodValue(
  values: AlarmEvaluation["values"],
  datapointsToAlarm: number,
  previousState: AlarmState,
): AlarmState {
  const oldest = values.findIndex((value) => value !== null);
  if (oldest < 0) return "INSUFFICIENT_DATA";
  if (values.length - oldest >= datapointsToAlarm) return "ALARM";
  return previousState === "OK" ? "OK" : "INSUFFICIENT_DATA";
}

/** Whether a value breaches the threshold: it is the left operand of the comparison. */
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
