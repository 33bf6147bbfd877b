import type { UnevaluatedAlarms } from "../../signals";

/** More account names than this are only counted. */
const MAX_NAMES = 3;

const WHY: Readonly<Record<string, string>> = {
  composite: "on alarms that are not evaluated",
  "anomaly-detection": "by anomaly detection, which AWS evaluates",
};

/** A line for each metric that has no values in the records, with how many alarms depend on it, and where. */
export function unevaluatedText(unjudged: readonly UnevaluatedAlarms[]): string[] {
  return [...new Set(unjudged.map(({ metric }) => metric))].map((metric) => {
    const ofMetric = unjudged.filter((alarms) => alarms.metric === metric);
    const count = ofMetric.reduce((sum, { alarms }) => sum + alarms.length, 0);
    const accounts = ofMetric.map(({ account }) => account);
    const names = accounts.slice(0, MAX_NAMES).join(", ");
    const more = accounts.length > MAX_NAMES ? ` and ${accounts.length - MAX_NAMES} more` : "";
    const what = WHY[metric] ?? `on ${metric}, which no metric filter makes`;
    return `Not evaluated: ${count} alarm${count === 1 ? "" : "s"} ${what} (${names}${more})`;
  });
}
