import type { OwnNames } from "../../lib/naming/own-names";
import { SIGNAL_SUFFIX, WINDOW_SUFFIX } from "../../lib/naming/alarm-names";
import { RECOVERING_ALARMS } from "../../detections/recovering-alarms";

/**
 * Alarms on a missing signal that return to OK. Not after INSUFFICIENT_DATA, which a new alarm leaves; a suppressed
 * alarm recovers with a message as well.
 */
const recovered = ({ prefix }: OwnNames) => ({
  alarmName: RECOVERING_ALARMS.map((id) => ({ wildcard: `${prefix}*-${id}` })),
  state: { value: ["OK"] },
  previousState: { value: ["ALARM"] },
});

/**
 * Pattern of the events of Trailwatch's alarms that go off, and of those on a missing signal that recover.
 *
 * An alarm that is created in ALARM, or set to it by hand, counts; so does a composite alarm, unless its actions are
 * suppressed. Source: CloudWatch User Guide, "Alarm events and EventBridge".
 */
const raisedAlarms = (own: OwnNames) => ({
  source: ["aws.cloudwatch"],
  "detail-type": ["CloudWatch Alarm State Change"],
  detail: {
    $or: [
      { alarmName: [{ prefix: own.prefix }], state: { value: ["ALARM"], actionsSuppressedBy: [{ exists: false }] } },
      recovered(own),
    ],
  },
});

/**
 * The same where there are change windows: for an alarm that windows suppress, only the composite alarm; for a window,
 * only its metric alarms.
 *
 * A composite alarm waits for its suppressor. It sends one event when the wait begins and one when it ends; the first
 * counts, so that no alarm is lost and none counts twice. An alarm that is still in ALARM when a window has ended
 * counts then.
 * Source: CloudWatch User Guide, "Suppressing composite alarm actions"; CloudWatch API, CompositeAlarm.
 */
const raisedOutsideWindows = (own: OwnNames) => ({
  ...raisedAlarms(own),
  resources: [{ "anything-but": { suffix: [SIGNAL_SUFFIX, WINDOW_SUFFIX] } }],
  detail: {
    $or: [
      {
        alarmName: [{ prefix: own.prefix }],
        state: { value: ["ALARM"], actionsSuppressedBy: [{ exists: false }, "WaitPeriod"] },
        previousState: { actionsSuppressedBy: [{ exists: false }, "Alarm", "ExtensionPeriod"] },
      },
      recovered(own),
    ],
  },
});

/**
 * The event that the management account's schedule puts on the hub's bus each hour. No source of AWS's own: a customer
 * cannot use one of those.
 */
export const HEARTBEAT_EVENT = { source: "trailwatch.heartbeat", detailType: "Trailwatch heartbeat" } as const;

/** An event of Trailwatch's own, and the one account from which the hub's rule accepts it. */
export interface OwnEvent {
  readonly source: string;
  readonly detailType: string;
  /** The 12-digit id of the account. */
  readonly account: string;
}

/** What the hub's rule lets through: alarms, and events of Trailwatch's own from the account that sends each. */
export function hubPattern(changeWindows: boolean, ownEvents: readonly OwnEvent[], own: OwnNames): object {
  const events = ownEvents.map(({ source, detailType, account }) => ({
    source: [source],
    "detail-type": [detailType],
    account: [account],
  }));
  return { $or: [raisedAlarmPattern(changeWindows, own), ...events] };
}

/** The events of Trailwatch's alarms that are sent to people, with change windows or without. */
export function raisedAlarmPattern(changeWindows: boolean, own: OwnNames): object {
  return changeWindows ? raisedOutsideWindows(own) : raisedAlarms(own);
}
