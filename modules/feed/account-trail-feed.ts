import { arn } from "../../lib/aws/partitions";
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import { MANAGEMENT_EVENTS } from "../trail/event-selectors";
import { TrailLogGroup } from "../trail/trail-log-group";

export interface AccountTrailFeedProps {
  /** Name of the trail and its role, and alias of the log group's key. */
  readonly trailName: string;

  /** Name of the trail's log group. */
  readonly logGroupName: string;

  /** Days that events are kept; one of the numbers that CloudWatch Logs accepts. */
  readonly retentionDays: number;

  /** The 12-digit id of the account that owns trail, log group and role. */
  readonly accountId: string;

  /** Home region of the trail and region of its log group. */
  readonly region: string;

  /** Name of the archive bucket, which must admit this trail. */
  readonly archiveBucket: string;

  /** ARN of the archive's key. */
  readonly archiveKeyArn: string;
}

/**
 * A trail of the account's own, for an account that must pass CIS's monitoring controls by itself.
 * In addition to the organization trail, it is a second, billed copy of the account's management events.
 */
export class AccountTrailFeed extends Construct {
  /** Name of the log group for metric filters; a reference to it depends on the log group. */
  public readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: AccountTrailFeedProps) {
    super(scope, id);
    const { accountId, region } = props;

    const logGroup = new TrailLogGroup(this, "log-group", {
      logGroupName: props.logGroupName,
      retentionDays: props.retentionDays,
      roleName: props.trailName,
      trailArn: arn(region, "cloudtrail", accountId, `trail/${props.trailName}`),
      accountId,
      region,
    });
    this.logGroupName = logGroup.logGroupName;

    new Cloudtrail(this, "Resource", {
      name: props.trailName,
      s3BucketName: props.archiveBucket,
      kmsKeyId: props.archiveKeyArn,
      isOrganizationTrail: false,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      cloudWatchLogsGroupArn: logGroup.streamsArn,
      cloudWatchLogsRoleArn: logGroup.roleArn,
      advancedEventSelector: MANAGEMENT_EVENTS,
      // CloudTrail writes a test event with the role when the trail is created.
      dependsOn: [logGroup.permission],
    });
  }
}
