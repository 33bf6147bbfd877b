import { ownNamesOf } from "../own-names-of";
import { arn, regionalService } from "../../lib/aws/partitions";
import { templateOfJson } from "../../lib/terraform/template";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { alarmDescription } from "../../lib/naming/alarm-description";
import { OWN_ALARMS } from "../../lib/naming/own-alarms";
import { undeliveredQueueName } from "../../lib/naming/resource-names";
import { hubRuleRole } from "../../lib/naming/role-names";
import { ALERT_HUB_STACK } from "../../lib/naming/stack-ids";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustEventBridge, trustStateMachine, type PolicyStatement } from "../policy-document";
import { encryptForExisting } from "../topic/existing-topic";
import { UndeliveredQueue } from "../undelivered-queue/undelivered-queue";
import { HEARTBEAT_EVENT, hubPattern } from "./alarm-events";
import type { AlertBus } from "./alert-bus";
import { DIGEST_EVENT, type NoticesDigest } from "./digest-states";
import type { KnownAlarms } from "./known-alarms";
import type { HubTopics } from "./message";
import type { AlertDetails } from "./alert-details";
import { RepeatsTable } from "./repeats-table";
import { stateMachine } from "./state-machine";
import type { WebhookBus } from "./webhook-task";

export interface AlertMessagesProps {
  /** Name of rule, state machine and roles. */
  readonly name: string;

  /** The event bus that the alarms arrive on. */
  readonly bus: AlertBus;

  /** ARNs of the topics for people. */
  readonly topics: HubTopics;

  /**
   * Those among them that Trailwatch did not create.
   *
   * @default - none
   */
  readonly existingTopicArns?: readonly string[];

  /**
   * ARN of the topic for chat channels.
   *
   * @default - no chat
   */
  readonly chatTopicArn?: string | undefined;

  /**
   * The event bus of webhooks.
   *
   * @default - no webhooks
   */
  readonly webhooks?: (WebhookBus & { readonly arn: string }) | undefined;

  /**
   * Collects notices, and sends them once a day.
   *
   * @default - each notice is sent at once
   */
  readonly digest?: NoticesDigest | undefined;

  /** What the hub knows of accounts and alarms. */
  readonly known: KnownAlarms;

  /** Finds the events of an alarm. */
  readonly details: AlertDetails;

  /** The 12-digit id of the account that sends the heartbeat: the management account. */
  readonly heartbeatAccountId: string;

  /** Whether change windows suppress alarms of any account. */
  readonly changeWindows: boolean;

  /** ARN of the key that encrypts the topics' messages and the table of repeats. */
  readonly topicsKeyArn: string | undefined;

  /** The 12-digit id of the hub's account. */
  readonly accountId: string;

  /** Name of that account, part of the names of its alarms. */
  readonly accountName: string;

  /** Region of all these resources. */
  readonly region: string;
}

/**
 * Turns the alarms that arrive on a bus into messages. It uses a state machine, because EventBridge's input transformer
 * quotes each line, has no subject, and produces invalid JSON for a description with quotes (decision 14).
 */
