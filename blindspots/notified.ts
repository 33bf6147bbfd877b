import { ownNames } from "../lib/naming/own-names";
import { headlineOf } from "../lib/naming/alarm-description";
import type { Severity } from "../lib/naming/severity";
import {
  topicRulesOf,
  feedsOf,
  type DeployedAccount,
  type DeployedAlarm,
  type Deployment,
  type DeployedFeed,
  type TrailEvent,
} from "../signals";
import type { DeployedSubscription } from "../signals/deployment/deployment";
import { notificationsOf } from "../signals/replay/evaluation/notifications";
import { RecordEvaluator, type EvaluatedFilter } from "../signals/replay/evaluation/record-evaluator";

/** An alarm that one record raises, or a rule that sends it to a topic, with the subscribers. */
export interface Notified {
  /** Name of the account whose alarm or rule it is. */
  readonly account: string;
  /** Id of the detection, or name of the rule. */
  readonly detection: string;
  /** Severity of the alarm; undefined for an alarm without one in its description. */
  readonly severity: Severity | undefined;
  /** `protocol:endpoint` of each subscriber. */
  readonly subscribers: readonly string[];
}

/**
 * Evaluates single records against changed copies of one deployment.
 *
 * Patterns are compiled once: a changed copy has fewer parts, and those that stay are the same objects.
 */
export class Evaluation {
  private readonly evaluator: RecordEvaluator;
  private readonly feeds: ReadonlyMap<DeployedAccount, readonly DeployedFeed[]>;

  constructor(private readonly deployment: Deployment) {
    this.evaluator = new RecordEvaluator(deployment);
    const feeds = feedsOf(deployment);
    this.feeds = new Map(
      deployment.accounts.map((account) => [account, feeds.filter((feed) => feed.account === account)]),
    );
  }

  /**
   * The part of the deployment that can see events of an account: the account itself, and accounts with an organization
   * trail.
   */
  seeing(account: string): Deployment {
    const accounts = this.deployment.accounts.filter(
      ({ id, trails }) => id === account || trails.some(({ isOrganizationTrail }) => isOrganizationTrail),
    );
    return { ...this.deployment, accounts };
  }

  /** The alarms that a record raises. `after`: a copy of `before`, with the same accounts. */
  notified(event: TrailEvent, before: Deployment, after: Deployment): readonly Notified[] {
    return before.accounts.flatMap((account, index) => {
      const copy = after.accounts[index] ?? account;
      const filters = this.matching(event, account).filter(({ deployed }) => copy.filters.includes(deployed));
      const direct = this.byRules(event, copy);
      if (filters.length === 0) return direct;
      const open = this.feedsIn(copy, account, after).filter((feed) => feed.evaluate(event).passes);
      const counting = filters.filter(({ deployed }) => open.some(({ logGroup }) => logGroup === deployed.logGroup));
      const detections = new Set(counting.map(({ detection }) => detection));
      return [...direct, ...[...detections].flatMap(({ id, namespace }) => raised(copy, id, namespace))];
    });
  }

  /** Rules of the account that send the event to a topic directly. */
  private byRules(event: TrailEvent, account: DeployedAccount): Notified[] {
    if (event.account !== account.id) return [];
    return topicRulesOf(account.rules, event).flatMap(({ name, topics = [] }) => {
      const subscribers = account.subscriptions.filter(({ topicArn }) => topics.includes(topicArn));
      return notified(account, { detection: name, severity: "critical" }, subscribers);
    });
  }

  /** Filters of an account that match the record in the form in which their log group receives it. */
  private matching(event: TrailEvent, account: DeployedAccount): readonly EvaluatedFilter[] {
    return this.evaluator
      .feedsOf(event.account)
      .filter(([, { feed }]) => feed.account === account)
      .flatMap(([, { feed, index }]) =>
        index.matching(event.record.json, feed.envelope ? event.asEnvelope : event.asRecord),
      );
  }

  private feedsIn(copy: DeployedAccount, account: DeployedAccount, after: Deployment): readonly DeployedFeed[] {
    const isSame = copy.rules === account.rules && copy.trails === account.trails;
    if (isSame) return this.feeds.get(account) ?? [];
    return feedsOf({ ...after, accounts: [copy] });
  }
}

/** Alarms that change windows suppress are not counted: a window may be open, and CloudTrail does not record who opens it. */
function raised(account: DeployedAccount, metric: string, namespace: string): Notified[] {
  return account.alarms
    .filter((alarm) => alarm.metricName === metric && alarm.namespace === namespace && oneEventRaises(alarm))
    .flatMap((alarm) => {
      const actions = alarm.actionsEnabled === false ? [] : (alarm.alarmActions ?? []);
      const notifications = notificationsOf(account, alarm, [{ from: "OK", to: "ALARM", at: 0, actions }]);
      const severity = headlineOf(alarm.description)?.severity;
      return notified(account, { detection: metric, severity }, notifications);
    });
}

function notified(
  account: DeployedAccount,
  by: Pick<Notified, "detection" | "severity">,
  sent: readonly Pick<DeployedSubscription, "protocol" | "endpoint">[],
): Notified[] {
  const people = sent.filter(({ protocol, endpoint }) => !isKeptOnly(account, protocol, endpoint));
  if (people.length === 0) return [];
  const subscribers = [...new Set(people.map(({ protocol, endpoint }) => `${protocol}:${endpoint}`))];
  return [{ account: account.name, ...by, subscribers }];
}

/** Whether a single event in a period is enough. */
function oneEventRaises({ comparison, threshold, evaluationPeriods, datapointsToAlarm }: DeployedAlarm): boolean {
  const reaches = comparison === "GreaterThanOrEqualToThreshold" ? threshold <= 1 : threshold < 1;
  return comparison.startsWith("GreaterThan") && reaches && (datapointsToAlarm ?? evaluationPeriods) === 1;
}

/** A queue of ours keeps messages for the record: no person reads it. */
function isKeptOnly({ names }: DeployedAccount, protocol: string, endpoint: string): boolean {
  return protocol === "sqs" && endpoint.split(":").at(-1)?.startsWith(ownNames(names).prefix) === true;
}
