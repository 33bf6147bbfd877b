import { consoleAddress } from "../../lib/aws/partitions";
import type { AlarmState } from "../../signals";
import { apiTime } from "./alarm-reason";
import type { LiveAlarm } from "./deployed/deployed-account";

/** Names of regions in notifications. Source: AWS General Reference, regional endpoints. */
const REGION_NAMES: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "eu-central-1": "EU (Frankfurt)",
  "eu-north-1": "EU (Stockholm)",
  "eu-south-1": "EU (Milan)",
  "eu-west-1": "EU (Ireland)",
  "eu-west-2": "EU (London)",
  "eu-west-3": "EU (Paris)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
};

/** A change of state that is notified. */
export interface NotifiedChange {
  readonly account: string;
  readonly alarm: LiveAlarm;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
  /**
   * The reason for programs, JSON.
   *
   * @default - none: the state was set by hand
   */
  readonly reasonData?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Subjects are cut at SNS's limit. Source: SNS API, Publish. */
const MOST_SUBJECT = 100;

export function alarmSubject({ alarm, to }: NotifiedChange): string {
  return `${to}: "${alarm.name}" in ${regionName(alarm.region)}`.slice(0, MOST_SUBJECT);
}

/** The message that CloudWatch publishes: JSON. */
export function alarmMessage(change: NotifiedChange): string {
  const { account, alarm, from, to, reason, at } = change;
  return JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: alarm.description === "" ? null : alarm.description,
    AWSAccountId: account,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: apiTime(at),
    Region: regionName(alarm.region),
    AlarmArn: alarm.arn,
    OldStateValue: from,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    Trigger: {
      MetricName: alarm.metricName,
      Namespace: alarm.namespace,
      StatisticType: "Statistic",
      Statistic: alarm.statistic.toUpperCase(),
      Unit: null,
      Dimensions: Object.entries(alarm.dimensions ?? {}).map(([name, value]) => ({ value, name })),
      Period: alarm.periodSeconds,
      EvaluationPeriods: alarm.evaluationPeriods,
      DatapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
      ComparisonOperator: alarm.comparison,
      Threshold: alarm.threshold,
      TreatMissingData: alarm.treatMissingData,
      EvaluateLowSampleCountPercentile: "",
    },
  });
}

/** The text of the mail that SNS creates from the message. */
export function alarmMail(change: NotifiedChange): string {
  const { account, alarm, from, to, reason, at } = change;
  const when = new Date(at).toUTCString().replace("GMT", "UTC");
  const console_ = `${consoleAddress(alarm.region)}/cloudwatch/deeplink.js?region=${alarm.region}#alarmsV2:alarm/${encodeURIComponent(alarm.name)}`;
  return `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${regionName(alarm.region)} region has entered the ${to} state, because "${reason}" at "${when}".

View this alarm in the AWS Management Console:
${console_}

Alarm Details:
- Name:                       ${alarm.name}
- Description:                ${alarm.description}
- State Change:               ${from} -> ${to}
- Reason for State Change:    ${reason}
- Timestamp:                  ${when}
- AWS Account:                ${account}
- Alarm Arn:                  ${alarm.arn}

Threshold:
- The alarm is in the ALARM state when the metric is ${alarm.comparison} ${alarm.threshold} for at least ${alarm.datapointsToAlarm ?? alarm.evaluationPeriods} of the last ${alarm.evaluationPeriods} period(s) of ${alarm.periodSeconds} seconds.

Monitored Metric:
- MetricNamespace:                     ${alarm.namespace}
- MetricName:                          ${alarm.metricName}
- Period:                              ${alarm.periodSeconds} seconds
- Statistic:                           ${alarm.statistic}
- TreatMissingData:                    ${alarm.treatMissingData ?? "missing"}

State Change Actions:
- OK: ${listed(alarm.okActions)}
- ALARM: ${listed(alarm.alarmActions)}
- INSUFFICIENT_DATA: ${listed(alarm.insufficientDataActions)}
`;
}

function regionName(region: string): string {
  return REGION_NAMES[region] ?? region;
}

function listed(actions: readonly string[] = []): string {
  return actions.map((action) => `[${action}]`).join(" ");
}
