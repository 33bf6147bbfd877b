import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { EncryptedLogGroup } from "../log-group/encrypted-log-group";
import { policyJson } from "../policy-document";
import { EventForwarding, WITH_READ_ONLY_EVENTS } from "./event-forwarding";

export interface EventBusFeedProps {
  /** Name of the log group; EventBridge requires the prefix `/aws/events/`. */
  readonly logGroupName: string;

  /** Days that events are kept; one of the numbers that CloudWatch Logs accepts. */
  readonly retentionDays: number;

  /** The 12-digit id of the account whose events these are. */
  readonly accountId: string;

  /** The home region, with the log group, metric filters and alarms. */
  readonly region: string;

  /**
   * EventBridge patterns of the events that detections need, one for each rule. No event may match two of them: it
   * would be in the log group twice, and count twice.
   */
  readonly eventPatterns: readonly object[];

  /**
   * Providers of further regions, by region; their events are forwarded to the home region.
   *
   * @default - no further regions
   */
  readonly furtherRegions?: ReadonlyMap<string, AwsProvider>;
}

/** Delivers CloudTrail's events through EventBridge into a log group of the account: no second, billed copy of them. */
export class EventBusFeed extends Construct {
  /** Name of the log group for metric filters; a reference to it depends on the log group. */
  public readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: EventBusFeedProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { accountId, region } = props;

    const logGroup = new EncryptedLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionDays: props.retentionDays,
      keyAlias: own.eventsPermission,
      accountId,
      region,
    });
    this.logGroupName = logGroup.name;

    const permission = new CloudwatchLogResourcePolicy(this, "permission", {
      policyName: own.eventsPermission,
      policyDocument: policyJson("logs", [
        {
          // Without a condition on the source: AWS does not document that `CreateLogStream` has one, and a condition that
          // does not hold drops all events silently. See ADR 20.
          Sid: "EventBridgeToLogs",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: arn(region, "logs", accountId, `log-group:${props.logGroupName}:*`),
        },
      ]),
    });

    const eventPatterns = props.eventPatterns.map((pattern) => JSON.stringify(pattern));
    eventPatterns.forEach((eventPattern, index) => {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      const rule = new CloudwatchEventRule(this, `rule${suffix}`, {
        name: own.eventRuleName(index),
        description: "CloudTrail events that Trailwatch's detections ask for",
        eventPattern,
        state: WITH_READ_ONLY_EVENTS,
      });

      new CloudwatchEventTarget(this, `target${suffix}`, {
        rule: rule.name,
        targetId: "log-group",
        arn: logGroup.arn,
        // Events that arrive before the permission exists are lost: this target has no queue to wait in.
        dependsOn: [permission],
      });
    });

    const furtherRegions = props.furtherRegions ?? new Map<string, AwsProvider>();
    if (furtherRegions.size > 0) {
      new EventForwarding(this, "forwarding", {
        accountId,
        homeRegion: region,
        eventPatterns,
        regions: furtherRegions,
      });
    }
  }
}
