import { arn } from "../../lib/aws/partitions";
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import { MANAGEMENT_EVENTS } from "../trail/event-selectors";
import { TrailFiles, type TrailFilesProps } from "./trail-files";
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

  /** Where the trail delivers its files: the archive, which must admit it, or a bucket of its own that is created. */
  readonly files: DeliveredTo | Pick<TrailFilesProps, "bucketName" | "keyAlias" | "organizationId">;
}

/** A bucket that another stack creates. */
interface DeliveredTo {
  readonly archiveBucket: string;
  /** ARN of the bucket's key; undefined: a key that AWS owns. */
  readonly archiveKeyArn: string | undefined;
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
    const { accountId, files, region } = props;
    const trailArn = arn(region, "cloudtrail", accountId, `trail/${props.trailName}`);

    const logGroup = new TrailLogGroup(this, "log-group", {
      logGroupName: props.logGroupName,
      retentionDays: props.retentionDays,
      trailName: props.trailName,
      accountId,
      region,
    });
    this.logGroupName = logGroup.logGroupName;

    const [delivery, admission] =
      "archiveBucket" in files ? [files, []] : this.ownFiles({ ...files, accountId, region, trailArn });

    new Cloudtrail(this, "Resource", {
      name: props.trailName,
      s3BucketName: delivery.archiveBucket,
      ...(delivery.archiveKeyArn === undefined ? {} : { kmsKeyId: delivery.archiveKeyArn }),
      isOrganizationTrail: false,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      cloudWatchLogsGroupArn: logGroup.streamsArn,
      cloudWatchLogsRoleArn: logGroup.roleArn,
      advancedEventSelector: MANAGEMENT_EVENTS,
      // CloudTrail writes a test event with the role when the trail is created.
      dependsOn: [logGroup.permission, ...admission],
    });
  }

  private ownFiles(props: TrailFilesProps): [DeliveredTo, TrailFiles["policy"][]] {
    const { bucketName, keyArn, policy } = new TrailFiles(this, "files", props);
    return [{ archiveBucket: bucketName, archiveKeyArn: keyArn }, [policy]];
  }
}
