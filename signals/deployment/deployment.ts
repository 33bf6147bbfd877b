import type { NamesSettings } from "../../lib/naming/own-resources";
import type { TopicKind } from "../../lib/naming/alarm-description";
import type { AlarmActions } from "../alarms/alarm-actions";
import type { Alarm } from "../alarms/alarm-evaluator";
import type { MetricTransformation } from "../metrics/metric-transformation";
import type { EventSelector } from "./event-selector";

/** What Terraform is about to deploy, as far as it decides who is notified of what. */
export interface Deployment {
  readonly accounts: readonly DeployedAccount[];
  /** What could not be read, each with its location: it is excluded from every evaluation. */
  readonly warnings: readonly string[];
}

/** One account's part of the deployment, from all the stacks that deploy to it. */
export interface DeployedAccount {
  /** The 12-digit id. */
  readonly id: string;
  /** The name in the monitoring stack; the id where there is no such stack. */
  readonly name: string;
  /**
   * What the names of Trailwatch's resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  readonly logGroups: readonly string[];
  readonly trails: readonly DeployedTrail[];
  readonly rules: readonly DeployedRule[];
  readonly filters: readonly DeployedFilter[];
  readonly alarms: readonly DeployedAlarm[];
  /** @default - none */
  readonly compositeAlarms?: readonly DeployedCompositeAlarm[];
  /**
   * Anomaly detection alarms.
   *
   * @default - none
   */
  readonly anomalyAlarms?: readonly DeployedAnomalyAlarm[];
  /**
   * Alarms on the lowest value of several metrics, which only forged values can raise.
   *
   * @default - none
   */
  readonly lowestValueAlarms?: readonly DeployedLowestValueAlarm[];
  readonly subscriptions: readonly DeployedSubscription[];
  /**
   * Hubs that also receive its alarms.
   *
   * @default - none
   */
  readonly alertHubs?: readonly ForwardedAlarms[];
}

/** How an account's alarms are forwarded to a hub. */
export interface ForwardedAlarms {
  /** Region of the alarms. */
  readonly region: string;
  /** Event patterns, as JSON, that an alarm's event must match in sequence. */
  readonly patterns: readonly string[];
  readonly hub: DeployedAlertHub;
}

/** The resources that create messages from alarm events on an event bus. */
export interface DeployedAlertHub {
  /** ARN of the bus. */
  readonly bus: string;
  /** The event pattern of its rule, as JSON. */
  readonly pattern: string;
  /** ARN of the topic for each kind of alarm. */
  readonly topics: Readonly<Record<TopicKind, string>>;
  /** The subscriptions in its account. */
  readonly subscriptions: readonly DeployedSubscription[];
}

export interface DeployedTrail {
  readonly name: string;
  /** Home region of the trail. */
  readonly region: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  readonly includesGlobalServices: boolean;
  readonly isLogging: boolean;
  /** Name of its log group; undefined: its events do not reach CloudWatch Logs. */
  readonly logGroup: string | undefined;
  /** Which events it records: any one of these suffices. */
  readonly selectors: readonly EventSelector[];
}

/** An EventBridge rule on the default bus. */
export interface DeployedRule {
  readonly name: string;
  readonly region: string;
  /** The event pattern, as JSON. */
  readonly pattern: string;
  readonly state: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" | "DISABLED";
  /** Names of the log groups that its events go to. */
  readonly logGroups: readonly string[];
  /** Regions whose default bus, in the same account, its events go to. */
  readonly forwardsTo: readonly string[];
  /**
   * ARNs of other event buses that its events go to, such as the alert hub's.
   *
   * @default - none
   */
  readonly buses?: readonly string[];
  /**
   * ARNs of topics that its events go to directly, without an alarm.
   *
   * @default - none
   */
  readonly topics?: readonly string[];
}

export interface DeployedFilter {
  readonly name: string;
  readonly logGroup: string;
  readonly pattern: string;
  readonly transformation: MetricTransformation;
}

export interface DeployedAlarm extends Alarm {
  readonly name: string;
  readonly namespace: string;
  /** Name of the metric, which with Trailwatch is the id of the detection. */
  readonly metricName: string;
  /**
   * The text that a person reads first when the alarm is raised.
   *
   * @default - none
   */
  readonly description?: string;
}

/** A metric, by namespace and name. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
}

/**
 * A metric math alarm on the lowest value of several metrics in each period. It has the same states as an alarm on the
 * minimum of one metric that had the values of all, because a metric without a value counts as one that does not breach.
 */
export interface DeployedLowestValueAlarm extends Alarm {
  readonly name: string;
  readonly metrics: readonly MetricName[];
  /**
   * The text that a person reads first when the alarm is raised.
   *
   * @default - none
   */
  readonly description?: string;
}

/** An anomaly detection alarm, which only CloudWatch can evaluate. */
export interface DeployedAnomalyAlarm extends AlarmActions {
  readonly name: string;
  /** The metric of its metric query; undefined where there is none. */
  readonly namespace: string | undefined;
  readonly metricName: string | undefined;
  /** Values in Terraform; undefined where Terraform has none. */
  readonly statistic: string | undefined;
  readonly periodSeconds: number | undefined;
  readonly evaluationPeriods: number | undefined;
  readonly datapointsToAlarm: number | undefined;
  readonly comparison: string | undefined;
  readonly treatMissingData: string | undefined;
  /** The expected range, such as `ANOMALY_DETECTION_BAND(events, 2)`. */
  readonly band: string | undefined;
  readonly description: string | undefined;
}

/** An alarm on the states of other alarms. */
export interface DeployedCompositeAlarm extends AlarmActions {
  /**
   * Whether another alarm suppresses its actions while that one is in ALARM. Evaluation assumes that it never is.
   *
   * @default false
   */
  readonly isSuppressible?: boolean;
  readonly name: string;
  /** In CloudWatch's syntax: `ALARM(a) AND NOT OK(b)`. */
  readonly rule: string;
  /**
   * The text that a person reads first when the alarm is raised.
   *
   * @default - none
   */
  readonly description?: string;
}

export interface DeployedSubscription {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
}
