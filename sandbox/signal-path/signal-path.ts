import type { NamesSettings } from "../../lib/naming/own-resources";
import { UnsubscribeCommand } from "@aws-sdk/client-sns";
import type { SharedState } from "../shared-state";
import { AccountClients, type LocalAccounts } from "./account-clients";
import type { AlarmWithState } from "./alarm-board";
import { AlarmEvaluations } from "./alarm-evaluations";
import { AlarmRunner } from "./alarm-runner";
import { AlertRoute } from "./alert-hub/alert-route";
import { WebhookDelivery } from "./alert-hub/webhook-delivery";
import { ArchiveWriter } from "./archive-writer";
import { type SandboxClock, machineClock } from "./clock";
import { DEFAULT_SPEED, DELAYS } from "./delays";
import type { WholeAccount } from "./deployed/deployed-account";
import { DeployedView, type Viewed } from "./deployed/deployed-view";
import { FeedDelivery } from "./feed-delivery";
import { notifyOfFile } from "./file-notice";
import type { HopEvent, RecordJson } from "./hop-event";
import { type EvaluatedRecord, evaluateRecord } from "./evaluated-record";
import { subscriberHops, topicHop } from "./notification-hops";
import { callSummary, hasChanged, recordPlace, recordText } from "./record-text";
import { postAnywhere, postOnThisMachine } from "./http-delivery";
import { Pace } from "./pace";
import { notifyByRules } from "./rule-notice";
import { SubscriberDelivery, type TopicMessage } from "./subscriber-delivery";
import { WorkUnderWay } from "./work-under-way";

/** Options of the signal path. */
export interface SignalPathOptions extends LocalAccounts, Viewed {
  /**
   * What the names of Trailwatch's resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  readonly organizationId: string;
  /**
   * Whether the organization has an alert hub that alarms must reach.
   *
   * @default false
   */
  readonly hasAlertHub?: boolean;
  readonly shared: SharedState;
  /**
   * Whether http and https subscribers outside this machine get messages.
   *
   * @default false
   */
  readonly deliverOutside?: boolean;
  /** @default - the time of this machine */
  readonly clock?: SandboxClock;
  /**
   * The factor by which AWS's delays are divided at first.
   *
   * @default 60
   */
  readonly speed?: number;
  /**
   * Called for internal errors, which are not visible on AWS.
   *
   * @default - not called
   */
  readonly onError?: (error: Error) => void;
}

/** Processes CloudTrail records as AWS does with the deployed resources, from the record to the subscriber. */
export class SignalPath {
  /** How fast AWS's delays pass. */
  public readonly pace: Pace;
  private readonly clients: AccountClients;
  private readonly view: DeployedView;
  private readonly feeds: FeedDelivery;
  private readonly alarmEvaluation: AlarmEvaluations;
  private readonly archive: ArchiveWriter;
  private readonly clock: SandboxClock;
  private readonly work: WorkUnderWay;
  private readonly listeners = new Set<(hop: HopEvent) => void>();
  private readonly emit: (hop: HopEvent) => void;
  private readonly subscribers: SubscriberDelivery;

  constructor(private readonly options: SignalPathOptions) {
    const { shared, organizationId, names, hasAlertHub = false } = options;
    const { deliveries } = shared;
    const clients = new AccountClients(options);
    const clock = options.clock ?? machineClock;
    const emit = (hop: HopEvent): void => {
      for (const listener of this.listeners) listener(hop);
    };
    const post = options.deliverOutside === true ? postAnywhere : postOnThisMachine;
    const subscribers = new SubscriberDelivery(clients, shared.subscriptions, shared.mailbox, post);
    const webhooks = new WebhookDelivery(clients, post);
    this.clients = clients;
    this.clock = clock;
    const { speed = DEFAULT_SPEED, onError = () => undefined } = options;
    this.pace = new Pace(speed);
    this.work = new WorkUnderWay({ clock, pace: this.pace, onError });
    this.view = new DeployedView(clients, options);
    const { executions } = shared;
    const route = new AlertRoute({
      clients,
      organizationId,
      names,
      hasAlertHub,
      subscribers,
      webhooks,
      executions,
      emit,
    });
    const runner = new AlarmRunner({ clients, history: shared.alarmHistory, subscribers, route, emit });
    this.alarmEvaluation = new AlarmEvaluations({ view: this.view, runner, work: this.work, clock });
    this.archive = new ArchiveWriter(clients, organizationId, deliveries, (file) =>
      notifyOfFile({ clients, subscribers, deliveries, emit }, file),
    );
    this.feeds = new FeedDelivery({
      clients,
      organizationId,
      deliveries,
      emit,
      now: () => clock.now(),
      onValue: (place, datum) => {
        this.alarmEvaluation.addValue(place, datum);
      },
    });
    this.emit = emit;
    this.subscribers = subscribers;
  }

