import type { AlarmState, AlarmTransition } from "../../signals";
import type { LiveAlarm } from "./deployed/deployed-account";

/** Why an alarm is in its state: a sentence for people, and JSON for programs. */
export interface StateReason {
  readonly reason: string;
  readonly reasonData: string;
}

const COMPARED: Readonly<Record<LiveAlarm["comparison"], string>> = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

const TREATED = {
  breaching: "Breaching",
  notBreaching: "NonBreaching",
  missing: "Missing",
  ignore: "Ignored",
} as const;

/** The reason of a change, in CloudWatch's own words. `end` is where the evaluated periods end. */
export function stateReason(alarm: LiveAlarm, { from, to, values }: AlarmTransition, end: number): StateReason {
  const period = alarm.periodSeconds * 1000;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ value, at: end - (values.length - index) * period }],
  );
  // Only the newest are evaluated.
  const evaluated = points.slice(-alarm.evaluationPeriods);
  const reasonData = {
    version: "1.0",
    queryDate: apiTime(end),
    ...(evaluated[0] === undefined ? {} : { startDate: apiTime(evaluated[0].at) }),
    statistic: alarm.statistic,
    period: alarm.periodSeconds,
    recentDatapoints: evaluated.map(({ value }) => value),
    threshold: alarm.threshold,
    evaluatedDatapoints: evaluated.map(({ value, at }) => ({ timestamp: apiTime(at), value })).reverse(),
  };
  return { reason: sentence(alarm, from, to, evaluated), reasonData: JSON.stringify(reasonData) };
}

function sentence(
  alarm: LiveAlarm,
  from: AlarmState,
  to: AlarmState,
  evaluated: readonly { readonly value: number; readonly at: number }[],
): string {
  if (to === "INSUFFICIENT_DATA") return `Insufficient Data: ${missing(alarm.evaluationPeriods)}`;
  if (evaluated.length === 0) {
    const treated = TREATED[alarm.treatMissingData ?? "missing"];
    const { evaluationPeriods: count } = alarm;
    return `Threshold Crossed: no datapoints were received for ${plural(count, "period")} and ${plural(count, "missing datapoint")} ${count === 1 ? "was" : "were"} treated as [${treated}].`;
  }
  const needed = to === "ALARM" ? (alarm.datapointsToAlarm ?? alarm.evaluationPeriods) : 1;
  const list = [...evaluated].reverse().map(({ value, at }) => `${decimal(value)} (${sentenceTime(at)})`);
  const compared = `${to === "ALARM" ? "" : "not "}${COMPARED[alarm.comparison]} the threshold (${decimal(alarm.threshold)})`;
  return `Threshold Crossed: ${evaluated.length} out of the last ${plural(alarm.evaluationPeriods, "datapoint")} [${list.join(", ")}] ${evaluated.length === 1 ? "was" : "were"} ${compared} (minimum ${plural(needed, "datapoint")} for ${from} -> ${to} transition).`;
}

function missing(periods: number): string {
  return `${plural(periods, "datapoint")} ${periods === 1 ? "was" : "were"} unknown.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** CloudWatch shows whole numbers with one decimal. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `22/11/26 20:30:00` */
function sentenceTime(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

/** `2026-11-22T20:30:00.000+0000` */
export function apiTime(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}
