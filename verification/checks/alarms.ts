import { ownNames } from "../../lib/naming/own-names";
import { counted } from "../../lib/support/counted";
import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { restOfLowestValue } from "../../lib/patterns/lowest-value";
import { breaches, type DeployedAccount, type DeployedAlarm, type DeployedLowestValueAlarm } from "../../signals";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import { failed, proven, type Finding } from "../result";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";
import { listed } from "./problems";

/** Whether alarms evaluate the metrics as synthesized, and whether they notify a topic. */
export const alarmChecks: readonly Check[] = [
  { hop: "alarm", name: "alarms are as synthesized", run: asSynthesized },
  { hop: "alarm", name: "alarms act", run: act },
];

/** The account's alarms in AWS, by name. */
export async function storedAlarms(
  { session, account, organization }: Subject,
  region: string,
): Promise<ReadonlyMap<string, MetricAlarm>> {
  const stored = await pages(
    (NextToken) =>
      session.query(
        READS.alarms,
        {
          AlarmNamePrefix: ownNames(organization.names).alarmPrefix(account.name),
          AlarmTypes: ["MetricAlarm"],
          NextToken,
        },
        region,
      ),
    (answer) => ({ items: answer.MetricAlarms, next: answer.NextToken }),
  );
  return new Map((stored ?? []).map((alarm) => [alarm.AlarmName ?? "", alarm]));
}

/** Alarms with a threshold, on one metric or on several. */
function alarmsOf({ alarms, lowestValueAlarms = [] }: DeployedAccount): readonly ThresholdAlarm[] {
  return [...alarms, ...lowestValueAlarms];
}

type ThresholdAlarm = DeployedAlarm | DeployedLowestValueAlarm;

async function asSynthesized(subject: Subject): Promise<Finding> {
  const { deployed, homeRegion } = subject.expected;
  const stored = await storedAlarms(subject, homeRegion);
  const alarms = alarmsOf(deployed);
  const problems = alarms.flatMap((alarm) => {
    const found = stored.get(alarm.name);
    const wrong = found === undefined ? ["is missing"] : differences(found, alarm);
    return wrong.length === 0 ? [] : [`${alarm.name} ${wrong.join(" and ")}`];
  });
  return problems.length === 0
    ? proven(`${counted(alarms.length, "alarm")} as synthesized`)
    : failed(listed(problems), "an alarm with other settings may stay silent", redeploy(monitoringStack(subject)));
}

function differences(stored: MetricAlarm, alarm: ThresholdAlarm): string[] {
  const pairs = [
    ...("metrics" in alarm ? mathPairs(stored, alarm) : metricPairs(stored, alarm)),
    ["threshold", stored.Threshold, alarm.threshold],
    ["evaluation periods", stored.EvaluationPeriods, alarm.evaluationPeriods],
    [
      "datapoints to alarm",
      stored.DatapointsToAlarm ?? stored.EvaluationPeriods,
      alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    ],
    ["comparison", stored.ComparisonOperator, alarm.comparison],
    ["missing data", stored.TreatMissingData ?? "missing", alarm.treatMissingData],
  ] as const;
  return pairs
    .filter(([, is, wanted]) => is !== wanted)
    .map(([name, is, wanted]) => `has ${name} ${String(is)}, not ${String(wanted)}`);
}

/** What a setting is called, what it is, and what it was synthesized as. */
type Pair = readonly [setting: string, is: string | number | undefined, wanted: string | number | undefined];

function metricPairs(stored: MetricAlarm, alarm: DeployedAlarm): readonly Pair[] {
  return [
    ["metric", `${stored.Namespace ?? ""}/${stored.MetricName ?? ""}`, `${alarm.namespace}/${alarm.metricName}`],
    ["statistic", stored.Statistic, alarm.statistic],
    ["period", stored.Period, alarm.periodSeconds],
    ["dimensions", dimensionsOf(stored), JSON.stringify(Object.entries(alarm.dimensions ?? {}).sort())],
  ];
}

/** The expression is compared by what it evaluates: the lowest value, and what a metric without one counts as. */
function mathPairs({ Metrics = [] }: MetricAlarm, alarm: DeployedLowestValueAlarm): readonly Pair[] {
  const series = Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  const [result, ...others] = Metrics.filter(({ ReturnData }) => ReturnData === true);
  const names = series.map(({ Metric }) => `${Metric?.Namespace ?? ""}/${Metric?.MetricName ?? ""}`);
  const wanted = alarm.metrics.map(({ namespace, metricName }) => `${namespace}/${metricName}`);
  const different = (values: readonly unknown[]): string => [...new Set(values)].map(String).join(", ");
  const rest = restOfLowestValue(result?.Expression ?? "");
  const isLowest = others.length === 0 && rest !== undefined && !breaches(alarm, rest);
  return [
    ["metrics", names.sort().join(", "), wanted.sort().join(", ")],
    ["statistic", different(series.map(({ Stat }) => Stat)), alarm.statistic],
    ["period", different(series.map(({ Period }) => Period)), String(alarm.periodSeconds)],
    ["expression", isLowest ? "of the lowest value" : (result?.Expression ?? "none"), "of the lowest value"],
  ];
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
  const alarms = alarmsOf(deployed);
  for (const alarm of alarms) {
    const found = stored.get(alarm.name);
    // The other check reports a missing alarm.
    if (found === undefined) continue;
    if (alarm.actionsEnabled && found.ActionsEnabled !== true) off.push(alarm.name);
    const missing = (alarm.alarmActions ?? []).filter((arn) => found.AlarmActions?.includes(arn) !== true);
    if (missing.length > 0) changed.push(`${alarm.name} does not notify ${missing.join(", ")}`);
    const unrecovered = (alarm.okActions ?? []).filter((arn) => found.OKActions?.includes(arn) !== true);
    if (unrecovered.length > 0)
      changed.push(`${alarm.name} does not notify ${unrecovered.join(", ")} when it recovers`);
    const others = otherActions(found, alarm.alarmActions);
    if (others.length > 0) changed.push(`${alarm.name} also calls ${others.join(", ")}`);
  }
  if (off.length === 0 && changed.length === 0) {
    return proven(`actions of ${counted(alarms.length, "alarm")} enabled`);
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
