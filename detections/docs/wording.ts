import { cisControlInWords } from "../cis-benchmark";
import type { AlarmDefaults, References } from "../detection";

/** How often something must happen, or fail to happen, in words. */
export function whenItFires({ threshold, periodSeconds, evaluationPeriods, alarmWhen }: AlarmDefaults): string {
  const times = threshold === 1 ? "once" : `${threshold} times`;
  const often = alarmWhen === "missed" ? `not ${times}` : times;
  const inARow = evaluationPeriods === 1 ? "" : `, ${evaluationPeriods} periods in a row`;
  return `${often} in ${duration(periodSeconds)}${inARow}`;
}

/** What the alarm's return to OK does: the end of a runbook's first line. */
export function recoveryInWords({ alarmWhen }: Pick<AlarmDefaults, "alarmWhen">): string {
  return alarmWhen === "missed" ? " · a second message reports that it has recovered" : "";
}

function duration(seconds: number): string {
  for (const [unit, length] of [["h", 3600] as const, ["min", 60] as const]) {
    if (seconds % length === 0) return `${seconds / length} ${unit}`;
  }
  return `${seconds} s`;
}

/** The detection's references, with links. */
export function referencesInWords({ cis = [], securityHub, mitre }: References): string[] {
  return [
    ...cis.map(cisControlInWords),
    ...(securityHub === undefined ? [] : [`Security Hub ${securityHub}`]),
    ...mitre.map((technique) => `[${technique}](https://attack.mitre.org/techniques/${technique.replace(".", "/")}/)`),
  ];
}
