import type { Sources } from "../../../organization/resolve/sources";
import type { ReportSource } from "../../../report/report-source";
import type { Tuning } from "./detections";

/** Source of a report on a tuning. */
export function tuneSource(tuning: Tuning, sources: Sources): ReportSource {
  const { totals, detections, untunable, stale } = tuning;
  return {
    kind: "tune",
    totals,
    measured: detections.map((detection) => ({ ...detection, measurement: detection.tuning })),
    replayed: [],
    untunable,
    remarks: [...stale, ...labelRemarks(tuning)],
    fileOf: (account) => sources.account(account).path,
  };
}

/** Incidents of `--keep` that could not be honoured, one sentence each without a full stop. */
export function labelRemarks({
  unknownLabels,
  silentLabels,
}: Pick<Tuning, "unknownLabels" | "silentLabels">): string[] {
  return [
    ...unknownLabels.map(({ text }) => `'--keep' names ${text}, which is not among the records that match a detection`),
    ...silentLabels.map(({ text }) => `'--keep' names ${text}, where no alarm is on now`),
  ];
}
