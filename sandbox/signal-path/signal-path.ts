import { UnsubscribeCommand } from "@aws-sdk/client-sns";
import type { AlarmState } from "../../signals";
import type { SharedState } from "../shared-state";
import { AccountClients, type LocalAccounts } from "./account-clients";
import { AlarmBoard, type AlarmWithState } from "./alarm-board";
import { stateReason } from "./alarm-reason";
import { AlarmRunner } from "./alarm-runner";
import { AlertRoute } from "./alert-hub/alert-route";
import { ArchiveWriter } from "./archive-writer";
import { type SandboxClock, machineClock } from "./clock";
import { DEFAULT_SPEED, DELAYS } from "./delays";
import { DeployedView, type Viewed } from "./deployed/deployed-view";
import { FeedDelivery } from "./feed-delivery";
import { notifyOfFile } from "./file-notice";
import type { HopEvent, RecordJson } from "./hop-event";
import { type EvaluatedRecord, evaluateRecord, type EvaluatingDeployment } from "./evaluated-record";
import { subscriberHops, topicHop } from "./notification-hops";
import { callerOf, hasChanged, parameterOf, recordText } from "./record-text";
import { postAnywhere, postOnThisMachine } from "./http-delivery";
import { SubscriberDelivery } from "./subscriber-delivery";
import { WorkUnderWay } from "./work-under-way";

/** Options of the signal path. */
export interface SignalPathOptions extends LocalAccounts, Viewed {
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
   * The factor by which AWS's delays are divided.
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
  private readonly clients: AccountClients;
  private readonly view: DeployedView;
  private readonly feeds: FeedDelivery;
  private readonly runner: AlarmRunner;
  private readonly archive: ArchiveWriter;
  private readonly clock: SandboxClock;
  private readonly work: WorkUnderWay;
  private readonly listeners = new Set<(hop: HopEvent) => void>();
  private board: AlarmBoard | undefined;
  private deployment: EvaluatingDeployment | undefined;
  private awaitEvaluation: (() => void)[] = [];

  constructor(private readonly options: SignalPathOptions) {
    const { shared, organizationId, hasAlertHub = false } = options;
    const { deliveries } = shared;
    const clients = new AccountClients(options);
    const clock = options.clock ?? machineClock;
    const emit = (hop: HopEvent): void => {
      for (const listener of this.listeners) listener(hop);
    };
    const subscribers = new SubscriberDelivery(
      clients,
      shared.subscriptions,
      shared.mailbox,
      options.deliverOutside === true ? postAnywhere : postOnThisMachine,
    );
    this.clients = clients;
    this.clock = clock;
    const { speed = DEFAULT_SPEED, onError = () => undefined } = options;
    this.work = new WorkUnderWay({ clock, speed, onError });
    this.view = new DeployedView(clients, options);
    const route = new AlertRoute({ clients, organizationId, hasAlertHub, subscribers, emit });
    this.runner = new AlarmRunner({ clients, history: shared.alarmHistory, subscribers, route, emit });
    this.archive = new ArchiveWriter(clients, organizationId, deliveries, (file) =>
      notifyOfFile({ clients, subscribers, deliveries, emit }, file),
    );
    this.feeds = new FeedDelivery({
      clients,
      organizationId,
      deliveries,
      emit,
      now: () => clock.now(),
      onValue: (place, datum) => this.board?.add(place, datum),
    });
    this.emit = emit;
    this.subscribers = subscribers;
  }

  private readonly emit: (hop: HopEvent) => void;
  private readonly subscribers: SubscriberDelivery;

