import type { OwnAlarmId } from "./own-alarms";
import { OWN_PREFIX } from "./own-resources";

/** Begins the names of all of an account's alarms. */
export function alarmPrefix(accountName: string): string {
  return `${OWN_PREFIX}${accountName}-`;
}

/** The alarm that notifies about a detection. */
export function alarmName(accountName: string, detection: string): string {
  return `${alarmPrefix(accountName)}${detection}`;
}

/** Suffix of metric alarms whose composite alarm notifies in their place. */
export const SIGNAL_SUFFIX = "-signal";

/** Name of the metric alarm below a composite alarm. */
export function signalAlarmName(alarm: string): string {
  return `${alarm}${SIGNAL_SUFFIX}`;
}

/** Id of the detection that an alarm of an account is for, by its name; undefined for an alarm of another name. */
export function detectionOfAlarm(accountName: string, alarm: string): string | undefined {
  const prefix = alarmPrefix(accountName);
  if (!alarm.startsWith(prefix)) return undefined;
  const detection = alarm.slice(prefix.length);
  return detection.endsWith(SIGNAL_SUFFIX) ? detection.slice(0, -SIGNAL_SUFFIX.length) : detection;
}

/** Suffix of the alarm that suppresses others; the metric alarm below it notifies that a window is open. */
export const WINDOW_SUFFIX = "-change-window";

/** The alarm that suppresses an account's alarms while a change window is open. */
export function changeWindowAlarm(accountName: string): string {
  return `${OWN_PREFIX}${accountName}${WINDOW_SUFFIX}`;
}

/** An alarm of an account that is not of a detection. */
export function ownAlarmName(accountName: string, id: OwnAlarmId): string {
  return alarmName(accountName, id);
}

/** Namespace of the metrics of detections, except those of pack `cis`, which checkers name. */
export const METRIC_NAMESPACE = "Trailwatch";
/** Namespace of the metric that opens a change window. */
export const CHANGE_WINDOW_NAMESPACE = `${METRIC_NAMESPACE}/ChangeWindows`;
