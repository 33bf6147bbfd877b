import { abbreviated } from "../../lib/support/abbreviated";
import { counted } from "../../lib/support/counted";
import type { UnevaluatedAlarms } from "../../signals";

/** More account names than this are only counted. */
const MAX_NAMES = 3;

const WHY: Readonly<Record<string, string>> = {
  composite: "on alarms that are not evaluated",
  "anomaly-detection": "by anomaly detection, which AWS evaluates",
  "forged-values": "on forged metric values, which no record has",
};

/** A line for each kind of alarm that has no values in the records, with how many there are, and where. */
export function unevaluatedText(unevaluated: readonly UnevaluatedAlarms[]): string[] {
  const lines = new Map<string, UnevaluatedAlarms[]>();
  for (const alarms of unevaluated) {
    const what = WHY[alarms.metric] ?? NO_FILTER;
    lines.set(what, [...(lines.get(what) ?? []), alarms]);
  }
  return [...lines].map(([what, of]) => {
    const accounts = [...new Set(of.map(({ account }) => account))];
    const text = what === NO_FILTER ? onMetrics(of) : what;
    return `Not evaluated: ${counted(countOf(of), "alarm")} ${text} (${abbreviated(accounts, MAX_NAMES)})`;
  });
}

const NO_FILTER = "on metrics that no metric filter makes";

function onMetrics(unevaluated: readonly UnevaluatedAlarms[]): string {
  const metrics = [...new Set(unevaluated.map(({ metric }) => metric))];
  const [only = ""] = metrics;
  if (metrics.length === 1) return `on ${only}, which no metric filter makes`;
  const counts = metrics.map((metric) => `${countOf(unevaluated.filter((one) => one.metric === metric))} on ${metric}`);
  return `${NO_FILTER}: ${counts.join(", ")}`;
}

function countOf(unevaluated: readonly UnevaluatedAlarms[]): number {
  return unevaluated.reduce((sum, { alarms }) => sum + alarms.length, 0);
}
