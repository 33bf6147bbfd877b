import { arn } from "../lib/aws/partitions";
import { Construct } from "constructs";
import type { WatchedAccount } from "../detections/detection";
import { heartbeat } from "../detections/packs/guard/heartbeat";
import type { AccountTopic } from "../lib/naming/resource-names";
import { endpointsOf, NO_SUBSCRIBERS, type Subscribers } from "../lib/naming/subscriber-kinds";
import { AlarmForwarding } from "../modules/alert-hub/alarm-forwarding";
import { DetailsRole } from "../modules/alert-hub/details-role";
import { HubHeartbeat } from "../modules/alert-hub/hub-heartbeat";
import { AccountDashboard } from "../modules/account-dashboard/account-dashboard";
import { ChangeWindow } from "../modules/change-window/change-window";
import {
  DetectionAlarm,
  type DetectionAlarmProps,
  type QuietInWindow,
} from "../modules/detection-alarm/detection-alarm";
import { noteExisting, noteTopics } from "../modules/existing-resources";
import { Heartbeat } from "../modules/heartbeat/heartbeat";
import { KeptMessages } from "../modules/topic/kept-messages";
import { AWS_OWNED, NotificationTopic } from "../modules/topic/notification-topic";
import { alarmPublisher, TopicKey } from "../modules/topic/topic-key";
import { accountNamed, type Account, type Organization } from "../organization/organization";
import type { AlarmKind } from "../organization/schema/schema";
import { TOPIC_NAMES, type NotifiedTopic, type TopicName } from "../organization/schema/subscribers";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import { statePlaceOf } from "../organization/resolve/state";
import { existingAmong } from "../organization/resolve/topics";
import { createFeed, type DeployedFeedParts } from "./account-feed";
import { createSecrets } from "./account-secrets";
import { AccountStack } from "./account-stack";
import { outputPending, type AlarmTopic } from "./alarm-topic";
import { describeAlarm } from "./alarm-description";
import {
  compileSubscription,
  isQuietInWindow,
  ofFeed,
  topicKindOfDetection,
  type CompiledDetection,
} from "./compiled-detection";
import { alertBusArn, hasWitness, witnessTopicArn } from "./names";
import { createPathAlarms } from "./path-alarms";
import { watchedAccount } from "./watched-account";
import { byLogGroup, exceeded, existingGroupOf, FILTER_QUOTAS } from "./filter-quotas";

export interface AccountMonitoringStackProps {
  readonly organization: Organization;
  /** The account that the stack watches. */
  readonly account: Account;
  /**
   * ARN of the archive's key; a stack that does not use it does not depend on the archive. Undefined: Trailwatch creates no
   * archive.
   */
  readonly archiveKeyArn: string | undefined;
}

/** One account's signal path: watched secrets, feed, detections, alarms and subscribers. */
export class AccountMonitoringStack extends AccountStack {
  private readonly watched: WatchedAccount;
  /** Ids of detections may equal ids of other constructs of the stack. */
  private readonly detections: Construct;

  constructor(scope: Construct, id: string, props: AccountMonitoringStackProps) {
    super(scope, id, props);
    const { organization, account } = props;
    this.watched = watchedAccount(organization, account);
    this.detections = new Construct(this, "detections");
    const detections = this.compile();

    createSecrets(this, organization, account);
    this.noteExisting();
    const feed = createFeed(this, {
      ...props,
      conditions: ofFeed(detections).flatMap(({ conditions }) => conditions),
      regionalProvider: (region) => this.regionalProvider(region),
    });
    const hasHeartbeat = detections.some(({ detection }) => detection.id === heartbeat.id);
    if (hasHeartbeat) this.createHeartbeat();

    const topics = this.createTopics();
    const changeWindow = this.createChangeWindow(topics);
    this.keepMessages(topics, changeWindow);
    this.forwardAlarms(topics);
    this.letHubRead(detections, feed);
    const alarms = detections.map((compiled) => ({
      compiled,
      alarm: this.createAlarm(compiled, this.logGroupOf(compiled, feed), topics, changeWindow),
    }));
    const metrics = alarms.flatMap(({ alarm }) => alarm.lowerable ?? []);
    createPathAlarms(this, { organization, account, feed, metrics, hasHeartbeat, topicArn: topics.alerts.arn });
    this.createDashboard(alarms);
  }

