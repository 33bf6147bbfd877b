import type { DeployedAccount, DeployedAlarm } from "../deployment/deployment";
import { announcementsOf } from "../alarms/announcements";
import { conditionParts, type ConditionParts } from "./condition-words";

/** A detection as it is deployed to one account. */
export interface WatchedDetection {
  readonly id: string;
  readonly severity: string | undefined;
  readonly alarm: DeployedAlarm;
  /** Names of the topics that are told, `none` where actions are off. */
  readonly tells: readonly string[];
  readonly condition: ConditionParts;
  /** Patterns without what differs by account and feed: equal ones mean the same. */
  readonly patterns: readonly string[];
}

/** Ends the first line of a description, with the kind of topic after it: `(high alert)`. */
const SEVERITY = /\((critical|high|medium|low)(?: \w+)?\)$/;

/** Every alarm on a metric that filters of the account fill, by the name of the metric, which is the detection's id. */
export function watchedBy(account: DeployedAccount): Map<string, WatchedDetection> {
  const patternsOf = new Map<string, string[]>();
  for (const { pattern, transformation } of account.filters) {
    const key = `${transformation.metricNamespace}/${transformation.metricName}`;
    patternsOf.set(key, [...(patternsOf.get(key) ?? []), withoutAccount(pattern, account.id)]);
  }
  return new Map(
    account.alarms.map((alarm) => {
      const patterns = (patternsOf.get(`${alarm.namespace}/${alarm.metricName}`) ?? []).sort();
      const id = idOf(alarm, account.name);
      return [
        id,
        {
          id,
          alarm,
          severity: severityOf(alarm),
          tells: tellsOf(alarm, account),
          patterns,
          condition: conditionParts(patterns),
        },
      ];
    }),
  );
}

/** Alarms of ours are named after account and detection; pack `cis` names its metrics as checkers want them. */
function idOf({ name, metricName }: DeployedAlarm, account: string): string {
  const prefix = `trailwatch-${account}-`;
  // Below a composite alarm that speaks for it, an alarm has an ending of its own.
  return name.startsWith(prefix) ? name.slice(prefix.length).replace(/-signal$/, "") : metricName;
}

function severityOf({ description = "" }: DeployedAlarm): string | undefined {
  return SEVERITY.exec(description.split("\n")[0] ?? "")?.[1];
}

function tellsOf(alarm: DeployedAlarm, account: DeployedAccount): string[] {
  return [alarm, ...announcementsOf(account, alarm.name)]
    .filter(({ actionsEnabled }) => actionsEnabled)
    .flatMap(({ alarmActions = [] }) => alarmActions.map((arn) => arn.split(":").at(-1) ?? arn))
    .sort();
}

function withoutAccount(pattern: string, id: string): string {
  return pattern.replaceAll(id, "<account>").replaceAll("$.detail.", "$.");
}
