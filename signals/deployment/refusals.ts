import { AlarmError } from "../alarms/alarm-error";
import { periodsRefusal } from "../alarms/alarm-schedule";
import { checkCounts } from "../alarms/evaluate-alarm";
import { EventPatternError } from "../../lib/patterns/event-pattern/event-pattern-error";
import { compileEventPattern } from "../../lib/patterns/event-pattern/event-pattern";
import { compileFilterPattern } from "../../lib/patterns/filter-pattern/filter-pattern";
import { FilterPatternError } from "../../lib/patterns/filter-pattern/filter-pattern-error";
import {
  compileMetricFilter,
  type MetricTransformation,
  MetricTransformationError,
} from "../metrics/metric-transformation";

/** Numbers of an alarm in Terraform; undefined where Terraform has none. */
export interface AlarmNumbers {
  readonly periodSeconds: number | undefined;
  readonly evaluationPeriods: number | undefined;
  readonly datapointsToAlarm: number | undefined;
  readonly threshold?: number | undefined;
}

/** Why AWS would refuse a metric filter; undefined when it accepts it. */
export function filterRefusal(pattern: string, transformation: MetricTransformation): string | undefined {
  return refusalOf(() => compileMetricFilter(compileFilterPattern(pattern), transformation));
}

/** Why EventBridge would refuse an event pattern; undefined when it accepts it. */
export function eventPatternRefusal(pattern: string): string | undefined {
  return refusalOf(() => compileEventPattern(pattern));
}

/** Why CloudWatch would refuse an alarm's numbers, with Terraform's names; undefined when it accepts them. */
export function alarmRefusal(numbers: AlarmNumbers): string | undefined {
  const { periodSeconds, evaluationPeriods, threshold, datapointsToAlarm = evaluationPeriods } = numbers;
  if (threshold !== undefined && !Number.isFinite(threshold)) return `'threshold' must be a number, got '${threshold}'`;
  if (evaluationPeriods === undefined || datapointsToAlarm === undefined) return undefined;
  const refusal =
    refusalOf(() => {
      checkCounts(evaluationPeriods, datapointsToAlarm);
    }) ?? (periodSeconds === undefined ? undefined : periodsRefusal({ periodSeconds, evaluationPeriods }));
  return refusal
    ?.replaceAll("periodSeconds", "period")
    .replaceAll("evaluationPeriods", "evaluation_periods")
    .replaceAll("datapointsToAlarm", "datapoints_to_alarm");
}

function refusalOf(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    const isRefusal =
      error instanceof AlarmError ||
      error instanceof EventPatternError ||
      error instanceof FilterPatternError ||
      error instanceof MetricTransformationError;
    if (!isRefusal) throw error;
    return error.message;
  }
}
