import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { alarmDescription } from "../../lib/naming/alarm-description";
import { OWN_ALARMS } from "../../lib/naming/own-alarms";
import { undeliveredQueueName } from "../../lib/naming/resource-names";
import { ALERT_HUB_STACK } from "../../lib/naming/stack-ids";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustEventBridge } from "../policy-document";
import { UndeliveredQueue } from "../undelivered-queue/undelivered-queue";
import { raisedAlarmPattern } from "./alarm-events";

export interface AlarmForwardingProps {
  /** Name of the account, part of the alarm's name. */
  readonly accountName: string;

  /** The 12-digit id of the account whose alarms these are. */
  readonly accountId: string;

  /** Region of the alarms and of the hub: the home region. */
  readonly region: string;

  /** ARN of the hub's event bus. */
  readonly busArn: string;

  /** ARN of the account's own topic, which is notified when the hub could not be reached. */
  readonly topicArn: string;

  /** Whether change windows suppress alarms of the account. */
  readonly changeWindows: boolean;
}

/** Sends every alarm of the account that goes off to the hub's event bus. */
export class AlarmForwarding extends Construct {
  constructor(scope: Construct, id: string, props: AlarmForwardingProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { accountId, region, busArn } = props;

    const role = new IamRole(this, "role", {
      name: own.alertForwarding,
      assumeRolePolicy: policyJson("trust", [trustEventBridge(accountId)]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "put-events",
      role: role.id,
      policy: policyJson("role", [
        { Sid: "PutEventsAtHub", Effect: "Allow", Action: "events:PutEvents", Resource: busArn },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    const queueName = undeliveredQueueName(own.alertForwarding);
    const undelivered = new UndeliveredQueue(this, "undelivered", {
      name: queueName,
      accountId,
      region,
      ruleArn: arn(region, "events", accountId, `rule/${own.alertForwarding}`),
      alarmName: own.ownAlarmName(props.accountName, "alert-forwarding"),
      description: alarmDescription(OWN_ALARMS["alert-forwarding"], [
        `${OWN_ALARMS["alert-forwarding"].meaning} Its bus: ${busArn}`,
        `Account: ${props.accountName} (${accountId})`,
        `What to do: read the events in queue ${queueName}, deploy ${ALERT_HUB_STACK} and this account again.`,
      ]),
      topicArn: props.topicArn,
    });

    const rule = new CloudwatchEventRule(this, "rule", {
      name: own.alertForwarding,
      description: "Alarms of Trailwatch that go off or recover, for the alert hub",
      eventPattern: JSON.stringify(raisedAlarmPattern(props.changeWindows, own)),
      state: "ENABLED",
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "alert-hub",
      arn: busArn,
      // EventBridge needs a role to put events to another account.
      roleArn: role.arn,
      deadLetterConfig: { arn: undelivered.arn },
      dependsOn: [permission],
    });
  }
}
