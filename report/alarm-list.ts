import type { AlarmRecord, TunedAlarm } from "../signals";
import type { ReportAlarm, ReportRecord } from "./report-data";
import type { TextTable } from "./text-table";

/** As many as a page holds that opens at once: a record has about 60 bytes. */
const MAX_ALARMS = 2000;
const MAX_RECORDS = 3000;
const MAX_OF_DETECTION = 100;
const MAX_PRINCIPALS = 3;

/** How many of each detection are listed. */
export interface ListLimits {
  readonly alarmsOfDetection: number;
  readonly recordsOfAlarm: number;
}

/** The same limits for all, so that no detection takes the space of another. `alarms`: how many each has. */
export function limitsFor(alarms: readonly number[]): ListLimits {
  const listed = (most: number): number => alarms.reduce((sum, count) => sum + Math.min(count, most), 0);
  let alarmsOfDetection = MAX_OF_DETECTION;
  while (alarmsOfDetection > 1 && listed(alarmsOfDetection) > MAX_ALARMS) alarmsOfDetection >>= 1;
  const fair = Math.floor(MAX_RECORDS / Math.max(1, listed(alarmsOfDetection)));
  return { alarmsOfDetection, recordsOfAlarm: Math.max(1, Math.min(10, fair)) };
}

/** The latest alarms, and the number of others. */
export function alarmListOf(
  alarms: readonly TunedAlarm[],
  { limits, texts }: { readonly limits: ListLimits; readonly texts: TextTable },
): { readonly listed: ReportAlarm[]; readonly leftOut: number } {
  const listed = alarms.slice(-limits.alarmsOfDetection).reverse();
  return {
    listed: listed.map(({ at, until, events, principals, records }) => ({
      ...{ at, until, events },
      ...principalsIn(principals, texts),
      records: records.slice(0, limits.recordsOfAlarm).map((record) => recordOf(record, texts)),
    })),
    leftOut: alarms.length - listed.length,
  };
}

/** The first principals, and the number of others. */
export function principalsIn(
  principals: readonly string[],
  texts: TextTable,
): Pick<ReportAlarm, "principals" | "principalsLeftOut"> {
  return {
    principals: principals.slice(0, MAX_PRINCIPALS).map((principal) => texts.numberOf(principal)),
    principalsLeftOut: Math.max(0, principals.length - MAX_PRINCIPALS),
  };
}

function recordOf({ time, ...record }: AlarmRecord, texts: TextTable): ReportRecord {
  const { name, source, region, principal, sourceIPAddress, errorCode, id } = record;
  return [
    time,
    ...[name, source, region, principal, sourceIPAddress, errorCode, id].map((text) => texts.numberOf(text)),
  ];
}
