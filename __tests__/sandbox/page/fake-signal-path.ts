import { ConfirmedSubscriptions } from "../../../sandbox/proxy/confirmed-subscriptions";
import { Mailbox } from "../../../sandbox/mailbox/mailbox";
import type { PageAlarm, PageOptions } from "../../../sandbox/page/page-options";
import type { WholeAccount } from "../../../sandbox/signal-path/deployed/deployed-account";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";

export const WORKLOADS = { id: "333344445555", name: "workloads-production" };
/** The account of the alert hub. */
const SECURITY = { id: "222233334444", name: "log-archive" };
const ACCOUNTS = [
  { id: "111122223333", name: "management" },
  SECURITY,
  WORKLOADS,
  { id: "444455556666", name: "payments" },
];
const DETECTIONS = [
  "watched-secret-reads",
  "denied-call-burst",
  "iam-policy-changed",
  "kms-key-disabled",
  "root-use",
  "secret-deleted",
  "trail-changed",
  "trail-stopped",
];
const place = { account: WORKLOADS.id, region: "eu-west-1" };
const LOG_GROUP = "/aws/events/trailwatch";
const FEED = `rule trailwatch-feed of ${WORKLOADS.name} (eu-west-1)`;
export const TOPIC = `arn:aws:sns:eu-west-1:${WORKLOADS.id}:trailwatch-alerts`;
export const ADDRESS = "security@example.org";
const SUBSCRIPTION = `${TOPIC}:11111111-2222-3333-4444-555555555555`;

/** What one secret read says in its record; some of it attackers choose. */
export interface FakeCall {
  readonly eventId: string;
  readonly eventName?: string;
  readonly userAgent?: string;
}

/** A double of the signal path for the page: emits hop events as the real one does, when a test calls it. */
export class FakeSignalPath implements PageOptions {
  readonly accounts = ACCOUNTS;
  readonly history: HopEvent[] = [];
  readonly mailbox: Mailbox;
  hasAlertHub = false;
  private readonly confirmed = new ConfirmedSubscriptions();
  private readonly listeners = new Set<(event: HopEvent) => void>();
  private states: PageAlarm[] = ACCOUNTS.flatMap(({ id, name }) =>
    DETECTIONS.slice(0, name === "log-archive" ? 6 : 8).map((metricName) => ({
      account: id,
      region: "eu-west-1",
      name: `trailwatch-${name}-${metricName}`,
      namespace: "Trailwatch",
      metricName,
      comparison: "GreaterThanOrEqualToThreshold",
      description: `What ${metricName} watches for (${metricName === "watched-secret-reads" ? "high alert" : "medium notice"})`,
      threshold: metricName === "watched-secret-reads" ? 3 : 1,
      periodSeconds: 300,
      state: metricName === "trail-stopped" ? "INSUFFICIENT_DATA" : "OK",
    })),
  );

  /** `now` is the time of the emitted events. */
  constructor(private readonly now: () => number = Date.now) {
    this.mailbox = new Mailbox(this.confirmed, now);
    this.mailbox.linkTo("http://127.0.0.1:4566");
  }

  readonly signalPath = {
    onHop: (listener: (event: HopEvent) => void): (() => void) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  };
  readonly alarms = (): readonly PageAlarm[] => this.states;
  /** What is deployed; tests change it. */
  accountsDeployed: readonly WholeAccount[] = [];
  readonly deployed = (): Promise<readonly WholeAccount[]> => Promise.resolve(this.accountsDeployed);

  /** Subscribes the address, and sends its confirmation mail. */
  subscribe(address = ADDRESS): void {
    const subscriptionArn = address === ADDRESS ? SUBSCRIPTION : `${SUBSCRIPTION}-${address}`;
    this.mailbox.requestConfirmation({ subscriptionArn, topicArn: TOPIC, address });
  }

