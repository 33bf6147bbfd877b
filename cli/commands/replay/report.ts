import type { ReportSource } from "../../../report/report-source";
import { historiesOf, tuneDetection, type DetectionReport, type RecordingEvaluator } from "../../../signals";

/** Result of a replay: its totals, and each detection. */
type Replayed = ReportSource["totals"] & { readonly detections: readonly DetectionReport[] };

/** Source of a report on a replay: each detection with its curves, but no budget or advice. */
export function replaySource(evaluator: RecordingEvaluator, { detections, ...totals }: Replayed): ReportSource {
  const { histories } = historiesOf(evaluator);
  return {
    kind: "replay",
    totals,
    replayed: detections,
    // A replay reports these detections like any other.
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
