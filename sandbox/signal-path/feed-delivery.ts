import { expectedMessage } from "../../lib/support/failure";
import type { AccountClients } from "./account-clients";
import type { LiveAccount } from "./deployed/deployed-account";
import type { HopEvent } from "./hop-event";
import type { FeedDecision, EvaluatedRecord } from "./evaluated-record";
import { LogWriter } from "./log-writer";
import { type FilteredValue, MetricFilters } from "./metric-filters";
import { type MetricPlace, MetricPublisher } from "./metric-publisher";
import type { MetricDatum } from "../../signals";
import { recordText } from "./record-text";
import type { TrailDeliveries } from "./trail-deliveries";

/** Dependencies for delivering records from a feed to metrics. */
export interface FeedDeliveryParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly organizationId: string;
  readonly deliveries: TrailDeliveries;
  readonly emit: (hop: HopEvent) => void;
  readonly now: () => number;
  /** Receives each value for the alarms. */
  readonly onValue: (place: MetricPlace, datum: MetricDatum) => void;
}

/** Delivers records through a feed into its log group, and from there through metric filters into metrics. */
export class FeedDelivery {
  private readonly logs: LogWriter;
  private readonly filters = new MetricFilters();
  private readonly metrics: MetricPublisher;

  constructor(private readonly parts: FeedDeliveryParts) {
    this.logs = new LogWriter(parts.clients, parts.organizationId);
    this.metrics = new MetricPublisher(parts.clients);
  }

  /** Returns whether any value was published. `account` is the feed's, as deployed now. */
  public async deliver(
    evaluated: EvaluatedRecord,
    feed: FeedDecision,
    account: LiveAccount | undefined,
  ): Promise<boolean> {
    if (!feed.passes) {
      this.emitFeedHop(evaluated, feed, false, feed.reason);
      return false;
    }
    const failure = await this.write(evaluated, feed);
    this.countTraffic(feed, failure);
    this.noteTrail(feed, failure);
    this.emitFeedHop(evaluated, feed, failure === undefined, failure ?? feed.reason);
    if (failure !== undefined) return false;

    const { logGroup } = feed.feed;
    const { eventId = "" } = evaluated.event.record;
    const eventName = recordText(evaluated.record, "eventName");
    this.parts.emit({
      ...this.place(feed),
      hop: "log group",
      eventId,
      logGroup,
      summary: `${eventName} in ${logGroup}`,
    });
    if (account === undefined) return false;
    const values = this.filters.apply(account, feed.feed, evaluated.event);
    await Promise.all(values.map((value) => this.publish(eventId, feed, value)));
    return values.some(({ datum }) => datum !== undefined);
  }

  /** Why the log event could not be written; undefined: it was written. */
  private async write({ event }: EvaluatedRecord, { feed }: FeedDecision): Promise<string | undefined> {
    try {
      await this.logs.write(feed, event);
      return undefined;
    } catch (error) {
      return `log group ${feed.logGroup} rejected the event: ${expectedMessage(error)}`;
    }
  }

  /** AWS's own metrics of the feed, for the alarms on a feed without traffic. */
  private countTraffic({ feed }: FeedDecision, failure: string | undefined): void {
    const { at: timestamp, ...place } = this.place({ feed });
    const count = (namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>): void => {
      this.parts.onValue({ ...place, namespace, metricName }, { timestamp, value: 1, dimensions });
    };
    // Failed invocations count too. Source: EventBridge User Guide, monitoring.
    if (feed.source.kind === "rule") count("AWS/Events", "Invocations", { RuleName: feed.source.rule.name });
    if (failure === undefined) count("AWS/Logs", "IncomingLogEvents", { LogGroupName: feed.logGroup });
  }

  private async publish(eventId: string, feed: FeedDecision, { filter, matched, datum }: FilteredValue): Promise<void> {
    const { metricName, metricNamespace: namespace } = filter.transformation;
    const place = this.place(feed);
    if (matched) {
      const summary = `${filter.name} matches`;
      this.parts.emit({ ...place, hop: "metric filter", eventId, filter: filter.name, metricName, summary });
    }
    if (datum === undefined) return;
    const metric = { account: place.account, region: place.region, namespace, metricName };
    await this.metrics.publish(metric, datum);
    this.parts.onValue(metric, datum);
    // A filter's default value means that nothing happened, for each event and filter: no hop event for it.
    if (!matched) return;
    const summary = `${namespace}/${metricName}: ${datum.value}`;
    this.parts.emit({ ...this.place(feed), hop: "metric", namespace, metricName, value: datum.value, summary });
  }

  private emitFeedHop(evaluated: EvaluatedRecord, { feed, name }: FeedDecision, passes: boolean, reason: string): void {
    const { eventId = "" } = evaluated.event.record;
    const eventName = recordText(evaluated.record, "eventName");
    const summary = `${name}: ${passes ? "lets" : "stops"} ${eventName}${passes ? " through" : ""}, ${reason}`;
    this.parts.emit({ ...this.place({ feed }), hop: "feed", eventId, feed: name, passes, reason, summary });
  }

  private noteTrail({ feed }: FeedDecision, failure: string | undefined): void {
    if (feed.envelope) return;
    const { trails } = feed.account as LiveAccount;
    for (const trail of trails.filter(({ logGroup }) => logGroup === feed.logGroup)) {
      this.parts.deliveries.note(trail.arn, "logs", this.parts.now(), failure);
    }
  }

  private place({ feed }: Pick<FeedDecision, "feed">) {
    return { at: this.parts.now(), account: feed.account.id, region: feed.region };
  }
}
