import type { Deployment } from "../../deployment/deployment";
import { evaluable } from "./composites";

/** Alarms of an account that records cannot set off, because records do not determine the values of their metric. */
export interface UnevaluatedAlarms {
  readonly account: string;
  /**
   * `<namespace>/<metric>`, such as `AWS/Events/FailedInvocations`; `composite` for alarms on such alarms,
   * `anomaly-detection` where only AWS can evaluate, `forged-values` for values that no metric filter publishes.
   */
  readonly metric: string;
  readonly alarms: readonly string[];
}

/**
 * Every alarm that a replay does not evaluate: alarms on metrics that no filter publishes, anomaly detection alarms, and
 * alarms on forged values.
 */
export function unevaluatedAlarms({ accounts }: Deployment): readonly UnevaluatedAlarms[] {
  return accounts.flatMap(({ name: account, alarms, filters, ...further }) => {
    const { compositeAlarms = [], anomalyAlarms = [], lowestValueAlarms = [] } = further;
    const made = new Set(
      filters.map(({ transformation }) => `${transformation.metricNamespace}/${transformation.metricName}`),
    );
    const metricOf = ({ namespace, metricName }: (typeof alarms)[number]): string => `${namespace}/${metricName}`;
    const evaluated = alarms.filter((alarm) => made.has(metricOf(alarm)));
    const composites = evaluable(compositeAlarms, new Set(evaluated.map(({ name }) => name)));
    const unjudged = [
      ...alarms
        .filter((alarm) => !evaluated.includes(alarm))
        .map((alarm) => ({ name: alarm.name, metric: metricOf(alarm) })),
      ...anomalyAlarms.map(({ name }) => ({ name, metric: "anomaly-detection" })),
      ...lowestValueAlarms.map(({ name }) => ({ name, metric: "forged-values" })),
      ...compositeAlarms
        .filter((alarm) => !composites.includes(alarm))
        .map(({ name }) => ({ name, metric: "composite" })),
    ];
    return [...new Set(unjudged.map(({ metric }) => metric))].map((metric) => ({
      account,
      metric,
      alarms: unjudged.filter((alarm) => alarm.metric === metric).map(({ name }) => name),
    }));
  });
}
