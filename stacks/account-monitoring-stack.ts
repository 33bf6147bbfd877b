import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { WATCHED_SECRET_READS, watchedSecretReadPatterns } from "../detections/watched-secret-reads";
import { DetectionAlarm } from "../modules/detection-alarm/detection-alarm";
import { EncryptionKey } from "../modules/encryption-key/encryption-key";
import { AccountTrailFeed } from "../modules/feed/account-trail-feed";
import { EventBusFeed } from "../modules/feed/event-bus-feed";
import type { Feed } from "../modules/feed/feed";
import { stableId } from "../modules/stable-id";
import { NotificationTopic } from "../modules/topic/notification-topic";
import { PlaceholderSecret } from "../modules/watched-secrets/placeholder-secret";
import { forwardedRegions, type Account, type Organization } from "../organization/organization";
import { AccountStack } from "./account-stack";
import { ACCOUNT_TRAIL, EVENTS_LOG_GROUP, trailLogGroup } from "./names";
import { describeAlarm } from "./alarm-description";

export interface AccountMonitoringStackProps {
  /** The organization; its home region and further regions matter here. */
  readonly organization: Organization;
  /** The account to watch; it must have a secret to watch. */
  readonly account: Account;
  /** ARN of the archive's key; a stack that does not use it does not depend on the archive. */
  readonly archiveKeyArn: string;
}

/** One account's signal path: watched secrets, feed, detections, alarms and the people who are told. */
export class AccountMonitoringStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountMonitoringStackProps) {
    super(scope, id, props);

    this.createSecrets();
    const feed = this.createFeed(props.archiveKeyArn);
    const topic = this.createAlertTopic();
    this.createAlarm(feed, topic);
  }

  private createSecrets(): void {
    const { create } = this.account.secrets;
    if (create.length === 0) return;

    const key = new EncryptionKey(this, "secrets-key", {
      alias: "trailwatch-secrets",
      description: "Trailwatch: watched secrets",
      accountId: this.account.id,
    });
    for (const secret of create) {
      new PlaceholderSecret(this, stableId("secret", secret.name), {
        ...secret,
        encryptionKeyArn: key.arn,
        organizationId: this.organization.id,
      });
    }
  }

  private createFeed(archiveKeyArn: string): Feed {
    const { account, organization } = this;
    const common = {
      accountId: account.id,
      region: organization.homeRegion,
      retentionDays: account.logRetentionDays,
    };

    switch (account.feed) {
      case "organization-trail":
        return { logGroupName: trailLogGroup(account, "organization-trail"), recordRoot: "$" };
      case "account-trail":
        return new AccountTrailFeed(this, "feed", {
          ...common,
          trailName: ACCOUNT_TRAIL,
          logGroupName: trailLogGroup(account, "account-trail"),
          archiveBucket: organization.archive.bucket,
          archiveKeyArn,
        });
      case "event-bus":
        return new EventBusFeed(this, "feed", {
          ...common,
          logGroupName: EVENTS_LOG_GROUP,
          eventPattern: WATCHED_SECRET_READS.eventPattern,
          furtherRegions: new Map(
            forwardedRegions(organization).map((region) => [region, this.regionalProvider(region)]),
          ),
        });
    }
  }

  private createAlertTopic(): NotificationTopic {
    const { account, organization } = this;
    const topic = new NotificationTopic(this, "alerts", {
      name: "trailwatch-alerts",
      accountId: account.id,
      region: organization.homeRegion,
      publisher: {
        service: "cloudwatch.amazonaws.com",
        sourceArn: `arn:aws:cloudwatch:${organization.homeRegion}:${account.id}:alarm:*`,
      },
      subscribers: account.notifications,
    });
    new TerraformOutput(this, "pending_subscriptions", {
      value: topic.pendingSubscriptions,
      description: "Subscribers who have not confirmed yet: they receive nothing.",
    });
    return topic;
  }

  private createAlarm(feed: Feed, topic: NotificationTopic): void {
    const { secrets, name, detections } = this.account;
    const settings = detections[WATCHED_SECRET_READS.id];
    const watched = [...secrets.create.map((secret) => secret.name), ...secrets.watch];

    new DetectionAlarm(this, WATCHED_SECRET_READS.id, {
      accountName: name,
      detection: WATCHED_SECRET_READS.id,
      description: describeAlarm(this.account, WATCHED_SECRET_READS.title, settings),
      logGroupName: feed.logGroupName,
      filterPatterns: watchedSecretReadPatterns(watched, feed.recordRoot),
      ...settings,
      topicArn: topic.arn,
    });
  }
}