export class AlertMessages extends Construct {
  constructor(scope: Construct, id: string, props: AlertMessagesProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { name, accountId, region, accountName, topics } = props;
    const machineArn = arn(region, "states", accountId, `stateMachine:${name}`);
    const queueName = undeliveredQueueName(name);

    const undelivered = new UndeliveredQueue(this, "undelivered", {
      name: queueName,
      accountId,
      region,
      ruleArn: props.bus.ruleArn(name),
      alarmName: own.ownAlarmName(accountName, "alert-hub"),
      description: alarmDescription(OWN_ALARMS["alert-hub"], [
        OWN_ALARMS["alert-hub"].meaning,
        `Account: ${accountName} (${accountId})`,
        `What to do: read the events in queue ${queueName}, then deploy ${ALERT_HUB_STACK} again.`,
      ]),
      topicArn: topics.alerts,
    });

    const repeatsTable = new RepeatsTable(this, "repeats", { name: own.alertRepeats, keyArn: props.topicsKeyArn });

    const role = new IamRole(this, "role", {
      name,
      assumeRolePolicy: policyJson("trust", [trustStateMachine(accountId, machineArn)]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "publish",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "Publish",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: [topics.alerts, topics.notices, ...(props.chatTopicArn === undefined ? [] : [props.chatTopicArn])],
        },
        ...(props.topicsKeyArn === undefined ? [] : [encryptMessages(props.topicsKeyArn)]),
        ...encryptForExisting(region, props.existingTopicArns ?? []),
        ...(props.webhooks === undefined
          ? []
          : [
              {
                Sid: "SendToWebhooks",
                Effect: "Allow" as const,
                Action: "events:PutEvents",
                Resource: props.webhooks.arn,
              },
            ]),
        ...(props.digest === undefined
          ? []
          : [
              {
                Sid: "CollectNotices",
                Effect: "Allow" as const,
                Action: ["dynamodb:UpdateItem", "dynamodb:Query"],
                Resource: arn(region, "dynamodb", accountId, `table/${own.hubNotices}`),
              },
            ]),
        { Sid: "CountRepeats", Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: repeatsTable.arn },
        ...(props.topicsKeyArn === undefined ? [] : [useTableKey(region, props.topicsKeyArn)]),
        { Sid: "KeepUndelivered", Effect: "Allow", Action: "sqs:SendMessage", Resource: undelivered.arn },
        { Sid: "FindEvents", Effect: "Allow", Action: "states:StartSyncExecution", Resource: props.details.machineArn },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    const machine = new SfnStateMachine(this, "Resource", {
      name,
      // Standard workflow: AWS keeps the history of each execution for 90 days, which shows each message sent or its
      // error.
      type: "STANDARD",
      roleArn: role.arn,
      definition: templateOfJson(
        stateMachine({
          ...props,
          detailsMachineArn: props.details.machineArn,
          repeatsTable: own.alertRepeats,
          undeliveredUrl: undelivered.url,
        }),
      ),
      // Set explicitly, because the provider hides manual changes of omitted arguments. Messages must not be logged or
      // traced.
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      dependsOn: [permission, props.details.machine],
    });

    const invokeRole = new IamRole(this, "rule-role", {
      name: hubRuleRole(name),
      assumeRolePolicy: policyJson("trust", [trustEventBridge(accountId)]),
    });
    const invoke = new IamRolePolicy(this, "rule-permission", {
      name: "start-execution",
      role: invokeRole.id,
      policy: policyJson("role", [
        { Sid: "StartExecution", Effect: "Allow", Action: "states:StartExecution", Resource: machineArn },
      ]),
    });
    new OnlyPolicies(this, "rule-only", { role: invokeRole, policies: [invoke] });
    const rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: "Alarms of all accounts that go off or recover, and the heartbeat",
      eventBusName: props.bus.name,
      eventPattern: JSON.stringify(
        hubPattern(
          props.changeWindows,
          [
            { ...HEARTBEAT_EVENT, account: props.heartbeatAccountId },
            ...(props.digest === undefined ? [] : [{ ...DIGEST_EVENT, account: accountId }]),
          ],
          own,
        ),
      ),
      state: "ENABLED",
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      eventBusName: props.bus.name,
      targetId: "messages",
      arn: machine.arn,
      roleArn: invokeRole.arn,
      deadLetterConfig: { arn: undelivered.arn },
      dependsOn: [invoke],
    });

    const executions = {
      namespace: "AWS/States",
      dimensions: { StateMachineArn: machineArn },
      statistic: "Sum",
      threshold: 1,
      actionsEnabled: true,
      // Directly, without the hub.
      alarmActions: [topics.alerts],
    };
    new CloudwatchMetricAlarm(this, "failures", {
      ...executions,
      alarmName: own.ownAlarmName(accountName, "alert-hub-failures"),
      alarmDescription: alarmDescription(OWN_ALARMS["alert-hub-failures"], [
        OWN_ALARMS["alert-hub-failures"].meaning,
        `Account: ${accountName} (${accountId})`,
        `What to do: see the failed executions of state machine ${name}.`,
      ]),
      metricName: "ExecutionsFailed",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
    new CloudwatchMetricAlarm(this, "heartbeat", {
      ...executions,
      alarmName: own.ownAlarmName(accountName, "alert-hub-heartbeat"),
      alarmDescription: alarmDescription(OWN_ALARMS["alert-hub-heartbeat"], [
        OWN_ALARMS["alert-hub-heartbeat"].meaning,
        `Account: ${accountName} (${accountId})`,
        `What to do: check schedule ${own.hubHeartbeat} in the management account, then run \`trailwatch verify\`.`,
      ]),
      // Customers cannot write metrics of this namespace.
      metricName: "ExecutionsSucceeded",
      period: 3600,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
      okActions: [topics.alerts],
    });
  }
}

function encryptMessages(keyArn: string): PolicyStatement {
  return {
    Sid: "EncryptMessages",
    Effect: "Allow",
    Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
    Resource: keyArn,
  };
}

/**
 * DynamoDB uses the table's key with the permissions of its caller. Source: DynamoDB Developer Guide, "Usage notes" of
 * encryption at rest.
 */
function useTableKey(region: string, keyArn: string): PolicyStatement {
  return {
    Sid: "UseTableKey",
    Effect: "Allow",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: keyArn,
    Condition: { StringEquals: { "kms:ViaService": regionalService(region, "dynamodb") } },
  };
}
