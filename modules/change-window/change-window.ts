import { ownNamesOf } from "../own-names-of";
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { alarmDescription } from "../../lib/naming/alarm-description";
import { OWN_ALARMS } from "../../lib/naming/own-alarms";

export interface ChangeWindowProps {
  /** Name of the account, part of the alarms' names. */
  readonly accountName: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** ARN of the topic that is notified when a window opens, and when one stays open. */
  readonly topicArn: string;
}

/** A value of 1 opens the window, for as long as such values arrive. */
const METRIC = { metricName: "open", statistic: "Maximum" } as const;

/** Half hours of a day in which values may arrive; from the fifth on, the window is closed until fewer remain. */
const MOST_HALF_HOURS_A_DAY = 4;
/** Maximum evaluation range of an alarm with a period under an hour. Source: CloudWatch API, PutMetricAlarm. */
const HALF_HOURS_OF_A_DAY = 48;

/**
 * A window in which alarms may be suppressed. It fails safe: it ends five minutes after the last value of its metric,
 * and suppresses nothing once values have arrived in five half hours of the last 24 hours, whatever their source.
 *
 * CloudTrail does not record metric values, so the alarm itself notifies that a window was opened.
 */
export class ChangeWindow extends Construct {
  /** Name of the alarm that is in ALARM while a window is open. */
  public readonly alarmName: string;

  constructor(scope: Construct, id: string, { accountName, accountId, topicArn }: ChangeWindowProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const name = own.changeWindowAlarm(accountName);
    const alarm = (
      suffix: "open" | "too-long",
      advice: string,
      evaluation: { readonly period: number; readonly evaluationPeriods: number; readonly datapointsToAlarm: number },
    ): CloudwatchMetricAlarm => {
      const id = `change-window-${suffix}` as const;
      return new CloudwatchMetricAlarm(this, suffix, {
        alarmName: own.ownAlarmName(accountName, id),
        alarmDescription: alarmDescription(OWN_ALARMS[id], [
          OWN_ALARMS[id].meaning,
          `Account: ${accountName} (${accountId})`,
          `What to do: ${advice}`,
        ]),
        namespace: own.changeWindowNamespace,
        ...METRIC,
        ...evaluation,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        actionsEnabled: true,
        alarmActions: [topicArn],
      });
    };

    const open = alarm(
      "open",
      `ask who changes things there; if no one does, read queue ${own.keptMessagesQueue} at once.`,
      { period: 60, evaluationPeriods: 5, datapointsToAlarm: 1 },
    );
    // Half hours, because a value every 25 minutes suppresses alarms: five minutes of window, twenty after it. Over a
    // whole day, because skipping every fifth half hour would otherwise suppress them almost always.
    const tooLong = alarm(
      "too-long",
      `find who sends metric ${METRIC.metricName} of namespace ${own.changeWindowNamespace}, and stop it.`,
      { period: 1800, evaluationPeriods: HALF_HOURS_OF_A_DAY, datapointsToAlarm: MOST_HALF_HOURS_A_DAY + 1 },
    );

    this.alarmName = new CloudwatchCompositeAlarm(this, "Resource", {
      alarmName: name,
      alarmDescription: "Keeps alarms quiet while a change window is open, for two and a half hours a day at most",
      alarmRule: `ALARM("${open.alarmName}") AND NOT ALARM("${tooLong.alarmName}")`,
    }).alarmName;
  }
}
