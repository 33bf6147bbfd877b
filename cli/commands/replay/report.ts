import type { ReportSource } from "../../../report/report-source";
import { historiesOf, tuneDetection, type DetectionReport, type RecordingEvaluator } from "../../../signals";

/** What came of a replay: its totals, and each detection. */
type Replayed = ReportSource["totals"] & { readonly detections: readonly DetectionReport[] };

/** What a report of a replay is made from: each detection as a tuning sees it that nobody wants anything of. */
export function replaySource(evaluator: RecordingEvaluator, { detections, ...totals }: Replayed): ReportSource {
  const { histories } = historiesOf(evaluator);
  return {
    kind: "replay",
    totals,
    replayed: detections,
    // It tells of them as of any other.
    untunable: [],
    tuned: histories.map((history) => ({
      history,
      tuning: tuneDetection(history, {
        budgetPerWeek: Infinity,
        ...{ mayRaise: true, mayIgnore: false },
        defaultThreshold: history.alarm.threshold,
        ...{ labels: [], chosen: new Set<string>() },
      }),
    })),
    fileOf: () => "",
  };
}
