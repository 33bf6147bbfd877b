import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { EVENT_PATTERN_LIMIT } from "../../detections/event-pattern";
import type { Subscribers } from "../../lib/naming/subscriber-kinds";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustEventBridge } from "../policy-document";
import { AWS_OWNED, NotificationTopic } from "../topic/notification-topic";
import { encryptForExisting } from "../topic/existing-topic";
import { alarmPublisher, TopicKey } from "../topic/topic-key";
import { witnessPattern } from "./witness-patterns";
import {
  witnessedOfExisting,
  witnessedServices,
  witnessedTopics,
  type OwnRoles,
  type WitnessedTrail,
} from "./witnessed-calls";

export interface WitnessProps extends OwnRoles {
  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** Name of the account, part of the messages. */
  readonly accountName: string;

  /** The home region, with the topic. */
  readonly region: string;

  /** Who gets the messages: directly, never through the alert hub. */
  readonly subscribers: Subscribers;

  /**
   * ARN of a topic that exists, of this region and any account, which is notified instead of a topic of the witness.
   *
   * @default - the witness has a topic for the subscribers
   */
  readonly existingTopicArn?: string | undefined;

  /**
   * An organization trail of the account that Trailwatch did not create.
   *
   * @default - none
   */
  readonly existingTrail?: WitnessedTrail | undefined;

  /**
   * ARNs of topics of the account that Trailwatch notifies and did not create.
   *
   * @default - none
   */
  readonly existingTopics?: readonly string[] | undefined;

  /**
   * ARN of the session by which Trailwatch deploys to the account; its deployments send no messages.
   *
   * @default - deployments send messages too
   */
  readonly deploymentSession?: string | undefined;

  /**
   * Provider of the region where IAM and Organizations report their calls, such as us-east-1. Leave it out if another rule forwards these
   * events to the home region already: they would arrive twice.
   *
   * @default - nothing is forwarded
   */
  readonly globalProvider?: AwsProvider | undefined;
}

/**
 * Reports the calls that cut the monitoring as a whole, by EventBridge rules that notify a topic of their own: no trail,
 * log group, metric filter, alarm or alert hub is involved.
 */
