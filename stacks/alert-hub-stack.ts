import { arn } from "../lib/aws/partitions";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { TopicKind } from "../lib/naming/alarm-description";
import { CHAT_KINDS } from "../lib/naming/chat-kinds";
import { ownRoleArn } from "../lib/naming/role-names";
import { NO_SUBSCRIBERS, type Subscribers } from "../lib/naming/subscriber-kinds";
import { AlertBus } from "../modules/alert-hub/alert-bus";
import { AlertDetails } from "../modules/alert-hub/alert-details";
import { AlertMessages } from "../modules/alert-hub/alert-messages";
import { ChatChannels } from "../modules/alert-hub/chat-channels";
import { CONNECTION_KEY_TAG, Webhooks, type WebhooksProps } from "../modules/alert-hub/webhooks";
import { noteTopics } from "../modules/existing-resources";
import { Notices } from "../modules/alert-hub/notices";
import { AWS_OWNED, NotificationTopic } from "../modules/topic/notification-topic";
import { alarmPublisher, TopicKey } from "../modules/topic/topic-key";
import { accountNamed, accountWithRole, type Organization } from "../organization/organization";
import type { AlertHub } from "../organization/schema/schema";
import { existingAmong } from "../organization/resolve/topics";
import type { NotifiedTopic, TopicName } from "../organization/schema/subscribers";
import { AccountStack } from "./account-stack";
import { knownAlarmsOf } from "./known-alarms";
import { createWitness } from "./account-witness";
import { outputPending, type AlarmTopic } from "./alarm-topic";
import { secretCommand } from "./webhook-secret";

export interface AlertHubStackProps {
  /** The organization; its subscribers get the messages of all accounts here. */
  readonly organization: Organization;
  /** The part of `organization.yaml` that names the hub's account. */
  readonly alertHub: AlertHub;
}

const KIND_OF_TOPIC: Readonly<Record<TopicName, TopicKind>> = { alerts: "alert", notices: "notice" };

/** Where the alarms of all accounts arrive, become messages and reach subscribers, who confirm once. */
export class AlertHubStack extends AccountStack {
  constructor(scope: Construct, id: string, { organization, alertHub }: AlertHubStackProps) {
    super(scope, id, { organization, account: accountNamed(organization, alertHub.account) });
    const { account } = this;
    const region = organization.homeRegion;
    const { alerts, notices = alerts } = organization.notifications;

    // CloudWatch publishes alarms on the hub itself; the state machine publishes with its role.
    const publisher = alarmPublisher(region, account.id);
    const tags = alertHub.webhooks.length === 0 ? undefined : CONNECTION_KEY_TAG;
    const key = new TopicKey(this, "topics-key", {
      alias: this.own.alertHub,
      region,
      accountId: account.id,
      publisher,
      tags,
    });
    const topic = (name: TopicName | "chat", receivers: Subscribers): NotificationTopic =>
      new NotificationTopic(this, name, {
        name: this.own.hubTopicName(name),
        accountId: account.id,
        region,
        publisher,
        subscribers: receivers,
        encryptionKeyArn: key.arn ?? AWS_OWNED,
      });
    const notified = (name: TopicName, { existing, ...receivers }: NotifiedTopic): AlarmTopic =>
      existing === undefined ? topic(name, receivers) : { arn: existing.topicArn };
    const topics: Readonly<Record<TopicName, AlarmTopic>> = {
      alerts: notified("alerts", alerts),
      notices: notified("notices", notices),
    };
    const existingTopicArns = existingAmong({ alerts, notices });
    noteTopics(this, existingTopicArns);
    const chatTopicArn = this.chat(alertHub, topic);

    const webhooks = this.webhooks(alertHub, { keyArn: key.arn, alertsTopicArn: topics.alerts.arn, region });

    const { noticesDigest: time } = alertHub;
    const busArn = arn(region, "events", account.id, `event-bus/${this.own.alertBus}`);
    const digest =
      time === undefined
        ? undefined
        : new Notices(this, "digest", { time, accountId: account.id, region, busArn, keyArn: key.arn }).digest;

    new AlertMessages(this, "messages", {
      name: this.own.alertHub,
      bus: new AlertBus(this, "bus", {
        name: this.own.alertBus,
        accountId: account.id,
        region,
        organizationId: organization.id,
      }),
      topics: { alerts: topics.alerts.arn, notices: topics.notices.arn },
      existingTopicArns,
      chatTopicArn,
      webhooks,
      digest,
      known: knownAlarmsOf(organization),
      details: new AlertDetails(this, "details", {
        accountId: account.id,
        region,
        organizationId: organization.id,
        iam: organization.iam,
      }),
      heartbeatAccountId: accountWithRole(organization, "management").id,
      changeWindows: organization.accounts.some(({ changeWindows }) => changeWindows),
      topicsKeyArn: key.arn,
      accountId: account.id,
      accountName: account.name,
      region,
    });

    // The management account has its witness with the organization's trail.
    const witness =
      account.role === "management"
        ? undefined
        : createWitness(this, organization, account, (each) => this.regionalProvider(each));

    outputPending(this, { ...topics, ...(witness === undefined ? {} : { witness }) });
  }

  /** Webhooks, and an output with the command that sets the secret of each. */
  private webhooks(
    { webhooks }: AlertHub,
    props: Pick<WebhooksProps, "keyArn" | "alertsTopicArn" | "region">,
  ): Webhooks["bus"] | undefined {
    if (webhooks.length === 0) return undefined;
    new TerraformOutput(this, "webhook_secrets", {
      value: Object.fromEntries(webhooks.map((webhook) => [webhook.name, secretCommand(webhook, this.organization)])),
      description: "Next step: how to set the secret of each webhook, which receives nothing before.",
    });
    return new Webhooks(this, "webhooks", {
      ...props,
      name: this.own.webhooks,
      webhooks: webhooks.map((webhook) => ({
        ...webhook,
        topics: webhook.topics.map((topic) => KIND_OF_TOPIC[topic]),
      })),
      senderRoleArn: ownRoleArn(
        this.organization.homeRegion,
        this.organization.iam,
        this.account.id,
        this.own.alertHub,
      ),
      accountId: this.account.id,
      accountName: this.account.name,
    }).bus;
  }

  /** Channels show messages only in their own format, so they get their own topic. */
  private chat(
    { chat: channels }: AlertHub,
    topic: (name: "chat", receivers: Subscribers) => NotificationTopic,
  ): string | undefined {
    if (CHAT_KINDS.every((kind) => channels[kind] === undefined)) return undefined;
    const { arn: topicArn } = topic("chat", NO_SUBSCRIBERS);
    new ChatChannels(this, "channels", {
      name: this.own.alertHub,
      accountId: this.account.id,
      region: this.organization.homeRegion,
      topicArn,
      channels,
    });
    return topicArn;
  }
}
