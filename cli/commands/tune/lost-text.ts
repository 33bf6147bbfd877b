import { shortPrincipalName } from "../../../lib/naming/principal-name";
import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import type { Line } from "../../../lib/support/print";
import { printableLine } from "../../../lib/support/printable";
import type { DetectionTuning, LostAlarm } from "../../../signals";

/** More of them are only counted; all of them are in `--json`. */
const SHOWN_LOST = 5;
const SHOWN_NAMES = 2;

/** The alarms that the recommended settings and the chosen entries would no longer raise, with who raised them. */
export function lostText({ noLongerRaised, recommended, caution, now }: DetectionTuning): Line[] {
  const isRaised = recommended !== undefined && recommended.threshold > now.threshold;
  const warning: Line[] = caution === undefined ? [] : [{ warn: `    caution      ${caution}` }];
  if (noLongerRaised.length === 0)
    return isRaised ? [...warning, "    gives up     no alarm of these records"] : warning;
  const groups = grouped(noLongerRaised);
  const more = groups.slice(SHOWN_LOST).reduce((sum, group) => sum + group.length, 0);
  return [
    ...warning,
    { warn: `    gives up     ${counted(noLongerRaised.length, "alarm")} of these records:` },
    ...groups.slice(0, SHOWN_LOST).map(groupText),
    ...(more > 0 ? [{ dim: `      and ${counted(more, "alarm")} more in --json` }] : []),
  ];
}

/** Alarms that differ only in time and count. */
function grouped(alarms: readonly LostAlarm[]): LostAlarm[][] {
  const groups = new Map<string, LostAlarm[]>();
  for (const alarm of alarms) {
    const key = `${didText(alarm)}${alarm.partOf === undefined ? "" : " part"}`;
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  return [...groups.values()];
}

function groupText(group: readonly LostAlarm[]): Line {
  const [first] = group;
  if (first === undefined) return "";
  const events = group.reduce((sum, alarm) => sum + alarm.events, 0);
  const times = group.length === 1 ? timeText(first.at) : `${group.length} alarms, the first ${timeText(first.at)}`;
  const part = first.partOf === undefined ? "" : "; part of a longer alarm";
  return `      ${times}: ${events.toLocaleString("en")} × ${didText(first)}${part}`;
}

/** `GetSecretValue by alice (assumed-role/Developer)`. */
function didText({ records, principals }: LostAlarm): string {
  const calls = [...new Set(records.map(({ name }) => printableLine(name)))];
  const names = [...new Set(principals.map((principal) => printableLine(shortPrincipalName(principal))))];
  const call = calls.length === 0 ? "event" : abbreviated(calls, SHOWN_NAMES);
  return names.length === 0 ? call : `${call} by ${abbreviated(names, SHOWN_NAMES)}`;
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace(/:00\.000Z$/, "Z");
}
