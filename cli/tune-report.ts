import type { Sources } from "../organization/sources";
import type { ReportSource } from "../report/report-source";
import type { Tuning } from "./tune-detections";

/** What a report of a tuning is made from. */
export function tuneSource({ totals, detections, untunable }: Tuning, sources: Sources): ReportSource {
  return {
    kind: "tune",
    totals,
    tuned: detections,
    replayed: [],
    untunable,
    fileOf: (account) => sources.account(account).path,
  };
}
