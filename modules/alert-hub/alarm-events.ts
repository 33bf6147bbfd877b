/** What every alarm of Trailwatch is called at the beginning. */
const ALARM_PREFIX = "trailwatch-";

/**
 * Pattern of the events of Trailwatch's alarms that go off.
 *
 * An alarm that is created in ALARM, or set so by hand, counts; so does a composite alarm, unless its actions are
 * suppressed. Source: CloudWatch User Guide, "Alarm events and EventBridge".
 */
export const RAISED_ALARMS = {
  source: ["aws.cloudwatch"],
  "detail-type": ["CloudWatch Alarm State Change"],
  detail: {
    alarmName: [{ prefix: ALARM_PREFIX }],
    state: { value: ["ALARM"], actionsSuppressedBy: [{ exists: false }] },
  },
} as const;

/** How metric alarms end whose composite alarm tells people in their place. */
export const SIGNAL_SUFFIX = "-signal";

/** How the alarm ends that keeps others quiet; the metric alarm below it tells that a window is open. */
export const WINDOW_SUFFIX = "-change-window";

/**
 * The same where there are change windows: of an alarm that is kept quiet in them, the composite alarm alone; of a
 * window, its metric alarms.
 *
 * It waits for its suppressor, and sends an event when it begins to wait and one when it has waited: the first counts,
 * so that none is lost and none counts twice. One that still is in ALARM when a window has ended counts then.
 * Source: CloudWatch User Guide, "Suppressing composite alarm actions"; CloudWatch API, CompositeAlarm.
 */
export const RAISED_OUTSIDE_WINDOWS = {
  ...RAISED_ALARMS,
  resources: [{ "anything-but": { suffix: [SIGNAL_SUFFIX, WINDOW_SUFFIX] } }],
  detail: {
    alarmName: RAISED_ALARMS.detail.alarmName,
    state: { value: ["ALARM"], actionsSuppressedBy: [{ exists: false }, "WaitPeriod"] },
    previousState: { actionsSuppressedBy: [{ exists: false }, "Alarm", "ExtensionPeriod"] },
  },
} as const;

/** The events of Trailwatch's alarms that people are to hear of, with change windows or without. */
export function raisedAlarms(changeWindows: boolean): typeof RAISED_ALARMS | typeof RAISED_OUTSIDE_WINDOWS {
  return changeWindows ? RAISED_OUTSIDE_WINDOWS : RAISED_ALARMS;
}
