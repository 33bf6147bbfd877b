import type { ReportSource } from "../report/report-source";
import { historiesOf, tuneDetection, type Judge, type ReplayReport } from "../signals";

/** What a report of a replay is made from: each detection as a tuning sees it that nobody wants anything of. */
export function replaySource(judge: Judge, { detections, ...totals }: ReplayReport): ReportSource {
  const { histories } = historiesOf(judge);
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
