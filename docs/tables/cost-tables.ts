import { markdownTable } from "../../detections/docs/markdown";
import { blocksOf, textOfArgument } from "../../lib/terraform/read/arguments";
import type { Stack } from "../../lib/terraform/read/stack";
import { ALARM_METRICS, BY_USAGE, METRICS, MONTHLY } from "./prices";

/** What the stacks cost a month before the first event arrives. */
export function monthlyCosts(stacks: readonly Stack[]): string {
  const rows = MONTHLY.map(({ what, each, counted }) => {
    const count = stacks.reduce((sum, stack) => sum + countIn(stack, counted), 0);
    return { what, count, each, total: count * each };
  });
  const together = rows.reduce((sum, { total }) => sum + total, 0);
  return markdownTable(
    ["what", "count", "price each", "total"],
    [
      ...rows.map(({ what, count, each, total }) => [what, String(count), dollars(each), dollars(total)]),
      ["**together**", "", "", `**${dollars(together)}**`],
    ],
    [1, 2, 3],
  );
}

/** Prices of what depends on the number of events. */
export function usageCosts(): string {
  return markdownTable(
    ["what", "price"],
    BY_USAGE.map(({ what, price }) => [what, price]),
    [1],
  );
}

function countIn(stack: Stack, counted: string): number {
  if (counted === METRICS) return metricsOf(stack).size;
  if (counted === ALARM_METRICS) return alarmMetricsIn(stack);
  return Object.keys(stack.resources[counted] ?? {}).length;
}

/** How many metrics the alarms of a stack are billed for: those of metric queries, otherwise one each. */
function alarmMetricsIn({ resources }: Stack): number {
  return Object.values(resources.aws_cloudwatch_metric_alarm ?? {}).reduce((sum, alarm) => {
    const metrics = blocksOf(alarm, "metric_query").flatMap((query) => blocksOf(query, "metric"));
    return sum + Math.max(1, metrics.length * (textOfArgument(alarm, "threshold_metric_id") === undefined ? 1 : 3));
  }, 0);
}

/** Names of the metrics that a stack's filters write. */
function metricsOf({ resources }: Stack): Set<string> {
  return new Set(
    Object.values(resources.aws_cloudwatch_log_metric_filter ?? {})
      .flatMap((filter) => blocksOf(filter, "metric_transformation"))
      .map((metric) => `${textOfArgument(metric, "namespace") ?? ""}/${textOfArgument(metric, "name") ?? ""}`),
  );
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