  /** An archive, a state bucket and topics that Trailwatch did not create: calls that weaken them are detected like those on its own. */
  private noteExisting(): void {
    const { account, organization } = this;
    const { existing } = account.role === "log-archive" ? organization.archive : {};
    const state = statePlaceOf(organization);
    const buckets = [existing, state?.account === account.name && state.existing !== undefined ? state : undefined];
    for (const found of buckets) {
      if (found !== undefined) noteExisting(this, "aws_s3_bucket", { bucket: found.bucket, region: found.region });
    }
    noteTopics(this, existingAmong(account.notifications));
  }

  private compile(): CompiledDetection[] {
    const { organization, account, watched } = this;
    const compiled = subscriptionsOf(organization, account).flatMap(
      (subscription) => compileSubscription(subscription, account, watched) ?? [],
    );
    for (const quota of FILTER_QUOTAS) {
      const rule = byLogGroup(compiled).flatMap(
        (some) => exceeded(quota, some, account, existingGroupOf(organization, account)) ?? [],
      )[0];
      if (rule !== undefined)
        throw new Error(`'packs' of account '${account.name}' must fit into CloudWatch's limits: ${rule}`);
    }
    return compiled;
  }

  private logGroupOf({ pack }: CompiledDetection, feed: DeployedFeedParts): string {
    return pack.events === "data" ? this.dataEventsLogGroup() : feed.logGroupName;
  }

  /** The organization trail's stack, in the same account, creates the log group of data events. */
  private dataEventsLogGroup(): string {
    return this.own.trailLogGroup(this.account.name, "data-events");
  }

  private createHeartbeat(): void {
    new Heartbeat(this, "heartbeat", {
      name: this.own.heartbeat.name,
      parameterName: this.own.heartbeat.parameter,
      accountId: this.account.id,
      region: this.organization.homeRegion,
    });
  }

  /** `alerts` page, `notices` are read during working hours. */
  private createTopics(): Topics {
    const { account, organization } = this;
    const publisher = alarmPublisher(organization.homeRegion, account.id);
    let key: TopicKey | undefined;
    const topic: Topics["topic"] = (name, subscribers) => {
      key ??= new TopicKey(this, "topics-key", {
        alias: this.own.topicsKeyAlias,
        region: organization.homeRegion,
        accountId: account.id,
        publisher,
      });
      return new NotificationTopic(this, name, {
        name: this.own.accountTopicName(name),
        accountId: account.id,
        region: organization.homeRegion,
        publisher,
        subscribers,
        encryptionKeyArn: key.arn ?? AWS_OWNED,
      });
    };
    const notified = (name: TopicName): AlarmTopic => {
      const { existing, ...subscribers } = account.notifications[name];
      return existing === undefined ? topic(name, subscribers) : { arn: existing.topicArn };
    };

    const topics = { alerts: notified("alerts"), notices: notified("notices"), topic };
    outputPending(this, { alerts: topics.alerts, notices: topics.notices });
    return topics;
  }

  /** What suppresses alarms during changes; undefined without change windows. */
  private createChangeWindow(topics: Topics): QuietInWindow | undefined {
    const { account } = this;
    if (!account.changeWindows) return undefined;
    const window = new ChangeWindow(this, "change-window", {
      accountName: account.name,
      accountId: account.id,
      topicArn: topics.alerts.arn,
    });
    return { suppressor: window.alarmName, recordTopicArn: topics.topic("raised", NO_SUBSCRIBERS).arn };
  }

  /**
   * A queue keeps the messages of a topic without subscribers, for checkers and people: with a hub, or with change
   * windows.
   */
  private keepMessages(topics: Topics, changeWindow: QuietInWindow | undefined): void {
    const { account, organization } = this;
    const names = organization.alertHub === undefined ? [] : TOPIC_NAMES;
    const kept = [
      ...names
        .filter((name) => isWithoutSubscribers(account.notifications[name]))
        .map((name) => [name, topics[name].arn]),
      ...(changeWindow === undefined ? [] : [["raised", changeWindow.recordTopicArn]]),
    ];
    if (kept.length === 0) return;
    new KeptMessages(this, "kept-messages", {
      name: this.own.keptMessagesQueue,
      accountId: account.id,
      region: organization.homeRegion,
      topicArns: Object.fromEntries(kept) as Record<string, string>,
    });
  }

