import { arn } from "../../../lib/aws/partitions";
import { topicKindOf } from "../../../lib/naming/alarm-description";
import type { StateChange } from "../../alarms/composite-timeline";
import type {
  DeployedAccount,
  DeployedAlertHub,
  DeployedCompositeAlarm,
  DeployedSubscription,
} from "../../deployment/deployment";
import { compileEventPattern, type CompiledEventPattern } from "../../../lib/patterns/event-pattern/event-pattern";
import type { SentNotification, RaisedAlarm } from "../run/report";

/** The changes to ALARM. */
export function changesToAlarm(alarm: string, changes: readonly StateChange[]): RaisedAlarm[] {
  return changes.filter(({ to }) => to === "ALARM").map(({ from, to, at }) => ({ alarm, from, to, at }));
}

/** The alarm that changes, with the fields that messages depend on. */
type NotifyingAlarm = Pick<DeployedCompositeAlarm, "name" | "description">;

/** One for each subscriber of each topic that a change reaches, by the alarm's actions and by the alert hub. */
export function notificationsOf(
  account: DeployedAccount,
  alarm: NotifyingAlarm,
  changes: readonly StateChange[],
): SentNotification[] {
  // Changes between the same states reach the same hubs, and there may be thousands.
  const hubs = new Map<string, readonly DeployedAlertHub[]>();
  const hubsFor = (change: StateChange): readonly DeployedAlertHub[] => {
    const key = `${change.from} ${change.to}`;
    const reached = hubs.get(key) ?? hubsReached(account, alarm, change);
    hubs.set(key, reached);
    return reached;
  };
  return changes.flatMap((change) => [
    ...change.actions.flatMap((topicArn) => messagesOf(change, topicArn, account.subscriptions)),
    ...hubsFor(change).flatMap((hub) =>
      messagesOf(change, hub.topics[topicKindOf(alarm.description)], hub.subscriptions),
    ),
  ]);
}

function hubsReached(
  account: DeployedAccount,
  alarm: NotifyingAlarm,
  change: StateChange,
): readonly DeployedAlertHub[] {
  return (account.alertHubs ?? [])
    .filter(({ region, patterns }) => {
      const event = eventOf(account, region, alarm, change);
      return patterns.every((pattern) => compiled(pattern).matches(event));
    })
    .map(({ hub }) => hub);
}

function messagesOf(
  { at }: StateChange,
  topicArn: string,
  subscriptions: readonly DeployedSubscription[],
): SentNotification[] {
  return subscriptions
    .filter((subscription) => subscription.topicArn === topicArn)
    .map(({ protocol, endpoint }) => ({ at, topicArn, protocol, endpoint }));
}

/** The event that EventBridge receives for a change. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
function eventOf({ id }: DeployedAccount, region: string, alarm: NotifyingAlarm, { from, to }: StateChange): object {
  return {
    source: "aws.cloudwatch",
    "detail-type": "CloudWatch Alarm State Change",
    account: id,
    region,
    resources: [arn(region, "cloudwatch", id, `alarm:${alarm.name}`)],
    detail: {
      alarmName: alarm.name,
      configuration: { description: alarm.description ?? "" },
      state: { value: to },
      previousState: { value: from },
    },
  };
}

/** Cached: the accounts of an organization have the same few patterns. */
const patterns = new Map<string, CompiledEventPattern>();

function compiled(text: string): CompiledEventPattern {
  const known = patterns.get(text) ?? compileEventPattern(text);
  patterns.set(text, known);
  return known;
}
