import type { ArchiveAnswer } from "../../../athena/query-archive";
import type { NotQueried } from "../../../athena/queried/queried-feeds";
import type { DetectionReport, ReplayReport } from "../../../signals";

/** The report as `--json` prints it. It is a contract: list each field explicitly. */
export function replayJson(report: ReplayReport): object {
  const { records, duplicates, unknownAccounts, unreadable, detections } = report;
  return {
    records,
    duplicates,
    unknownAccounts,
    unreadable: unreadable.map(({ file, reason }) => ({ file, reason })),
    ...passedOverJson(report),
    detections: detections.map(detectionJson),
  };
}

/** Only present where it occurred: an archive of CloudTrail alone has neither. */
export function passedOverJson({ outOfTime, skipped }: Pick<ReplayReport, "outOfTime" | "skipped">): object {
  return {
    ...(outOfTime === 0 ? {} : { outOfTime }),
    ...(skipped.length === 0 ? {} : { skipped: skipped.map(({ file, reason }) => ({ file, reason })) }),
  };
}

/** The archive's result. */
export type ArchiveReport = ArchiveAnswer & { readonly notQueried: readonly NotQueried[] };

/** The same for the archive's result; null: not known from counts. */
export function archiveReplayJson({ records, scannedBytes, notQueried, detections }: ArchiveReport): object {
  return {
    records,
    ...{ duplicates: null, unknownAccounts: null, unreadable: null },
    scannedBytes,
    notQueried: notQueried.map(({ account, detection, reason }) => ({ account, detection, reason })),
    detections: detections.map(detectionJson),
  };
}

function detectionJson({ account, detection, matched, alarms, notifications }: DetectionReport): object {
  return {
    account,
    detection,
    matched,
    alarms: alarms.map(({ from, to, at }) => ({ from, to, at: new Date(at).toISOString() })),
    notifications: notifications.length,
  };
}
