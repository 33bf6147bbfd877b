import { restOfLowestValue } from "../../lib/patterns/lowest-value";
import { blocksOf, flagOf, numberOfArgument, textMapOf, textOfArgument } from "../../lib/terraform/read/arguments";
import type { StackReader } from "../../lib/terraform/read/stack-reader";
import { breaches } from "../alarms/evaluate-alarm";
import type { DeployedLowestValueAlarm, MetricName } from "./deployment";
import { actionsOf, ALARM, isComparison, isMissing, refuseNumbers } from "./read-alarm-path";

/** A metric math alarm on the lowest value of several metrics; no other metric math is evaluated. */
export function readLowestValueAlarm(reader: StackReader, id: string): DeployedLowestValueAlarm | undefined {
  const alarm = reader.arguments(ALARM, id);
  const queries = blocksOf(alarm, "metric_query");
  // See readAlarm and readAnomalyAlarm.
  if (queries.length === 0 || textOfArgument(alarm, "threshold_metric_id") !== undefined) return undefined;

  const name = reader.text(ALARM, id, "alarm_name");
  const series = queries.flatMap((query) => blocksOf(query, "metric"));
  const results = queries.filter((query) => flagOf(query, "return_data", false));
  const rest = restOfLowestValue(textOfArgument(results[0] ?? {}, "expression") ?? "");
  const metrics = series.flatMap((metric): MetricName[] => {
    const namespace = textOfArgument(metric, "namespace");
    const metricName = textOfArgument(metric, "metric_name");
    const isMinimum = textOfArgument(metric, "stat") === "Minimum" && textMapOf(metric, "dimensions") === undefined;
    return isMinimum && namespace !== undefined && metricName !== undefined ? [{ namespace, metricName }] : [];
  });
  const periods = new Set(series.map((metric) => numberOfArgument(metric, "period")));
  const [periodSeconds] = periods;
  const evaluationPeriods = numberOfArgument(alarm, "evaluation_periods");
  const datapointsToAlarm = numberOfArgument(alarm, "datapoints_to_alarm");
  const threshold = numberOfArgument(alarm, "threshold");
  const comparison = textOfArgument(alarm, "comparison_operator") ?? "";
  const treatMissingData = textOfArgument(alarm, "treat_missing_data") ?? "missing";
  if (
    name === undefined ||
    periodSeconds === undefined ||
    evaluationPeriods === undefined ||
    threshold === undefined ||
    !isComparison(comparison) ||
    !isMissing(treatMissingData) ||
    rest === undefined ||
    results.length !== 1 ||
    periods.size !== 1 ||
    metrics.length !== series.length ||
    queries.length !== series.length + 1 ||
    breaches({ threshold, comparison }, rest)
  ) {
    reader.warn(
      ALARM,
      id,
      "of metric math, only 'MIN(FILL(METRICS(), <number>))' of minima in one period is evaluated",
    );
    return undefined;
  }
  refuseNumbers(reader, id, { periodSeconds, evaluationPeriods, datapointsToAlarm, threshold });
  return {
    name,
    metrics,
    statistic: "Minimum",
    comparison,
    threshold,
    treatMissingData,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    description: textOfArgument(alarm, "alarm_description"),
    ...actionsOf(reader, ALARM, id),
  };
}
