import type { OwnNames } from "../../lib/naming/own-names";
import { ownNamesOf } from "../own-names-of";
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import { signalAlarmName } from "../../lib/naming/alarm-names";
import { statisticOf, type LowerableMetric } from "../path-alarms/lowerable-metric";
import { asWritten } from "../user-text";
import { alarmProblems } from "./alarm-problems";

export interface DetectionAlarmProps {
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
   * Events per period that raise the alarm, or that must occur in each period to keep it from being raised; 1 or more.
   *
   * @default 1
   */
  readonly threshold?: number;

  /**
   * Length of a period in seconds: a multiple of 60. All periods together are at most a day, or a week if a period is an
   * hour or longer. Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods.
   *
   * @default 300
   */
  readonly periodSeconds?: number;

  /**
   * How many consecutive periods must reach the threshold, or miss it.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * Whether the alarm goes off when events reach the threshold or when they fail to. In the second case its topics also
   * get its return to OK.
   *
   * @default reached
   */
  readonly alarmWhen?: "reached" | "missed";

  /**
   * Use anomaly detection: raise the alarm when a period has more events than CloudWatch expects, plus this number of
   * standard deviations; above 0. The threshold is then ignored. AWS bills such an alarm as three.
   *
   * @default - the threshold decides
   */
  readonly anomalyBandWidth?: number;

  /**
   * Name the metric, and the filters after it, as checkers of the CIS benchmark expect: namespace `LogMetrics`, filter
   * and metric of the same name, and 0 where nothing matched.
   *
   * @default false - namespace `Trailwatch`, and no data where nothing matched, which costs nothing
   */
  readonly asCheckersExpect?: boolean;

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

const DEFAULTS = { threshold: 1, periodSeconds: 300, evaluationPeriods: 1 } as const;

/** Without events there is no data: the normal case for `reached`, the worst case for `missed`. */
const ALARM_WHEN = {
  reached: { comparisonOperator: "GreaterThanOrEqualToThreshold", treatMissingData: "notBreaching" },
  missed: { comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" },
} as const;

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
    const { evaluationPeriods = DEFAULTS.evaluationPeriods, periodSeconds = DEFAULTS.periodSeconds } = props;
    const threshold = props.threshold ?? DEFAULTS.threshold;
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
      statisticOfProps(props) === "Maximum"
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
      ...evaluation(namespace, props),
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

function statisticOfProps({
  threshold = DEFAULTS.threshold,
  anomalyBandWidth,
  asCheckersExpect = false,
}: Pick<DetectionAlarmProps, "threshold" | "anomalyBandWidth" | "asCheckersExpect">): "Maximum" | "Sum" {
  return statisticOf({ threshold, detectsAnomalies: anomalyBandWidth !== undefined, asCheckersExpect });
}

/** What an alarm evaluates, and when it goes off. Source: CloudWatch API, PutMetricAlarm, ThresholdMetricId. */
function evaluation(
  namespace: string,
  props: DetectionAlarmProps,
): Pick<CloudwatchMetricAlarmConfig, "comparisonOperator"> & Partial<CloudwatchMetricAlarmConfig> {
  const { detection, alarmWhen, anomalyBandWidth } = props;
  const { periodSeconds = DEFAULTS.periodSeconds, threshold = DEFAULTS.threshold } = props;
  if (anomalyBandWidth === undefined) {
    const metric = { namespace, metricName: detection, statistic: statisticOfProps(props), period: periodSeconds };
    return { ...metric, threshold, ...ALARM_WHEN[alarmWhen ?? "reached"] };
  }
  const metric = { namespace, metricName: detection, stat: "Sum", period: periodSeconds };
  return {
    metricQuery: [
      { id: "events", metric, returnData: true },
      {
        id: "usual",
        expression: `ANOMALY_DETECTION_BAND(events, ${anomalyBandWidth})`,
        label: "What is usual",
        returnData: true,
      },
    ],
    thresholdMetricId: "usual",
    comparisonOperator: "GreaterThanUpperThreshold",
    treatMissingData: "notBreaching",
  };
}
