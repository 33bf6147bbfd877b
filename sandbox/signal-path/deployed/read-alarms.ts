import { type MetricAlarm, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import type { Alarm, TreatMissingData } from "../../../signals";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { LiveAlarm } from "./deployed-account";

const STATISTICS: ReadonlySet<string | undefined> = new Set(["SampleCount", "Sum", "Average", "Minimum", "Maximum"]);
const COMPARISONS: ReadonlySet<string | undefined> = new Set([
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
]);
const MISSING: ReadonlySet<string | undefined> = new Set(["missing", "ignore", "breaching", "notBreaching"]);

/** The alarms of an account's region that watch one statistic of one metric with a fixed threshold. */
export async function readAlarms({ cloudWatch: client }: ServiceClients, region: string): Promise<LiveAlarm[]> {
  const alarms: LiveAlarm[] = [];
  for await (const page of paginateDescribeAlarms({ client }, {})) {
    for (const alarm of page.MetricAlarms ?? []) alarms.push(...liveAlarm(alarm, region));
  }
  return alarms;
}

function liveAlarm(alarm: MetricAlarm, region: string): LiveAlarm[] {
  const { MetricName, Namespace, Statistic, ComparisonOperator, Period, EvaluationPeriods, Threshold } = alarm;
  if (MetricName === undefined || Namespace === undefined || Period === undefined) return [];
  if (EvaluationPeriods === undefined || Threshold === undefined) return [];
  if (!STATISTICS.has(Statistic) || !COMPARISONS.has(ComparisonOperator)) return [];
  const dimensions = Object.fromEntries((alarm.Dimensions ?? []).map(({ Name, Value }) => [Name ?? "", Value ?? ""]));
  return [
    {
      name: alarm.AlarmName ?? "",
      arn: alarm.AlarmArn ?? "",
      region,
      description: alarm.AlarmDescription ?? "",
      state: alarm.StateValue ?? "INSUFFICIENT_DATA",
      stateReason: alarm.StateReason ?? "",
      namespace: Namespace,
      metricName: MetricName,
      statistic: Statistic as Alarm["statistic"],
      comparison: ComparisonOperator as Alarm["comparison"],
      threshold: Threshold,
      periodSeconds: Period,
      evaluationPeriods: EvaluationPeriods,
      datapointsToAlarm: alarm.DatapointsToAlarm,
      ...(Object.keys(dimensions).length === 0 ? {} : { dimensions }),
      treatMissingData: MISSING.has(alarm.TreatMissingData) ? (alarm.TreatMissingData as TreatMissingData) : "missing",
      actionsEnabled: alarm.ActionsEnabled !== false,
      alarmActions: alarm.AlarmActions ?? [],
      okActions: alarm.OKActions ?? [],
      insufficientDataActions: alarm.InsufficientDataActions ?? [],
    },
  ];
}
