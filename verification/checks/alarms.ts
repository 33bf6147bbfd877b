import { counted } from "../../lib/support/counted";
import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { DeployedAlarm } from "../../signals";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import { failed, proven, type Finding } from "../result";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";
import { listed } from "./problems";
import { alarmPrefix } from "../../lib/naming/alarm-names";

/** Whether alarms evaluate the metrics as synthesized, and whether they notify a topic. */
export const alarmChecks: readonly Check[] = [
  { hop: "alarm", name: "alarms are as synthesized", run: asSynthesized },
  { hop: "alarm", name: "alarms act", run: act },
];

/** The account's alarms in AWS, by name. */
export async function storedAlarms(
  { session, account }: Subject,
  region: string,
): Promise<ReadonlyMap<string, MetricAlarm>> {
  const stored = await pages(
    (NextToken) =>
      session.query(
        READS.alarms,
        { AlarmNamePrefix: alarmPrefix(account.name), AlarmTypes: ["MetricAlarm"], NextToken },
        region,
      ),
    (answer) => ({ items: answer.MetricAlarms, next: answer.NextToken }),
  );
  return new Map((stored ?? []).map((alarm) => [alarm.AlarmName ?? "", alarm]));
}

async function asSynthesized(subject: Subject): Promise<Finding> {
  const { deployed, homeRegion } = subject.expected;
  const stored = await storedAlarms(subject, homeRegion);
  const problems = deployed.alarms.flatMap((alarm) => {
    const found = stored.get(alarm.name);
    const wrong = found === undefined ? ["is missing"] : differences(found, alarm);
    return wrong.length === 0 ? [] : [`${alarm.name} ${wrong.join(" and ")}`];
  });
  return problems.length === 0
    ? proven(`${counted(deployed.alarms.length, "alarm")} as synthesized`)
    : failed(listed(problems), "an alarm with other settings may stay silent", redeploy(monitoringStack(subject)));
}

function differences(stored: MetricAlarm, alarm: DeployedAlarm): string[] {
  const pairs = [
    ["metric", `${stored.Namespace ?? ""}/${stored.MetricName ?? ""}`, `${alarm.namespace}/${alarm.metricName}`],
    ["statistic", stored.Statistic, alarm.statistic],
    ["threshold", stored.Threshold, alarm.threshold],
    ["period", stored.Period, alarm.periodSeconds],
    ["evaluation periods", stored.EvaluationPeriods, alarm.evaluationPeriods],
    [
      "datapoints to alarm",
      stored.DatapointsToAlarm ?? stored.EvaluationPeriods,
      alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    ],
    ["comparison", stored.ComparisonOperator, alarm.comparison],
    ["missing data", stored.TreatMissingData ?? "missing", alarm.treatMissingData],
    ["dimensions", dimensionsOf(stored), JSON.stringify(Object.entries(alarm.dimensions ?? {}).sort())],
  ] as const;
  return pairs
    .filter(([, is, wanted]) => is !== wanted)
    .map(([name, is, wanted]) => `has ${name} ${String(is)}, not ${String(wanted)}`);
}

/** Actions of an alarm, in any state, that were not synthesized. */
export function otherActions(
  { AlarmActions = [], OKActions = [], InsufficientDataActions = [] }: MetricAlarm,
  wanted: readonly string[] = [],
): string[] {
  // An alarm may notify its topics of every state.
  return [...AlarmActions, ...OKActions, ...InsufficientDataActions].filter((arn) => !wanted.includes(arn));
}

function dimensionsOf({ Dimensions = [] }: MetricAlarm): string {
  return JSON.stringify(Dimensions.map(({ Name, Value }) => [Name, Value]).sort());
}

async function act(subject: Subject): Promise<Finding> {
  const { deployed, homeRegion } = subject.expected;
  const stored = await storedAlarms(subject, homeRegion);
  const off: string[] = [];
  const changed: string[] = [];
  for (const alarm of deployed.alarms) {
    const found = stored.get(alarm.name);
    // The other check reports a missing alarm.
    if (found === undefined) continue;
    if (alarm.actionsEnabled && found.ActionsEnabled !== true) off.push(alarm.name);
    const missing = (alarm.alarmActions ?? []).filter((arn) => found.AlarmActions?.includes(arn) !== true);
    if (missing.length > 0) changed.push(`${alarm.name} does not notify ${missing.join(", ")}`);
    const others = otherActions(found, alarm.alarmActions);
    if (others.length > 0) changed.push(`${alarm.name} also calls ${others.join(", ")}`);
  }
  if (off.length === 0 && changed.length === 0) {
    return proven(`actions of ${counted(deployed.alarms.length, "alarm")} enabled`);
  }
  return failed(
    listed([...off.map((name) => `actions of ${name} are off`), ...changed]),
    off.length === 0 && changed.every((problem) => problem.includes(" also calls "))
      ? "the alarm has actions that accounts/ does not configure"
      : "the alarm changes its state, but notifies no topic",
    changed.length === 0
      ? `aws cloudwatch enable-alarm-actions --region ${homeRegion} --alarm-names ${off.join(" ")}`
      : redeploy(monitoringStack(subject)),
  );
}
