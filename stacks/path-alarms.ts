import { ownNames } from "../lib/naming/own-names";
import type { Construct } from "constructs";
import { heartbeat } from "../detections/packs/guard/heartbeat";
import type { PathAlarm } from "../detections/path-alarm";
import { pathAlarmsOf } from "../detections/path-alarms";
import { eventRuleSilent } from "../detections/path-alarms/event-rule-silent";
import { logGroupSilent } from "../detections/path-alarms/log-group-silent";
import { metricsForged } from "../detections/path-alarms/metrics-forged";
import { alarmDescription, KIND_OF_SEVERITY, RECOVERY_LINE } from "../lib/naming/alarm-description";
import { compileEventPattern } from "../lib/patterns/event-pattern/event-pattern";
import type { LowerableMetric } from "../modules/path-alarms/lowerable-metric";
import { MetricsForgedAlarms } from "../modules/path-alarms/metrics-forged-alarms";
import { SilenceAlarm, type TrafficMetric } from "../modules/path-alarms/silence-alarm";
import type { Account, Organization } from "../organization/organization";
import type { DeployedFeedParts } from "./account-feed";

export interface PathAlarmsProps {
  readonly organization: Organization;
  readonly account: Account;
  readonly feed: DeployedFeedParts;
  /** Metrics of the account's detections that forged values can lower. */
  readonly metrics: readonly LowerableMetric[];
  /** Whether the account makes its hourly call. */
  readonly hasHeartbeat: boolean;
  /** ARN of the topic for alerts. */
  readonly topicArn: string;
}

/** The alarms on the signal path itself, in an account that subscribes to pack `guard`. */
export function createPathAlarms(scope: Construct, props: PathAlarmsProps): void {
  const { organization, account, feed, metrics, hasHeartbeat, topicArn } = props;
  const name = (alarm: PathAlarm): string => ownNames(organization.names).alarmName(account.name, alarm.id);
  const describe = (alarm: PathAlarm, watched: string): string =>
    alarmDescription({ title: alarm.title, severity: alarm.severity, kind: KIND_OF_SEVERITY[alarm.severity] }, [
      alarm.meaning,
      `Raised by: ${alarm.raisedBy}.`,
      ...(alarm.alarmWhen === "missed" ? [RECOVERY_LINE] : []),
      `Account: ${account.name} (${account.id})`,
      `Runbook: ${organization.runbooks}/${alarm.id}.md`,
      `Watches: ${watched}`,
    ]);
  const silence = (alarm: PathAlarm, metric: TrafficMetric, watched: string): void => {
    const description = describe(alarm, watched);
    new SilenceAlarm(scope, alarm.id, { alarmName: name(alarm), description, metric, topicArn });
  };

  const alarms = pathAlarmsOf({ packs: account.packs, feed: account.feed, hasHeartbeat });
  if (alarms.includes(metricsForged)) {
    new MetricsForgedAlarms(scope, metricsForged.id, {
      alarmName: name(metricsForged),
      describe: (some) => describe(metricsForged, some.map(({ metricName }) => metricName).join(", ")),
      metrics,
      topicArn,
    });
  }
  if (alarms.includes(logGroupSilent)) {
    const { logGroup: logGroupName } = feed;
    silence(logGroupSilent, { namespace: "AWS/Logs", metricName: "IncomingLogEvents", logGroupName }, logGroupName);
  }
  const ruleName = feed.rules.find(({ pattern }) => carriesHeartbeat(pattern, account))?.name;
  if (alarms.includes(eventRuleSilent) && ruleName !== undefined) {
    silence(eventRuleSilent, { namespace: "AWS/Events", metricName: "Invocations", ruleName }, ruleName);
  }
}

/** Whether a rule with this pattern sends the account's hourly call to the log group. */
function carriesHeartbeat(pattern: object, account: Account): boolean {
  const [record] = heartbeat.examples.matches;
  const detail = { ...record, recipientAccountId: account.id };
  const event = { source: "aws.ssm", "detail-type": "AWS API Call via CloudTrail", account: account.id, detail };
  return compileEventPattern(pattern).matches(event);
}
