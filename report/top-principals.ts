import { principalIn } from "../signals";
import type { TopPrincipal } from "./report-data";
import type { MeasuredSource } from "./report-source";
import { shortened } from "./text-table";

const MOST = 15;

interface Found {
  events: number;
  alarms: number;
  readonly detections: Set<string>;
  readonly accounts: Set<string>;
}

/** The principals with the most events over all detections, and the number of others. */
export function topPrincipals(sources: readonly MeasuredSource[]): { top: readonly TopPrincipal[]; leftOut: number } {
  const found = new Map<string, Found>();
  const of = (principal: string): Found => {
    const known = found.get(principal) ?? { events: 0, alarms: 0, detections: new Set(), accounts: new Set() };
    found.set(principal, known);
    return known;
  };
  for (const { history, measurement } of sources) {
    for (const { values, sum } of history.groups) {
      if (values === undefined) continue;
      const principal = of(principalIn(values));
      principal.events += sum;
      principal.detections.add(measurement.detection);
      principal.accounts.add(measurement.account);
    }
    for (const { principals } of measurement.alarms) for (const principal of principals) of(principal).alarms += 1;
  }
  const ranked = [...found].sort(
    ([one, first], [other, second]) =>
      second.alarms - first.alarms || second.events - first.events || (one < other ? -1 : 1),
  );
  return {
    top: ranked.slice(0, MOST).map(([principal, { events, alarms, detections, accounts }]) => ({
      ...{ principal: shortened(principal), events, alarms },
      detections: detections.size,
      accounts: accounts.size,
    })),
    leftOut: Math.max(0, ranked.length - MOST),
  };
}
