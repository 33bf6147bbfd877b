import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { arn } from "../lib/aws/partitions";
import { AWS_OWNED, NotificationTopic } from "../modules/topic/notification-topic";
import { TopicKey } from "../modules/topic/topic-key";
import { noteOmittedRegions } from "../modules/omitted-regions";
import { OrganizationTrail } from "../modules/trail/organization-trail";
import { TrailLogGroup } from "../modules/trail/trail-log-group";
import { noteExisting, noteTopics, requireLogGroup } from "../modules/existing-resources";
import { terraformTemplate } from "../modules/user-text";
import { hasDataAlarms } from "../organization/data-events";
import { archiveBucketOf, ownArchiveOf } from "../organization/resolve/archive";
import { witnessedBy } from "../organization/resolve/topics";
import type { ExistingTrail } from "../organization/schema/trail-settings";
import { accountWithRole, type Organization } from "../organization/organization";
import { AccountStack } from "./account-stack";
import { createWitness } from "./account-witness";
import { organizationTrails, ownBucketParts } from "./names";

export interface OrganizationTrailStackProps {
  /** The organization; its trail settings and the account with role `management` matter here. */
  readonly organization: Organization;
  /** ARN of the archive's key, read from the state of the stack that creates it; undefined: Trailwatch creates no archive. */
  readonly archiveKeyArn: string | undefined;
}

/**
 * The organization trail, in the management account, with its log group; the trails of data events; and the witness. With
 * an existing trail, what it is called, and the witness.
 */
export class OrganizationTrailStack extends AccountStack {
  constructor(scope: Construct, id: string, props: OrganizationTrailStackProps) {
    const { organization } = props;
    super(scope, id, { organization, account: accountWithRole(organization, "management") });
    const { omittedRegions, trail } = organization;

    if (omittedRegions.length > 0) {
      noteOmittedRegions(this, Object.fromEntries(omittedRegions.map(({ region, reason }) => [region, reason])));
    }
    this.noteExisting(trail.existing);
    const logGroup =
      trail.existing === undefined
        ? this.logGroup("log-group", "organization-trail", this.own.organizationTrail)
        : undefined;

    const witness = createWitness(this, organization, this.account, (region) => this.regionalProvider(region));
    if (witness.pendingSubscriptions !== undefined) {
      new TerraformOutput(this, "pending_witness_subscriptions", {
        value: terraformTemplate(witness.pendingSubscriptions),
        description: "Subscribers of the witness topic who have not confirmed yet: they receive nothing.",
      });
    }

    if (organizationTrails(organization).length === 0) return;
    if (ownArchiveOf(organization.archive) === undefined)
      throw new Error("trails of Trailwatch's own need an archive of its own");
    const logFileTopic = trail.logFileNotifications.enabled ? this.logFileTopic() : undefined;

    new OrganizationTrail(this, "trail", {
      trailName: this.own.organizationTrail,
      dataTrailName: this.own.dataTrail,
      region: organization.homeRegion,
      organizationId: organization.id,
      organizationIdSetting: "'id' in accounts/organization.yaml",
      archiveBucket: archiveBucketOf(organization).bucket,
      archiveKeyArn: props.archiveKeyArn,
      managementEvents: trail.existing === undefined,
      logGroup,
      dataEvents: trail.dataEvents,
      dataAlarms: hasDataAlarms(organization)
        ? {
            trailName: this.own.dataAlarmsTrail,
            logGroup: this.logGroup("data-events-log-group", "data-events", this.own.dataAlarmsTrail),
          }
        : undefined,
      ownBuckets: ownBucketParts(organization),
      insights: trail.insights,
      logFileTopicArn: logFileTopic?.arn,
    });
  }

  /** Notes trail and topic for those who read what is deployed, and checks before a deployment that the log group exists. */
  private noteExisting(trail: ExistingTrail | undefined): void {
    const { account, organization } = this;
    const topic = witnessedBy(organization, account).existing;
    if (trail !== undefined) this.noteTrail(trail);
    noteTopics(this, topic === undefined ? [] : [topic.topicArn]);
  }

  private noteTrail({ name, region, logGroup }: ExistingTrail): void {
    const { account, organization } = this;
    const trailRegion = region ?? organization.homeRegion;
    const { existing } = organization.archive;
    noteExisting(this, "aws_cloudtrail", {
      name,
      region: trailRegion,
      is_organization_trail: true,
      is_multi_region_trail: true,
      include_global_service_events: true,
      ...(existing === undefined ? {} : { s3_bucket_name: existing.bucket }),
      ...(logGroup === undefined
        ? {}
        : { cloud_watch_logs_group_arn: arn(trailRegion, "logs", account.id, `log-group:${logGroup}:*`) }),
    });
    if (logGroup === undefined) return;
    noteExisting(this, "aws_cloudwatch_log_group", { name: logGroup, region: trailRegion });
    if (trailRegion === organization.homeRegion) requireLogGroup(this, { name: logGroup, trail: name });
  }

  /** The log group of one of the trails, whose role has the trail's name. */
  private logGroup(id: string, events: "organization-trail" | "data-events", trailName: string): TrailLogGroup {
    const { account, organization } = this;
    const { homeRegion, trail } = organization;
    return new TrailLogGroup(this, id, {
      logGroupName: this.own.trailLogGroup(account.name, events),
      retentionDays: trail.logRetentionDays,
      trailName,
      accountId: account.id,
      region: homeRegion,
      organizationId: organization.id,
      preventDestroy: true,
    });
  }

  /** Messages about delivered files are not alerts: they get a separate topic. */
  private logFileTopic(): NotificationTopic {
    const { account, organization } = this;
    const publisher = {
      service: "cloudtrail.amazonaws.com",
      sourceArn: organizationTrails(organization).map((trail) => trail.arn),
    };
    const key = new TopicKey(this, "log-files-key", {
      alias: this.own.logFilesTopic,
      region: organization.homeRegion,
      accountId: account.id,
      publisher,
    });
    const topic = new NotificationTopic(this, "log-files", {
      name: this.own.logFilesTopic,
      accountId: account.id,
      region: organization.homeRegion,
      publisher,
      subscribers: organization.trail.logFileNotifications.subscribers,
      encryptionKeyArn: key.arn ?? AWS_OWNED,
    });
    new TerraformOutput(this, "pending_subscriptions", { value: terraformTemplate(topic.pendingSubscriptions) });
    return topic;
  }
}
