import type { Sources } from "../../../organization/resolve/sources";
import type { ReportSource } from "../../../report/report-source";
import type { Tuning } from "./detections";
import { labelRemarks } from "./remarks";

/** Source of a report on a tuning. */
export function tuneSource(tuning: Tuning, sources: Sources): ReportSource {
  const { totals, detections, untunable, stale } = tuning;
  return {
    kind: "tune",
    totals,
    tuned: detections,
    replayed: [],
    untunable,
    remarks: [...stale, ...labelRemarks(tuning)],
    fileOf: (account) => sources.account(account).path,
  };
}