  /** With a hub, the hub's subscribers are notified; the management account sends the hub's heartbeat. */
  private forwardAlarms(topics: Topics): void {
    const { account, organization } = this;
    const busArn = alertBusArn(organization);
    if (busArn === undefined) return;
    new AlarmForwarding(this, "alarm-forwarding", {
      accountName: account.name,
      accountId: account.id,
      region: organization.homeRegion,
      busArn,
      topicArn: topics.alerts.arn,
      changeWindows: account.changeWindows,
    });
    if (account.role !== "management") return;
    new HubHeartbeat(this, "hub-heartbeat", { accountId: account.id, region: organization.homeRegion, busArn });
  }

  /** With a hub, its messages have the details of the events that raised an alarm. */
  private letHubRead(detections: readonly CompiledDetection[], feed: DeployedFeedParts): void {
    const { account, organization } = this;
    const { alertHub } = organization;
    if (alertHub === undefined) return;
    const groups = detections.map(({ pack }) => (pack.events === "data" ? this.dataEventsLogGroup() : feed.logGroup));
    new DetailsRole(this, "alert-details", {
      accountId: account.id,
      region: organization.homeRegion,
      hubAccountId: accountNamed(organization, alertHub.account).id,
      organizationId: organization.id,
      logGroups: [...new Set([feed.logGroup, ...groups])],
      iam: organization.iam,
    });
  }

  private createAlarm(
    compiled: CompiledDetection,
    logGroupName: string,
    topics: Topics,
    changeWindow: QuietInWindow | undefined,
  ): DetectionAlarm {
    const { account, organization } = this;
    const { detection } = compiled;
    const topicArn = topics[`${topicKindOfDetection(compiled)}s`].arn;
    const queries = compiled.queries();
    return new DetectionAlarm(this.detections, detection.id, {
      accountName: account.name,
      detection: detection.id,
      description: describeAlarm({ own: this.own, compiled, queries, account, organization }),
      logGroupName,
      filterPatterns: compiled.filterPatterns,
      threshold: compiled.threshold,
      periodSeconds: compiled.periodSeconds,
      evaluationPeriods: compiled.evaluationPeriods,
      alarmWhen: detection.alarmWhen,
      ...decidedBy(compiled.alarm),
      asCheckersExpect: compiled.asCheckersExpect,
      query: queries.query,
      topicArn,
      furtherTopicArns: this.witnessTopics(compiled).filter((each) => each !== topicArn),
      changeWindow: isQuietInWindow(compiled) ? changeWindow : undefined,
    });
  }

  /**
   * Without a hub, the topics of the account have the same subscribers as the witness topic, and each message would
   * arrive twice.
   */
  private witnessTopics({ detection }: CompiledDetection): string[] {
    const { account, organization } = this;
    const notifies = detection.notifiesWitness === true && organization.alertHub !== undefined;
    return notifies && hasWitness(organization, account) ? [witnessTopicArn(organization, account)] : [];
  }

  private createDashboard(alarms: readonly { compiled: CompiledDetection; alarm: DetectionAlarm }[]): void {
    const { account, organization } = this;
    const packs = [...new Set(alarms.map(({ compiled }) => compiled.pack))];
    new AccountDashboard(this, "dashboard", {
      name: this.own.dashboardName(account.name),
      region: organization.homeRegion,
      sections: packs.map((pack) => ({
        title: pack.title,
        detections: alarms
          .filter(({ compiled }) => compiled.pack === pack)
          .map(({ compiled, alarm }) => ({
            title: compiled.detection.title,
            alarmArn: arn(organization.homeRegion, "cloudwatch", account.id, `alarm:${alarm.alarmName}`),
          })),
      })),
    });
  }
}

function isWithoutSubscribers(topic: NotifiedTopic): boolean {
  return topic.existing === undefined && endpointsOf(topic).length === 0;
}

/** How the alarm decides. */
function decidedBy(alarm: AlarmKind): Pick<DetectionAlarmProps, "anomalyBandWidth"> {
  switch (alarm.kind) {
    case "static-threshold":
      return {};
    case "anomaly-detection":
      return { anomalyBandWidth: alarm.bandWidth };
  }
}

interface Topics extends Readonly<Record<TopicName, AlarmTopic>> {
  /** Creates one. */
  readonly topic: (name: AccountTopic, subscribers: Subscribers) => NotificationTopic;
}
