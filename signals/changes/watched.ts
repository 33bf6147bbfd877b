import { ownNames } from "../../lib/naming/own-names";
import { headlineOf } from "../../lib/naming/alarm-description";
import type {
  DeployedAccount,
  DeployedAlarm,
  DeployedAnomalyAlarm,
  DeployedLowestValueAlarm,
  MetricName,
} from "../deployment/deployment";
import { wrapperAlarmsOf } from "../alarms/wrapper-alarms";
import { conditionParts, type ConditionParts } from "./condition-words";

/** A detection as it is deployed to one account. */
export interface ComparedDetection {
  readonly id: string;
  /** When its alarm is raised and which topics it notifies, as text. */
  readonly settings: Readonly<Record<Setting, string>>;
  readonly condition: ConditionParts;
  /** Patterns without the parts that differ by account and feed: equal patterns mean the same. */
  readonly patterns: readonly string[];
}

type Setting =
  "severity" | "threshold" | "period" | "periods" | "alarm when" | "without data" | "statistic" | "notifies";

type WatchingAlarm = (DeployedAlarm | DeployedAnomalyAlarm | DeployedLowestValueAlarm) & Partial<MetricName>;

/**
 * Every alarm on a metric that the account's filters publish, by the name of the metric, which is the detection's id.
 */
export function watchedBy(account: DeployedAccount): Map<string, ComparedDetection> {
  const patternsOf = new Map<string, string[]>();
  for (const { pattern, transformation } of account.filters) {
    const key = `${transformation.metricNamespace}/${transformation.metricName}`;
    patternsOf.set(key, [...(patternsOf.get(key) ?? []), withoutAccount(pattern, account.id)]);
  }
  return new Map(
    alarmsOf(account).map((alarm) => {
      const patterns = (patternsOf.get(`${alarm.namespace ?? ""}/${alarm.metricName ?? ""}`) ?? []).sort();
      const id = idOf(alarm, account);
      return [id, { id, settings: settingsOf(alarm, account), patterns, condition: conditionParts(patterns) }];
    }),
  );
}

/** Alarms on a threshold, by anomaly detection, and on forged values. */
export function alarmsOf(account: DeployedAccount): readonly WatchingAlarm[] {
  const { alarms, anomalyAlarms = [], lowestValueAlarms = [] } = account;
  return [...alarms, ...anomalyAlarms, ...lowestValueAlarms];
}

function settingsOf(alarm: WatchingAlarm, account: DeployedAccount): ComparedDetection["settings"] {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = alarm;
  return {
    severity: headlineOf(alarm.description)?.severity ?? "none",
    threshold: "threshold" in alarm ? String(alarm.threshold) : `above ${alarm.band ?? "what is usual"}`,
    period: `${alarm.periodSeconds ?? "unknown"} s`,
    periods: `${datapointsToAlarm ?? "all"} of ${evaluationPeriods ?? "all"}`,
    "alarm when": alarm.comparison ?? "none",
    "without data": alarm.treatMissingData ?? "missing",
    statistic: alarm.statistic ?? "none",
    notifies: topicsOf(alarm, account).join(", ") || "none",
  };
}

/** Our alarms are named after account and detection. Pack `cis` uses the metric names that checkers require. */
function idOf({ name, metricName = name }: WatchingAlarm, account: DeployedAccount): string {
  return ownNames(account.names).detectionOfAlarm(account.name, name) ?? metricName;
}

function topicsOf(alarm: WatchingAlarm, account: DeployedAccount): string[] {
  return [alarm, ...wrapperAlarmsOf(account, alarm.name)]
    .filter(({ actionsEnabled }) => actionsEnabled)
    .flatMap(({ alarmActions = [] }) => alarmActions.map((arn) => arn.split(":").at(-1) ?? arn))
    .sort();
}

function withoutAccount(pattern: string, id: string): string {
  return pattern.replaceAll(id, "<account>").replaceAll("$.detail.", "$.");
}
