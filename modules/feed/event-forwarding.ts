import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { undeliveredQueueName } from "../../lib/naming/resource-names";
import { createMessageQueue } from "../message-queue/message-queue";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustEventBridge } from "../policy-document";

/**
 * By default, a rule does not match read-only management events, such as `GetSecretValue`.
 * Source: EventBridge User Guide, "Read-only management events from AWS services".
 */
export const WITH_READ_ONLY_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface EventForwardingProps {
  /** The 12-digit id of the account; events never leave it. */
  readonly accountId: string;

  /** Region whose default event bus gets the events. */
  readonly homeRegion: string;

  /** JSON of the events to forward, one text for each rule; no event matches two of them. */
  readonly eventPatterns: readonly string[];

  /** Regions to forward from, each with its provider. */
  readonly regions: ReadonlyMap<string, AwsProvider>;
}

/**
 * Rules are regional, and alarms in each region are not worth their cost: events of further regions go to the home
 * region.
 */
export class EventForwarding extends Construct {
  constructor(scope: Construct, id: string, props: EventForwardingProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const homeBusArn = arn(props.homeRegion, "events", props.accountId, "event-bus/default");

    const role = new IamRole(this, "role", {
      name: own.eventForwardingRole,
      assumeRolePolicy: policyJson("trust", [trustEventBridge(props.accountId)]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "put-events",
      role: role.id,
      policy: policyJson("role", [
        { Sid: "PutEventsAtHome", Effect: "Allow", Action: "events:PutEvents", Resource: homeBusArn },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    for (const [region, provider] of props.regions) {
      if (props.eventPatterns.length === 0) break;
      const regional = new Construct(this, region);
      const undelivered = this.undeliveredQueue(regional, region, provider, props);
      props.eventPatterns.forEach((eventPattern, index) => {
        const suffix = index === 0 ? "" : `-${index + 1}`;
        const rule = new CloudwatchEventRule(regional, `rule${suffix}`, {
          name: own.eventRuleName(index),
          description: `CloudTrail events that Trailwatch forwards to ${props.homeRegion}`,
          eventPattern,
          state: WITH_READ_ONLY_EVENTS,
          provider,
        });
        new CloudwatchEventTarget(regional, `target${suffix}`, {
          rule: rule.name,
          targetId: "home-region",
          arn: homeBusArn,
          roleArn: role.arn,
          deadLetterConfig: { arn: undelivered.queue.arn },
          provider,
          dependsOn: [permission],
        });
      });
    }
  }

  /**
   * Keeps what could not be forwarded within a day: one queue for all rules of a region, which must be in that region.
   * It has no alarm, because an alarm needs a topic in the same region.
   * Source: EventBridge User Guide, "Using dead-letter queues".
   */
  private undeliveredQueue(
    regional: Construct,
    region: string,
    provider: AwsProvider,
    { accountId, eventPatterns }: EventForwardingProps,
  ) {
    return createMessageQueue(new Construct(regional, "undelivered"), {
      name: undeliveredQueueName(ownNamesOf(this).eventForwardingRole),
      accountId,
      region,
      provider,
      senders: {
        sid: "AllowRules",
        service: "events.amazonaws.com",
        sourceArns: eventPatterns.map((_pattern, index) =>
          arn(region, "events", accountId, `rule/${ownNamesOf(this).eventRuleName(index)}`),
        ),
      },
    });
  }
}
