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

/** A line for each metric that has no values in the records, with how many alarms depend on it, and where. */
export function unevaluatedText(unevaluated: readonly UnevaluatedAlarms[]): string[] {
  return [...new Set(unevaluated.map(({ metric }) => metric))].map((metric) => {
    const ofMetric = unevaluated.filter((alarms) => alarms.metric === metric);
    const count = ofMetric.reduce((sum, { alarms }) => sum + alarms.length, 0);
    const accounts = ofMetric.map(({ account }) => account);
    const what = WHY[metric] ?? `on ${metric}, which no metric filter makes`;
    return `Not evaluated: ${counted(count, "alarm")} ${what} (${abbreviated(accounts, MAX_NAMES)})`;
  });
}
