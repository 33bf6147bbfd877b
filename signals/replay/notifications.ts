import type { StateChange } from "../alarms/composite-timeline";
import type { DeployedAccount } from "../deployment/deployment";
import type { Notification, RaisedAlarm } from "./report";

/** The changes to ALARM. */
export function raisedAlarms(alarm: string, changes: readonly StateChange[]): RaisedAlarm[] {
  return changes.filter(({ to }) => to === "ALARM").map(({ from, to, at }) => ({ alarm, from, to, at }));
}

/** One for each subscriber of each topic that a change reaches. */
export function notificationsOf({ subscriptions }: DeployedAccount, changes: readonly StateChange[]): Notification[] {
  return changes.flatMap(({ at, actions }) =>
    actions.flatMap((topicArn) =>
      subscriptions
        .filter((subscription) => subscription.topicArn === topicArn)
        .map(({ protocol, endpoint }) => ({ at, topicArn, protocol, endpoint })),
    ),
  );
}
