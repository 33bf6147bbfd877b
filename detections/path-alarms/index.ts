import type { Feed } from "../../lib/naming/feeds";
import { guard } from "../packs/guard";
import type { PathAlarm } from "../path-alarm";
import { eventRuleSilent } from "./event-rule-silent";
import { logGroupSilent } from "./log-group-silent";
import { metricsForged } from "./metrics-forged";

/** Every alarm on the signal path itself. */
export const PATH_ALARMS: readonly PathAlarm[] = [metricsForged, logGroupSilent, eventRuleSilent];

/** What decides which of them an account has. */
export interface PathAlarmsAccount {
  readonly packs: readonly string[];
  readonly feed: Feed;
  /** Whether the detection `heartbeat` is on. */
  readonly hasHeartbeat: boolean;
}

/** The alarms on the signal path that an account has: they come with pack `guard`. */
export function pathAlarmsOf({ packs, feed, hasHeartbeat }: PathAlarmsAccount): readonly PathAlarm[] {
  if (!packs.includes(guard.id)) return [];
  return PATH_ALARMS.filter((alarm) => (alarm.feed ?? feed) === feed && (hasHeartbeat || !alarm.needsHeartbeat));
}
