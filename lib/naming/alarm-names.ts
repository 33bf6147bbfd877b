import type { OwnAlarmId } from "./own-alarms";
import { PLAIN_NAMES, type NamesSettings } from "./own-resources";

/** Suffix of metric alarms whose composite alarm notifies in their place. */
export const SIGNAL_SUFFIX = "-signal";

/** Name of the metric alarm below a composite alarm. */
export function signalAlarmName(alarm: string): string {
  return `${alarm}${SIGNAL_SUFFIX}`;
}

/** Suffix of the alarm that suppresses others; the metric alarm below it notifies that a window is open. */
export const WINDOW_SUFFIX = "-change-window";

/** Names of an installation's alarms and of what they count. */
export function alarmNames(names: NamesSettings) {
  const { prefix } = names;
  const alarmPrefix = (accountName: string): string => `${prefix}-${accountName}-`;
  const alarmName = (accountName: string, detection: string): string => `${alarmPrefix(accountName)}${detection}`;
  return {
    /** Begins the names of all of an account's alarms. */
    alarmPrefix,
    /** The alarm that notifies about a detection. */
    alarmName,
    /** Id of the detection that an alarm of an account is for, by its name; undefined for an alarm of another name. */
    detectionOfAlarm: (accountName: string, alarm: string): string | undefined => {
      const begin = alarmPrefix(accountName);
      if (!alarm.startsWith(begin)) return undefined;
      const detection = alarm.slice(begin.length);
      return detection.endsWith(SIGNAL_SUFFIX) ? detection.slice(0, -SIGNAL_SUFFIX.length) : detection;
    },
    /** The alarm that suppresses an account's alarms while a change window is open. */
    changeWindowAlarm: (accountName: string): string => `${prefix}-${accountName}${WINDOW_SUFFIX}`,
    /** An alarm of an account that is not of a detection. */
    ownAlarmName: (accountName: string, id: OwnAlarmId): string => alarmName(accountName, id),
    ...metricNames(names),
  };
}

/**
 * Metrics of two installations have different namespaces: a metric that both count would raise the alarms of either.
 *
 * Checkers read the patterns of pack `cis`, not the namespace. `LogMetrics` is the one in Security Hub's instructions.
 */
function metricNames({ prefix }: NamesSettings) {
  const metricNamespace = `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)}`;
  const isPlain = prefix === PLAIN_NAMES.prefix;
  return {
    /** Namespace of the metrics of detections, except those of pack `cis`. */
    metricNamespace,
    /** Namespace of the metric that opens a change window. */
    changeWindowNamespace: `${metricNamespace}/ChangeWindows`,
    /** Namespace of the metrics of pack `cis`, and what begins the names of its filters. */
    cisMetrics: isPlain
      ? { namespace: "LogMetrics", filterPrefix: "" }
      : { namespace: `LogMetrics/${metricNamespace}`, filterPrefix: `${prefix}-` },
  };
}
