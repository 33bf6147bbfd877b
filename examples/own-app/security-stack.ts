import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DetectionAlarm, NotificationTopic, OrganizationTrail, TrailLogGroup } from "trailwatch";

export interface SecurityStackProps {
  /** The 12-digit id of the organization's management account. */
  readonly accountId: string;
  /** `o-…`, as `aws organizations describe-organization` shows it. */
  readonly organizationId: string;
  /** Home region. */
  readonly region: string;
  /** Name of the bucket that keeps the log files, in any account of the organization. */
  readonly archiveBucket: string;
  /** Addresses that are notified. */
  readonly emails: readonly string[];
}

const TRAIL = "company-organization";

/** An organization trail, and an alarm when a root user does something, in a stack of a company's own. */
export class SecurityStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: SecurityStackProps) {
    super(scope, id);
    const { accountId, organizationId, region } = props;
    new AwsProvider(this, "aws", { region, allowedAccountIds: [accountId] });

    const logGroup = new TrailLogGroup(this, "log-group", {
      logGroupName: "/company/organization-trail",
      retentionDays: 365,
      trailName: TRAIL,
      accountId,
      region,
      organizationId,
    });
    new OrganizationTrail(this, "trail", {
      trailName: TRAIL,
      organizationId,
      region,
      archiveBucket: props.archiveBucket,
      logGroup,
    });

    const alerts = new NotificationTopic(this, "alerts", {
      name: "company-security-alerts",
      accountId,
      region,
      subscribers: { email: props.emails },
    });
    new DetectionAlarm(this, "root-use", {
      accountName: "management",
      detection: "root-use",
      description: "A root user made a call. Find out who has its password: https://wiki.example.com/root-use",
      logGroupName: logGroup.logGroupName,
      filterPatterns: ['{ ($.userIdentity.type = "Root") && ($.eventType != "AwsServiceEvent") }'],
      query: 'filter userIdentity.type = "Root" | fields @timestamp, recipientAccountId, eventName, sourceIPAddress',
      topicArn: alerts.arn,
    });

    new TerraformOutput(this, "pending_subscriptions", {
      value: alerts.pendingSubscriptions,
      description: "Addresses that have not confirmed their subscription yet: they receive nothing.",
    });
  }
}
