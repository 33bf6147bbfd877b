import { bucketArn } from "../../lib/aws/partitions";
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { DataAwsOrganizationsOrganization } from "@cdktf/provider-aws/lib/data-aws-organizations-organization";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { terraformAddressOf } from "../escape-hatches";
import { literalText } from "../given-text";
import { terraformTemplate } from "../user-text";
import { dataEventSelectors, MANAGEMENT_EVENTS, type DataEventsOfType } from "./event-selectors";
import type { TrailLogGroup } from "./trail-log-group";

export interface OrganizationTrailProps {
  /** Name of the trail of management and Insights events; part of its ARN. */
  readonly trailName: string;

  /**
   * Name of the trail of data events that only the archive gets.
   *
   * @default - the trail's name with `-data`
   */
  readonly dataTrailName?: string;

  /** `o-…` of the organization that the caller must be in: the plan fails in any other. */
  readonly organizationId: string;

  /**
   * What sets `organizationId`, for the message of a plan that fails.
   *
   * @default 'organizationId'
   */
  readonly organizationIdSetting?: string;

  /** The home region, such as `eu-west-1`: its partition is that of all ARNs. No token. */
  readonly region: string;

  /** Name of the bucket that keeps the log files; its policy must admit CloudTrail for the trail's ARN. */
  readonly archiveBucket: string;

  /**
   * ARN of the KMS key that encrypts the log files; its policy must admit CloudTrail.
   *
   * @default - no such key: a key that S3 owns encrypts them
   */
  readonly archiveKeyArn?: string | undefined;

  /**
   * Whether management events are recorded. Without them, only the trails of data events are created: another trail
   * records management events, and a second copy would be billed.
   *
   * @default true
   */
  readonly managementEvents?: boolean;

  /**
   * The log group for management events, in addition to the archive; metric filters evaluate what it gets.
   *
   * @default - only the archive gets them
   */
  readonly logGroup?: TrailLogGroup | undefined;

  /**
   * Data events, by resource type.
   *
   * @default - none, and no further trail
   */
  readonly dataEvents?: readonly DataEventsOfType[];

  /**
   * The trail of those data events that alarms need.
   *
   * @default - none; then no data event may need it
   */
  readonly dataAlarms?: { readonly trailName: string; readonly logGroup: TrailLogGroup } | undefined;

  /**
   * Buckets that take part in the logging (archive, access logs, state), or the parts of them that do, such as
   * `bucket/trailwatch`: their own data events are excluded.
   *
   * @default - the archive bucket
   */
  readonly ownBuckets?: readonly string[];

  /**
   * Kinds of Insights events.
   *
   * @default - call rate and error rate
   */
  readonly insights?: readonly ("ApiCallRateInsight" | "ApiErrorRateInsight")[];

  /**
   * ARN of the topic, in the trail's account and region, that gets a message for each delivered log file. Never an
   * alert topic.
   *
   * @default - no messages
   */
  readonly logFileTopicArn?: string | undefined;
}

/**
 * The organization trail: multi-region, validated, encrypted, and kept by every plan. It belongs in the
 * management account. Data events go on a second trail without CloudWatch Logs:
 * a trail sends everything it logs to its log group, where data events cost the most. Those that alarms need go on a
 * third trail, with a log group of its own.
 */
export class OrganizationTrail extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationTrailProps) {
    super(scope, id);
    const { region } = literalText(this, { region: props.region });
    const setting = props.organizationIdSetting ?? "'organizationId'";
    const organization = terraformAddressOf(
      "data.aws_organizations_organization",
      new DataAwsOrganizationsOrganization(this, "organization", {}),
    );
    const common = {
      s3BucketName: props.archiveBucket,
      ...(props.archiveKeyArn === undefined ? {} : { kmsKeyId: props.archiveKeyArn }),
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      snsTopicName: props.logFileTopicArn === undefined ? undefined : nameOfTopic(props.logFileTopicArn),
      lifecycle: {
        preventDestroy: true,
        // For these two, CreateTrail's own errors say neither what is wrong nor what to do.
        precondition: [
          {
            condition: terraformTemplate(`\${${organization}.id == "${props.organizationId}"}`),
            errorMessage: `${setting} must be the organization of the management account, got '${props.organizationId}'.`,
          },
          {
            condition: terraformTemplate(
              `\${contains(${organization}.aws_service_access_principals, "cloudtrail.amazonaws.com")}`,
            ),
            errorMessage:
              "CloudTrail must have trusted access to the organization. Run once, in the management account: " +
              "aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com",
          },
        ],
      },
    };

    if (props.managementEvents ?? true) {
      new Cloudtrail(this, "Resource", {
        ...common,
        ...(props.logGroup === undefined ? {} : intoLogGroup(props.logGroup)),
        name: props.trailName,
        advancedEventSelector: MANAGEMENT_EVENTS,
        insightSelector: (props.insights ?? ["ApiCallRateInsight", "ApiErrorRateInsight"]).map((insightType) => ({
          insightType,
        })),
      });
    }

    const { archived, withAlarms } = dataEventSelectors(
      props.dataEvents ?? [],
      (props.ownBuckets ?? [props.archiveBucket]).map((name) => bucketArn(region, name)),
    );
    if (archived.length > 0) {
      const name = props.dataTrailName ?? `${props.trailName}-data`;
      new Cloudtrail(this, "data", { ...common, name, advancedEventSelector: archived });
    }
    if (withAlarms.length > 0) {
      if (props.dataAlarms === undefined) throw new Error("'dataAlarms' must be given for data events with alarms");
      const { trailName, logGroup } = props.dataAlarms;
      new Cloudtrail(this, "data-alarms", {
        ...common,
        ...intoLogGroup(logGroup),
        name: trailName,
        advancedEventSelector: withAlarms,
      });
    }
  }
}

function intoLogGroup({ streamsArn, roleArn, permission }: TrailLogGroup) {
  return {
    cloudWatchLogsGroupArn: streamsArn,
    cloudWatchLogsRoleArn: roleArn,
    // CloudTrail writes a test event with the role when the trail is created.
    dependsOn: [permission],
  };
}

/**
 * The trail accepts an ARN too, but then returns the name, and each plan would change it back. The name is derived from
 * the ARN, so that it depends on what the ARN depends on: the topic's policy.
 */
function nameOfTopic(arn: string): string {
  return Token.asString(Fn.element(Fn.split(":", arn), 5));
}
