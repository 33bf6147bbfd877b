import { headlineOf } from "../lib/naming/alarm-description";
import type { Severity } from "../lib/naming/severity";
import {
  feedsOf,
  wrapperAlarmsOf,
  type DeployedAccount,
  type DeployedAlarm,
  type Deployment,
  type Feed,
} from "../signals";
import { textAt } from "../signals/records/cloudtrail-record";
import { notificationsOf } from "../signals/replay/evaluation/notifications";
import { RecordEvaluator, type EvaluatedFilter } from "../signals/replay/evaluation/record-evaluator";
import type { TrailEvent } from "../signals";

/** An alarm that one record raises, and its subscribers. */
export interface Notified {
  /** Name of the account whose alarm it is. */
  readonly account: string;
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
  private readonly feeds: ReadonlyMap<DeployedAccount, readonly Feed[]>;

  constructor(private readonly deployment: Deployment) {
    this.evaluator = new RecordEvaluator(deployment);
    const feeds = feedsOf(deployment);
    this.feeds = new Map(
      deployment.accounts.map((account) => [account, feeds.filter((feed) => feed.account === account)]),
    );
  }

  /** The alarms that a record raises in a copy of the deployment. */
  notified(event: TrailEvent, after: Deployment): readonly Notified[] {
    return this.deployment.accounts.flatMap((account, index) => {
      const copy = after.accounts[index] ?? account;
      const filters = this.matching(event, account).filter(({ deployed }) => copy.filters.includes(deployed));
      if (filters.length === 0) return [];
      const open = this.feedsIn(copy, account, after).filter((feed) => feed.evaluate(event).passes);
      const counting = filters.filter(({ deployed }) => open.some(({ logGroup }) => logGroup === deployed.logGroup));
      const detections = new Set(counting.map(({ detection }) => detection));
      return [...detections].flatMap(({ id, namespace }) => raised(copy, id, namespace));
    });
  }

  /** Filters of an account that match the record in the form in which their log group receives it. */
  private matching(event: TrailEvent, account: DeployedAccount): readonly EvaluatedFilter[] {
    const name = textAt(event.record.json, "eventName");
    return this.evaluator
      .feedsOf(event.account)
      .filter(([, { feed }]) => feed.account === account)
      .flatMap(([, { feed, index }]) =>
        index
          .candidates(name)
          .filter(({ pattern }) => pattern.matchesEvent(feed.envelope ? event.asEnvelope : event.asRecord)),
      );
  }

  private feedsIn(copy: DeployedAccount, account: DeployedAccount, after: Deployment): readonly Feed[] {
    const isSame = copy.rules === account.rules && copy.trails === account.trails;
    if (isSame) return this.feeds.get(account) ?? [];
    return feedsOf({ ...after, accounts: [copy] });
  }
}

function raised(account: DeployedAccount, metric: string, namespace: string): Notified[] {
  return account.alarms
    .filter((alarm) => alarm.metricName === metric && alarm.namespace === namespace && oneEventRaises(alarm))
    .flatMap((alarm) => [alarm, ...wrapperAlarmsOf(account, alarm.name)])
    .flatMap((alarm) => {
      const actions = alarm.actionsEnabled === false ? [] : (alarm.alarmActions ?? []);
      const change = { from: "OK", to: "ALARM", at: 0, actions } as const;
      const subscribers = notificationsOf(account, alarm, [change])
        .filter(({ protocol, endpoint }) => !isKeptOnly(protocol, endpoint))
        .map(({ protocol, endpoint }) => `${protocol}:${endpoint}`);
      if (subscribers.length === 0) return [];
      const severity = headlineOf(alarm.description)?.severity;
      return [{ account: account.name, detection: metric, severity, subscribers: [...new Set(subscribers)] }];
    });
}

/** Whether a single event in a period is enough. */
function oneEventRaises({ comparison, threshold, evaluationPeriods, datapointsToAlarm }: DeployedAlarm): boolean {
  const reaches = comparison === "GreaterThanOrEqualToThreshold" ? threshold <= 1 : threshold < 1;
  return comparison.startsWith("GreaterThan") && reaches && (datapointsToAlarm ?? evaluationPeriods) === 1;
}

/** A queue of ours keeps messages for the record: no person reads it. */
function isKeptOnly(protocol: string, endpoint: string): boolean {
  return protocol === "sqs" && /:trailwatch-[^:]*$/.test(endpoint);
}
