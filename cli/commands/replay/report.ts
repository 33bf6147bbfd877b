import type { ReportSource } from "../../../report/report-source";
import { historiesOf, measureDetection, type DetectionReport, type RecordingEvaluator } from "../../../signals";

/** Result of a replay: its totals, and each detection. */
type Replayed = ReportSource["totals"] & { readonly detections: readonly DetectionReport[] };

/** Source of a report on a replay: each detection with its curves. Advice needs a tuning. */
export function replaySource(evaluator: RecordingEvaluator, { detections, ...totals }: Replayed): ReportSource {
  const { histories } = historiesOf(evaluator);
  const accounts = new Map(evaluator.detections.map(({ account }) => [account.name, account]));
  return {
    kind: "replay",
    totals,
    replayed: detections,
    // A replay reports these detections like any other.
    untunable: [],
    measured: histories.map((history) => ({ history, measurement: measureDetection(history) })),
    fileOf: () => "",
    descriptionOf: (account, alarm) => {
      const { alarms = [], compositeAlarms = [], lowestValueAlarms = [] } = accounts.get(account) ?? {};
      return [...alarms, ...compositeAlarms, ...lowestValueAlarms].find(({ name }) => name === alarm)?.description;
    },
  };
}