  /** Calls the listener for each hop event. The returned function unsubscribes it. */
  public onHop(listener: (hop: HopEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Every deployed alarm that is evaluated, with its state; empty before `start`. */
  public alarms(): readonly AlarmWithState[] {
    return this.alarmEvaluation.states();
  }

  /** The deployed resources, read again after a call that changes them. */
  public deployed(): Promise<readonly WholeAccount[]> {
    return this.work.turn(() => this.view.whole());
  }

  /** Starts with what is deployed now. Records that were accepted before cause no notifications. */
  public async start(): Promise<void> {
    this.alarmEvaluation.start();
    await this.work.turn(() => this.alarmEvaluation.refresh());
    this.work.repeat(DELAYS.alarmEvaluation, () => this.alarmEvaluation.evaluate());
    this.work.repeat(DELAYS.archiveFile, () => this.archive.deliverFiles(this.clock.now()));
    this.work.repeat(DELAYS.digestFile, () => this.archive.deliverDigests(this.clock.now()));
  }

  /** Ends all work in progress at once. */
  public async stop(): Promise<void> {
    await this.work.end();
    this.clients.destroy();
  }

  /** Whether records are processed. */
  public get isStarted(): boolean {
    return this.alarmEvaluation.isStarted;
  }

  /** Reads what is deployed in an account again, because a deployment changed it; undefined: in every account. */
  public readAgain(account: string | undefined): void {
    // In turn: a read that is under way must not bring back what it had read.
    void this.work.track(
      this.work.turn(() => {
        this.view.forgetAccount(account);
        return Promise.resolve();
      }),
    );
  }

  /** Takes a record. */
  public accept(record: RecordJson): void {
    if (!this.alarmEvaluation.isStarted) {
      this.options.shared.eventHistory.add(record);
      return;
    }
    const at = this.clock.now();
    this.emit({ ...recordPlace(record, at), hop: "API call", summary: callSummary(record), record });
    void this.work.track(
      this.work.turn(() => this.evaluateRecord(record, at)).then((evaluated) => this.follow(evaluated)),
    );
  }

  /** Resolves once every record so far is evaluated, and the deployed resources are read. */
  public async caughtUp(): Promise<void> {
    if (this.alarmEvaluation.isStarted) await this.work.turn(() => this.alarmEvaluation.refresh());
  }

  /** Resolves once everything accepted so far is processed, including files and notifications. */
  public async settled(): Promise<void> {
    await this.work.settled();
  }

  /** Ends a subscription, as the link in a mail does: it needs no credentials. */
  public async unsubscribe(SubscriptionArn: string): Promise<void> {
    const [, , , region = "", account = ""] = SubscriptionArn.split(":");
    await this.clients.of(account, region).sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  }

  /** Sends a message that a user publishes. The topic's policy is not evaluated. */
  public async publish(topicArn: string, published: Omit<TopicMessage, "at">): Promise<void> {
    const at = this.clock.now();
    const notice = { at, topicArn, alarm: "" };
    const [summary, reason] = ["a message published by a user", "the topic accepted it"];
    this.emit(topicHop(notice, { published: true, summary, reason }));
    const deliveries = await this.subscribers.send(topicArn, { ...published, at });
    for (const hop of subscriberHops(notice, published.subject, deliveries)) this.emit(hop);
  }

  /** Evaluates a record against what was deployed before its call. */
  private async evaluateRecord(record: RecordJson, at: number): Promise<EvaluatedRecord> {
    const evaluated = evaluateRecord(record, at, await this.alarmEvaluation.refresh());
    if (hasChanged(record)) {
      const { account, region } = evaluated.event.record;
      this.view.forget(recordText(record, "eventSource"), account, region);
    }
    this.alarmEvaluation.takeAlarmState(record, evaluated);
    return evaluated;
  }

  /** From CloudTrail through the feeds to the alarms, and into the archive. */
  private async follow({ feeds, trails, ...evaluated }: EvaluatedRecord): Promise<void> {
    const { record, event, at } = evaluated;
    await this.work.after(at, DELAYS.cloudTrail);
    this.options.shared.eventHistory.add(record);
    const name = recordText(record, "eventName");
    this.emit({ ...recordPlace(record, this.clock.now()), hop: "CloudTrail", summary: `${name} is recorded` });

    const written = feeds.map(async (feed) => {
      await this.work.after(at, feed.feed.envelope ? DELAYS.eventBridge : DELAYS.trailLogs);
      const account = this.alarmEvaluation.accountOf(feed.feed.account.id);
      if (await this.feeds.deliver({ ...evaluated, feeds, trails }, feed, account))
        await this.alarmEvaluation.nextEvaluation();
    });
    const archived = trails.map(({ owner, trail }) => this.archive.add(owner, trail, event));
    await Promise.all([...written, ...archived, this.notifyByRules({ ...evaluated, feeds, trails })]);
  }

  /** EventBridge publishes to topics of rules, beside every feed. */
  private async notifyByRules(evaluated: EvaluatedRecord): Promise<void> {
    if (evaluated.topicRules.length === 0) return;
    await this.work.after(evaluated.at, DELAYS.eventBridge);
    const { clients, subscribers, emit } = this;
    await notifyByRules({ clients, subscribers, emit, now: () => this.clock.now() }, evaluated);
  }
}