  /** Calls the listener for each hop event. The returned function unsubscribes it. */
  public onHop(listener: (hop: HopEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Every deployed alarm that is evaluated, with its state; empty before `start`. */
  public alarms(): readonly AlarmWithState[] {
    return this.board?.states() ?? [];
  }

  /** Starts with what is deployed now. Records that were accepted before cause no notifications. */
  public async start(): Promise<void> {
    this.board = new AlarmBoard(this.clock.now());
    await this.work.turn(() => this.refresh());
    this.work.repeat(DELAYS.alarmEvaluation, () => this.evaluateAlarms());
    this.work.repeat(DELAYS.archiveFile, () => this.archive.deliverFiles(this.clock.now()));
    this.work.repeat(DELAYS.digestFile, () => this.archive.deliverDigests(this.clock.now()));
  }

  /** Ends all work in progress at once. */
  public async stop(): Promise<void> {
    await this.work.end();
    this.clients.destroy();
  }

  /** Takes a record. */
  public accept(record: RecordJson): void {
    if (this.board === undefined) {
      this.options.shared.eventHistory.add(record);
      return;
    }
    const at = this.clock.now();
    this.emit({ ...placeOf(record, at), hop: "API call", summary: callSummary(record), record });
    void this.work.track(
      this.work.turn(() => this.evaluateRecord(record, at)).then((evaluated) => this.follow(evaluated)),
    );
  }

  /** Resolves once every record so far is evaluated, and the deployed resources are read. */
  public async caughtUp(): Promise<void> {
    if (this.board !== undefined) await this.work.turn(() => this.refresh());
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
  public async publish(topicArn: string, subject: string, message: string): Promise<void> {
    const at = this.clock.now();
    const notice = { at, topicArn, alarm: "" };
    const [summary, reason] = ["a message published by a user", "the topic accepted it"];
    this.emit(topicHop(notice, { published: true, summary, reason }));
    const deliveries = await this.subscribers.send(topicArn, { subject, message, at });
    for (const hop of subscriberHops(notice, subject, deliveries)) this.emit(hop);
  }

  /** Evaluates a record against what was deployed before its call. */
  private async evaluateRecord(record: RecordJson, at: number): Promise<EvaluatedRecord> {
    const evaluated = evaluateRecord(record, at, await this.refresh());
    if (hasChanged(record)) {
      const { account, region } = evaluated.event.record;
      this.view.forget(recordText(record, "eventSource"), account, region);
    }
    this.takeAlarmState(record, evaluated);
    return evaluated;
  }

  /** From CloudTrail through the feeds to the alarms, and into the archive. */
  private async follow({ feeds, trails, ...evaluated }: EvaluatedRecord): Promise<void> {
    const { record, event, at } = evaluated;
    await this.work.after(at, DELAYS.cloudTrail);
    this.options.shared.eventHistory.add(record);
    const name = recordText(record, "eventName");
    this.emit({ ...placeOf(record, this.clock.now()), hop: "CloudTrail", summary: `${name} is recorded` });

    const written = feeds.map(async (feed) => {
      await this.work.after(at, feed.feed.envelope ? DELAYS.eventBridge : DELAYS.trailLogs);
      const account = this.deployment?.accounts.find(({ id }) => id === feed.feed.account.id);
      if (await this.feeds.deliver({ ...evaluated, feeds, trails }, feed, account)) await this.nextEvaluation();
    });
    const archived = trails.map(({ owner, trail }) => this.archive.add(owner, trail, event));
    await Promise.all([...written, ...archived]);
  }

  /** SetAlarmState runs the alarm's actions as an evaluation does. */
  private takeAlarmState(record: RecordJson, { event, at }: EvaluatedRecord): void {
    if (recordText(record, "eventName") !== "SetAlarmState" || !hasChanged(record)) return;
    const { account, region } = event.record;
    const to = parameterOf(record, "stateValue");
    if (!isAlarmState(to)) return;
    const set = this.board?.force({ account, region, name: parameterOf(record, "alarmName") }, to);
    if (set === undefined || set.from === to) return;
    const reason = parameterOf(record, "stateReason");
    const reasonData = parameterOf(record, "stateReasonData");
    void this.work.track(this.runner.run({ ...set, account, to, reason, reasonData, at }, true));
  }

  private async evaluateAlarms(): Promise<void> {
    const waiting = this.awaitEvaluation;
    this.awaitEvaluation = [];
    try {
      const now = this.clock.now();
      const changes = await this.work.turn(async () => {
        await this.refresh();
        return this.board?.evaluate(now) ?? [];
      });
      for (const { account, alarm, transition, end } of changes) {
        const { from, to } = transition;
        await this.work.track(
          this.runner.run({ account, alarm, from, to, at: now, ...stateReason(alarm, transition, end) }),
        );
      }
    } finally {
      for (const resolve of waiting) resolve();
    }
  }

  private nextEvaluation(): Promise<void> {
    return new Promise((resolve) => this.awaitEvaluation.push(resolve));
  }

  /** Reads what a call has changed. */
  private async refresh(): Promise<EvaluatingDeployment> {
    const deployment = await this.view.now();
    if (deployment === this.deployment) return deployment;
    this.deployment = deployment;
    for (const { account, alarm, state } of this.board?.deploy(deployment.accounts) ?? []) {
      await this.runner.setState(alarm, account, state);
    }
    return deployment;
  }
}

function placeOf(record: RecordJson, at: number) {
  return {
    at,
    account: recordText(record, "recipientAccountId"),
    region: recordText(record, "awsRegion"),
    eventId: recordText(record, "eventID"),
  };
}

function callSummary(record: RecordJson): string {
  const failure = recordText(record, "errorCode");
  const service = recordText(record, "eventSource").replace(/\.amazonaws\.com$/, "");
  return `${service}:${recordText(record, "eventName")} by ${callerOf(record)}${failure === "" ? "" : `, refused: ${failure}`}`;
}

function isAlarmState(text: string): text is AlarmState {
  return text === "OK" || text === "ALARM" || text === "INSUFFICIENT_DATA";
}
