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