export class Witness extends Construct {
  /** Terraform expression: the addresses that are not confirmed yet, and so get no messages; undefined: an existing topic. */
  public readonly pendingSubscriptions: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WitnessProps,
  ) {
    super(scope, id);
    const { existingTopicArn } = props;
    const topic = existingTopicArn === undefined ? this.createTopic() : { arn: existingTopicArn };
    this.pendingSubscriptions = "pendingSubscriptions" in topic ? topic.pendingSubscriptions : undefined;
    const publishing = existingTopicArn === undefined ? undefined : this.createPublisher(existingTopicArn);

    const ofExisting = props.existingTrail === undefined ? [] : witnessedOfExisting(props.existingTrail);
    const ofTopics = witnessedTopics(props.existingTopics ?? []);
    for (const service of [...witnessedServices(props), ...ofExisting, ...ofTopics]) {
      const id = service.further === undefined ? service.service : `${service.service}-${service.further}`;
      const session = service.further === undefined ? props.deploymentSession : undefined;
      const rule = this.createRule(this, id, patternText(id, witnessPattern(service, session)));
      new CloudwatchEventTarget(this, `${id}-target`, {
        rule: rule.name,
        targetId: "topic",
        arn: topic.arn,
        ...publishing,
        inputTransformer: this.message(),
      });
    }
    if (props.globalProvider !== undefined) this.forward(props.globalProvider);
  }

  private createTopic(): NotificationTopic {
    const own = ownNamesOf(this);
    const { accountId, region, subscribers } = this.props;
    const publisher = alarmPublisher(region, accountId);
    const key = new TopicKey(this, "key", { alias: own.witness, accountId, region, publisher, admitsEventRules: true });
    return new NotificationTopic(this, "topic", {
      name: own.witness,
      accountId,
      region,
      publisher,
      admitsEventRules: true,
      subscribers,
      encryptionKeyArn: key.arn ?? AWS_OWNED,
    });
  }

  /**
   * With what rules publish to a topic of another account: a role. In the rules' own account, the topic's policy admits
   * EventBridge. Source: EventBridge User Guide, "Sending events to an AWS service in another account".
   */
  private createPublisher(topicArn: string): Pick<CloudwatchEventTargetConfig, "roleArn" | "dependsOn"> | undefined {
    const { accountId, region } = this.props;
    const owner = topicArn.split(":")[4] ?? "";
    if (owner === accountId) return undefined;
    const publisher = new Construct(this, "publisher");
    const role = new IamRole(publisher, "role", {
      name: ownNamesOf(this).witnessPublisher,
      assumeRolePolicy: policyJson("trust", [trustEventBridge(accountId)]),
    });
    const permission = new IamRolePolicy(publisher, "permission", {
      name: "publish",
      role: role.id,
      policy: policyJson("role", [
        { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
        ...encryptForExisting(region, [topicArn]),
      ]),
    });
    new OnlyPolicies(publisher, "only", { role, policies: [permission] });
    return { roleArn: role.arn, dependsOn: [permission] };
  }

  /** Sends the events of global services to the home region, where the rules match them again. */
  private forward(provider: AwsProvider): void {
    const { accountId, region } = this.props;
    const services = witnessedServices(this.props).filter(({ isGlobal }) => isGlobal === true);
    const forwarding = new Construct(this, "global");
    const homeBusArn = arn(region, "events", accountId, "event-bus/default");
    const role = new IamRole(forwarding, "role", {
      name: ownNamesOf(this).witness,
      assumeRolePolicy: policyJson("trust", [trustEventBridge(accountId)]),
    });
    const permission = new IamRolePolicy(forwarding, "permission", {
      name: "put-events",
      role: role.id,
      policy: policyJson("role", [
        { Sid: "PutEventsAtHome", Effect: "Allow", Action: "events:PutEvents", Resource: homeBusArn },
      ]),
    });
    new OnlyPolicies(forwarding, "only", { role, policies: [permission] });
    for (const service of services) {
      const eventPattern = patternText(service.service, witnessPattern(service, this.props.deploymentSession));
      const rule = this.createRule(forwarding, service.service, eventPattern, provider);
      new CloudwatchEventTarget(forwarding, `${service.service}-target`, {
        rule: rule.name,
        targetId: "home-region",
        arn: homeBusArn,
        roleArn: role.arn,
        provider,
        dependsOn: [permission],
      });
    }
  }

  private createRule(scope: Construct, service: string, eventPattern: string, provider?: AwsProvider) {
    return new CloudwatchEventRule(scope, service, {
      name: ownNamesOf(this).witnessRuleName(service),
      description: `Calls of ${service} that cut Trailwatch's monitoring`,
      eventPattern,
      state: "ENABLED",
      ...(provider === undefined ? {} : { provider }),
    });
  }

  /** EventBridge puts the template between quotes, so it is one line. */
  private message(): { inputPaths: Record<string, string>; inputTemplate: string } {
    const { accountName } = this.props;
    return {
      inputPaths: {
        account: "$.account",
        error: "$.detail.errorCode",
        event: "$.detail.eventName",
        principal: "$.detail.userIdentity.arn",
        region: "$.detail.awsRegion",
        source: "$.detail.eventSource",
        time: "$.detail.eventTime",
      },
      inputTemplate: JSON.stringify(
        `[${accountName}] CRITICAL: <event> (<source>) on what Trailwatch's monitoring depends on. ` +
          "Account: <account>, region: <region>, principal: <principal>, time: <time>, error code if refused: <error>. " +
          "Sent directly, without trail, alarm and alert hub: check those first.",
      ),
    };
  }
}

function patternText(service: string, pattern: object): string {
  const text = JSON.stringify(pattern);
  if (text.length > EVENT_PATTERN_LIMIT) {
    throw new TypeError(`the pattern of ${service} has ${text.length} characters, of at most ${EVENT_PATTERN_LIMIT}`);
  }
  return text;
}
