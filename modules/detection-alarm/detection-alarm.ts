import type { OwnNames } from "../../lib/naming/own-names";
import { ownNamesOf } from "../own-names-of";
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import { signalAlarmName } from "../../lib/naming/alarm-names";
import type { LowerableMetric } from "../path-alarms/lowerable-metric";
import { asWritten } from "../user-text";
import { alarmEvaluation, type AlarmEvaluationProps, EVALUATION_DEFAULTS, statisticOfAlarm } from "./alarm-evaluation";
import { alarmProblems } from "./alarm-problems";

export interface DetectionAlarmProps extends AlarmEvaluationProps {
  /** Name of the account, part of the alarm's name: `trailwatch-<account>-<detection>`. `nameBy` changes `trailwatch`. */
  readonly accountName: string;

  /** Id of the detection, such as `root-use`: name of the metric, part of the names of filters and alarm. */
  readonly detection: string;

  /** What happened, where and what to do: the text of the notification, at most 1,024 characters. */
  readonly description: string;

  /** Name of the log group whose events are evaluated. */
  readonly logGroupName: string;

  /**
   * Filter patterns; no event may match two of them, because each becomes a filter onto the same metric. Use several
   * when one pattern is too small (1,024 characters, 3 wildcards); 100 at most.
   */
  readonly filterPatterns: readonly string[];

  /**
   * CloudWatch Logs Insights query that shows the events and who caused them; saved beside the alarm.
   *
   * @default - no saved query
   */
  readonly query?: string;

  /** ARN of the topic that gets the alarm, in the alarm's region. */
  readonly topicArn: string;

  /**
   * ARNs of further topics that get the alarm.
   *
   * @default - none
   */
  readonly furtherTopicArns?: readonly string[];

  /**
   * Suppress notifications in change windows. A composite alarm then notifies the topic, because CloudWatch can
   * suppress the actions of no other kind; the metric alarm is named `...-signal` and always notifies another topic.
   *
   * @default - the alarm always notifies the topic
   */
  readonly changeWindow?: QuietInWindow | undefined;
}

/** When a detection's topic is not notified. */
export interface QuietInWindow {
  /** Name of the alarm that is in ALARM while a window is open. */
  readonly suppressor: string;
  /** ARN of the topic that is notified in windows too: checkers require an action of every metric alarm. */
  readonly recordTopicArn: string;
}

/**
 * Seconds that a composite alarm waits for its suppressor: one period of it, so that a window may open with the change.
 */
const WAIT_SECONDS = 60;
/** Seconds of suppression after a window: CloudTrail's events arrive up to 15 minutes late. */
const EXTENSION_SECONDS = 20 * 60;

/** Namespace of a detection's metric, and what begins the names of its filters. */
export function metricsOf(
  own: OwnNames,
  asCheckersExpect: boolean,
): { readonly namespace: string; readonly filterPrefix: string } {
  return asCheckersExpect ? own.cisMetrics : { namespace: own.metricNamespace, filterPrefix: own.prefix };
}

/**
 * A detection in CloudWatch: metric filters, one metric, one alarm, a saved query. Patterns, description and query are
 * text: `${` in them is not an expression.
 */
export class DetectionAlarm extends Construct {
  /** Name of the metric alarm. */
  public readonly alarmName: string;
  /** The metric, if forged values can lower what the alarm compares; undefined: they cannot. */
  public readonly lowerable: LowerableMetric | undefined;

  constructor(scope: Construct, id: string, props: DetectionAlarmProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const {
      evaluationPeriods = EVALUATION_DEFAULTS.evaluationPeriods,
      periodSeconds = EVALUATION_DEFAULTS.periodSeconds,
      threshold = EVALUATION_DEFAULTS.threshold,
    } = props;
    const problems = alarmProblems({ ...props, threshold, periodSeconds, evaluationPeriods });
    if (problems.length > 0) {
      throw new Error(problems.map((problem) => `${problem} (at ${this.node.path})`).join("\n"));
    }

    const { namespace, filterPrefix } = metricsOf(own, props.asCheckersExpect === true);
    // Source: Security Hub User Guide, CloudWatch controls.
    const metric = props.asCheckersExpect === true ? { defaultValue: "0" } : {};
    props.filterPatterns.forEach((pattern, index) => {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      new CloudwatchLogMetricFilter(this, `filter${suffix}`, {
        name: `${filterPrefix}${props.detection}${suffix}`,
        logGroupName: props.logGroupName,
        pattern: asWritten(pattern),
        metricTransformation: { namespace, name: props.detection, value: "1", ...metric },
      });
    });

    this.lowerable =
      statisticOfAlarm(props) === "Maximum"
        ? undefined
        : {
            namespace,
            metricName: props.detection,
            lowest: props.asCheckersExpect === true ? 0 : 1,
            evaluatedSeconds: periodSeconds * evaluationPeriods,
          };

    const { changeWindow, furtherTopicArns = [] } = props;
    const alarmDescription = asWritten(props.description);
    const topicArns = [props.topicArn, ...furtherTopicArns];
    // Only the recovery of a missing signal is worth a message.
    const recovery = props.alarmWhen === "missed" ? { okActions: topicArns } : {};
    const name = own.alarmName(props.accountName, props.detection);
    this.alarmName = changeWindow === undefined ? name : signalAlarmName(name);
    const alarm = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: this.alarmName,
      alarmDescription,
      evaluationPeriods,
      ...alarmEvaluation({ namespace, metricName: props.detection }, props),
      actionsEnabled: true,
      ...(changeWindow === undefined
        ? { alarmActions: topicArns, ...recovery }
        : { alarmActions: [changeWindow.recordTopicArn] }),
    });
    if (changeWindow !== undefined) {
      new CloudwatchCompositeAlarm(this, "announcement", {
        alarmName: name,
        alarmDescription,
        alarmRule: `ALARM("${alarm.alarmName}")`,
        actionsEnabled: true,
        alarmActions: topicArns,
        ...recovery,
        actionsSuppressor: {
          alarm: changeWindow.suppressor,
          waitPeriod: WAIT_SECONDS,
          extensionPeriod: EXTENSION_SECONDS,
        },
      });
    }

    if (props.query === undefined) return;
    new CloudwatchQueryDefinition(this, "query", {
      name: own.savedQueryName(props.accountName, props.detection),
      logGroupNames: [props.logGroupName],
      queryString: asWritten(props.query),
    });
  }
}
