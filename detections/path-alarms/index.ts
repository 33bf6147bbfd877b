import type { PathAlarm } from "../path-alarm";
import { eventRuleSilent } from "./event-rule-silent";
import { logGroupSilent } from "./log-group-silent";
import { metricsForged } from "./metrics-forged";

/** Every alarm on the signal path itself. */
export const PATH_ALARMS: readonly PathAlarm[] = [metricsForged, logGroupSilent, eventRuleSilent];
