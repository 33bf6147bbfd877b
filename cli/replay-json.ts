import type { ReplayReport } from "../signals";

/** The report as `--json` prints it: a contract, so nothing is in it by chance. */
export function replayJson({ records, duplicates, unknownAccounts, unreadable, detections }: ReplayReport): object {
  return {
    records,
    duplicates,
    unknownAccounts,
    unreadable: unreadable.map(({ file, reason }) => ({ file, reason })),
    detections: detections.map(({ account, detection, matched, alarms, notifications }) => ({
      account,
      detection,
      matched,
      alarms: alarms.map(({ from, to, at }) => ({ from, to, at: new Date(at).toISOString() })),
      notifications: notifications.length,
    })),
  };
}