  /** A call comes as far as its log event. */
  log({ eventId, eventName = "ListBuckets", userAgent = "aws-sdk-js/3" }: FakeCall): void {
    const at = this.now();
    const own = { ...place, at, eventId };
    const record = {
      eventID: eventId,
      eventName,
      eventSource: "secretsmanager.amazonaws.com",
      awsRegion: place.region,
      recipientAccountId: WORKLOADS.id,
      sourceIPAddress: "203.0.113.7",
      userAgent,
      userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${WORKLOADS.id}:assumed-role/app/session` },
      requestParameters: { secretId: "MyProjectSecrets" },
    };
    this.emit({
      ...own,
      hop: "API call",
      summary: `secretsmanager:${eventName} by assumed-role/app/session`,
      record,
    });
    this.emit({ ...own, hop: "CloudTrail", summary: `${eventName} is recorded` });
    this.emit({ ...own, hop: "feed", summary: `${FEED}: lets ${eventName} through`, feed: FEED, passes: true, reason: "its pattern matches" }); // prettier-ignore
    this.emit({ ...own, hop: "log group", summary: `${eventName} in ${LOG_GROUP}`, logGroup: LOG_GROUP });
  }

  /** A call that the feed stops. */
  stopAtFeed(eventId: string): void {
    const own = { ...place, at: this.now(), eventId };
    this.emit({ ...own, hop: "API call", summary: "kms:Decrypt by assumed-role/app/session", record: { eventName: "Decrypt" } }); // prettier-ignore
    this.emit({ ...own, hop: "CloudTrail", summary: "Decrypt is recorded" });
    const reason = "its pattern asks for another detail.eventName";
    this.emit({ ...own, hop: "feed", summary: `${FEED}: stops Decrypt`, feed: FEED, passes: false, reason });
  }

  /** A read of the watched secret, as far as its metric. */
  readSecret(call: FakeCall): void {
    this.log({ eventName: "GetSecretValue", ...call });
    const own = { ...place, at: this.now() };
    const metricName = "watched-secret-reads";
    const filter = `trailwatch-${metricName}`;
    this.emit({ ...own, hop: "metric filter", eventId: call.eventId, filter, metricName, summary: `${filter} matches` }); // prettier-ignore
    this.emit({ ...own, hop: "metric", namespace: "Trailwatch", metricName, value: 1, summary: `Trailwatch/${metricName}: 1` }); // prettier-ignore
  }

  /** The alarm goes off, and what follows follows. */
  raiseAlarm(): void {
    const own = { ...place, at: this.now() };
    const metricName = "watched-secret-reads";
    const alarm = `trailwatch-${WORKLOADS.name}-${metricName}`;
    this.states = this.states.map((each) => (each.name === alarm ? { ...each, state: "ALARM" } : each));
    const reason =
      "Threshold Crossed: 1 out of the last 1 datapoint [3.0 (22/11/26 21:00:00)] was greater than or equal to the " +
      "threshold (3.0) (minimum 1 datapoint for OK -> ALARM transition).";
    this.emit({ ...own, hop: "alarm", summary: `${alarm}: OK -> ALARM`, alarm, metricName, from: "OK", to: "ALARM", reason, actions: [TOPIC] }); // prettier-ignore
    this.emit({ ...own, hop: "topic", summary: "trailwatch-alerts: published", topicArn: TOPIC, alarm, published: true, reason: "Successfully executed action" }); // prettier-ignore

    const delivered = !this.confirmed.isPending("email", SUBSCRIPTION);
    const subject = `ALARM: "${alarm}" in EU (Ireland)`;
    if (delivered) {
      const to = { subscriptionArn: SUBSCRIPTION, topicArn: TOPIC, address: ADDRESS };
      this.mailbox.notify(to, subject, `You are receiving this email because your alarm "${alarm}" is in ALARM.`);
    }
    this.emit({
      ...own,
      hop: "subscriber",
      summary: `${ADDRESS}: ${delivered ? "delivered" : "not delivered"}`,
      topicArn: TOPIC,
      protocol: "email",
      endpoint: ADDRESS,
      delivered,
      reason: delivered
        ? "the mail is in the mailbox"
        : "the subscription is pending: the link in the confirmation mail was not followed",
      subject,
    });
  }

  /** The alarm's event goes to the alert hub, as far as its bus when that refuses. */
  forward(refusal?: string): void {
    const alarm = `trailwatch-${WORKLOADS.name}-watched-secret-reads`;
    const own = { at: this.now(), region: place.region, alarm };
    const way = "rule trailwatch-alert-forwarding sends it to event bus trailwatch-alerts";
    const reason = refusal ?? way;
    this.emit({ ...own, hop: "forwarding", account: WORKLOADS.id, summary: `${alarm}: ${reason}`, passes: refusal === undefined, reason }); // prettier-ignore
    if (refusal !== undefined) return;
    const made = "state machine trailwatch-alert-hub creates a message";
    this.emit({ ...own, hop: "alert hub", account: SECURITY.id, summary: `${alarm}: ${made}`, passes: true, reason: made }); // prettier-ignore
    const topicArn = `arn:aws:sns:eu-west-1:${SECURITY.id}:trailwatch-alert-hub-alerts`;
    const summary = "trailwatch-alert-hub-alerts: published by the alert hub";
    this.emit({ ...own, hop: "topic", account: SECURITY.id, summary, topicArn, published: true, reason: "", by: "alert hub" }); // prettier-ignore
  }

  /** A call that changes the deployment, up to CloudTrail. */
  change(
    eventName: string,
    requestParameters: object,
    { account = "111122223333", service = "cloudtrail", userAgent = "aws-cli/2" } = {},
  ): void {
    const own = { at: this.now(), account, region: place.region, eventId: `${eventName}-${this.now()}` };
    const record = {
      eventID: own.eventId,
      eventTime: new Date(this.now()).toISOString(),
      eventName,
      eventSource: `${service}.amazonaws.com`,
      recipientAccountId: account,
      awsRegion: place.region,
      userAgent,
      userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/Administrator/mallory` },
      requestParameters,
    };
    this.emit({ ...own, hop: "API call", summary: `${service}:${eventName} by assumed-role/Administrator/mallory`, record }); // prettier-ignore
    this.emit({ ...own, hop: "CloudTrail", summary: `${eventName} is recorded` });
  }

  /** The alarm is over. */
  endAlarm(): void {
    const metricName = "watched-secret-reads";
    const alarm = `trailwatch-${WORKLOADS.name}-${metricName}`;
    this.states = this.states.map((each) => (each.name === alarm ? { ...each, state: "OK" } : each));
    const reason = "Threshold Crossed: no datapoints were received";
    this.emit({ ...place, at: this.now(), hop: "alarm", summary: `${alarm}: ALARM -> OK`, alarm, metricName, from: "ALARM", to: "OK", reason, actions: [] }); // prettier-ignore
  }

  private emit(event: HopEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
