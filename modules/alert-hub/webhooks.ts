import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventApiDestination } from "@cdktf/provider-aws/lib/cloudwatch-event-api-destination";
import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import { CloudwatchEventConnection } from "@cdktf/provider-aws/lib/cloudwatch-event-connection";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { alarmDescription, type TopicKind } from "../../lib/naming/alarm-description";
import { OWN_ALARMS } from "../../lib/naming/own-alarms";
import { undeliveredQueueName } from "../../lib/naming/resource-names";
import type { WebhookFormatName } from "../../lib/naming/webhook-formats";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustEventBridge } from "../policy-document";
import { UndeliveredQueue } from "../undelivered-queue/undelivered-queue";
import { WEBHOOK_EVENT, type WebhookBus } from "./webhook-task";

/** An https endpoint that receives alarms, with a secret in a header. */
export interface WebhookProps {
  /** Part of the names of its resources; unique. */
  readonly name: string;
  /** Where EventBridge posts to. */
  readonly url: string;
  /** Form of the body. */
  readonly format: WebhookFormatName;
  /** Which alarms it receives. */
  readonly topics: readonly TopicKind[];
  /** Most requests in a second. */
  readonly ratePerSecond: number;
}

export interface WebhooksProps {
  /** Name of the event bus, of the role that posts, and beginning of the queue's name. */
  readonly name: string;

  /** At least one. */
  readonly webhooks: readonly WebhookProps[];

  /** ARN of the one role that may put events on the bus: the state machine's. */
  readonly senderRoleArn: string;

  /** ARN of the key that encrypts the secrets; it has the tag that EventBridge requires. */
  readonly keyArn: string | undefined;

  /** ARN of the topic that gets the alarm on undelivered events. */
  readonly alertsTopicArn: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** Name of the account, part of the alarm's name. */
  readonly accountName: string;

  /** Region of all these resources. */
  readonly region: string;
}

/**
 * The secret of a connection until you set the real one. Neither is a secret of this code: the header's name shows
 * `trailwatch verify` that no secret was set yet.
 */
export const PLACEHOLDER = { header: "Trailwatch-Placeholder", value: "not-set" } as const;

/** EventBridge's connections use only keys with this tag. Source: EventBridge User Guide, "Encrypting connections". */
export const CONNECTION_KEY_TAG = { EventBridgeApiDestinations: "true" } as const;

/** EventBridge tries for an hour; then the event is in the queue, whose alarm reports it. */
const RETRY = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 };

/**
 * Webhooks: EventBridge posts each alarm of the state machine to API destinations, whose secrets it keeps in Secrets
 * Manager.
 *
 * Their event bus is not the one that members put events on, so that a member cannot forge an alert to a pager. Secrets
 * are neither in the code nor in Terraform's state: you set them by `aws events update-connection`, and Terraform
 * ignores that change.
 */
export class Webhooks extends Construct {
  /** What the state machine needs to send events to them. */
  public readonly bus: WebhookBus & { readonly arn: string };

  constructor(scope: Construct, id: string, props: WebhooksProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { name, webhooks, accountId, accountName, region } = props;
    const here = (resource: string): string => arn(region, "events", accountId, resource);
    const busArn = here(`event-bus/${name}`);

    const bus = new CloudwatchEventBus(this, "Resource", { name });
    new CloudwatchEventBusPolicy(this, "policy", {
      eventBusName: bus.name,
      policy: policyJson("bus", [
        {
          Sid: "OnlyAlertHub",
          Effect: "Deny",
          Principal: "*",
          Action: "events:PutEvents",
          Resource: busArn,
          Condition: { ArnNotEquals: { "aws:PrincipalArn": props.senderRoleArn } },
        },
      ]),
    });

    const role = new IamRole(this, "role", {
      name,
      assumeRolePolicy: policyJson("trust", [trustEventBridge(accountId)]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "post",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "Post",
          Effect: "Allow",
          Action: "events:InvokeApiDestination",
          // EventBridge appends an id to the name.
          Resource: webhooks.map((webhook) => here(`api-destination/${own.webhookResourceName(webhook.name)}/*`)),
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    const queueName = undeliveredQueueName(name);
    const undelivered = new UndeliveredQueue(this, "undelivered", {
      name: queueName,
      accountId,
      region,
      ruleArn: webhooks.map((webhook) => here(`rule/${name}/${own.webhookResourceName(webhook.name)}`)),
      alarmName: own.ownAlarmName(accountName, "webhooks"),
      description: alarmDescription(OWN_ALARMS.webhooks, [
        OWN_ALARMS.webhooks.meaning,
        `Account: ${accountName} (${accountId})`,
        `What to do: read the errors in queue ${queueName}, then run \`trailwatch verify\`.`,
      ]),
      topicArn: props.alertsTopicArn,
    });

    for (const webhook of webhooks) {
      this.createWebhook(webhook, { bus, role, dependsOn: [permission], undelivered, props });
    }
    this.bus = { name: bus.name, arn: busArn, formats: webhooks.map(({ format }) => format) };
  }

  private createWebhook(
    { name: id, url, format, topics, ratePerSecond }: WebhookProps,
    { bus, role, dependsOn, undelivered, props }: Shared,
  ): void {
    const name = ownNamesOf(this).webhookResourceName(id);
    const connection = new CloudwatchEventConnection(this, `connection-${id}`, {
      name,
      description: "Trailwatch: the secret of a webhook",
      authorizationType: "API_KEY",
      authParameters: { apiKey: { key: PLACEHOLDER.header, value: PLACEHOLDER.value } },
      ...(props.keyArn === undefined ? {} : { kmsKeyIdentifier: props.keyArn }),
      lifecycle: { ignoreChanges: ["auth_parameters"] },
    });
    const destination = new CloudwatchEventApiDestination(this, `destination-${id}`, {
      name,
      description: "Trailwatch: a webhook of the alert hub",
      invocationEndpoint: url,
      httpMethod: "POST",
      invocationRateLimitPerSecond: ratePerSecond,
      connectionArn: connection.arn,
    });
    const rule = new CloudwatchEventRule(this, `rule-${id}`, {
      name,
      description: "Alarms for a webhook",
      eventBusName: bus.name,
      eventPattern: JSON.stringify({
        source: [WEBHOOK_EVENT.source],
        "detail-type": [WEBHOOK_EVENT.detailType],
        detail: { format: [format], topic: [...topics] },
      }),
      state: "ENABLED",
    });
    new CloudwatchEventTarget(this, `target-${id}`, {
      rule: rule.name,
      eventBusName: bus.name,
      targetId: "webhook",
      arn: destination.arn,
      roleArn: role.arn,
      inputPath: "$.detail.body",
      retryPolicy: RETRY,
      deadLetterConfig: { arn: undelivered.arn },
      dependsOn,
    });
  }
}

interface Shared {
  readonly bus: CloudwatchEventBus;
  readonly role: IamRole;
  readonly dependsOn: ITerraformDependable[];
  readonly undelivered: UndeliveredQueue;
  readonly props: WebhooksProps;
}
