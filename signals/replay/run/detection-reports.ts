import type { Deployment } from "../../deployment/deployment";
import { compositeReports } from "../evaluation/composites";
import { presencesOf, type Presence } from "../prefilter/presence";
import type { RecordEvaluator } from "../evaluation/record-evaluator";
import type { DetectionReport } from "./report";

type Evaluated = Pick<RecordEvaluator, "detections" | "feeds">;

/** Per feed, the presence of records that came through it. Alarms on values of 0 get its minutes. */
export function talliedPresences({ feeds }: Evaluated): readonly Presence[] {
  const presences = presencesOf(feeds);
  for (const [number, { zeroing }] of feeds.entries()) {
    const minutes = presences[number]?.minutes;
    if (minutes === undefined) continue;
    for (const tally of zeroing.flatMap(({ detection }) => detection.tallies)) tally.addZeros(minutes);
  }
  return presences;
}

/** The results of every detection and composite alarm, by account, once everything is counted. */
export function detectionReports(
  deployment: Deployment,
  { detections, feeds }: Evaluated,
  presences: readonly Presence[],
): DetectionReport[] {
  for (const [number, { feed }] of feeds.entries()) {
    const ofAccount = detections.filter(({ account }) => account === feed.account);
    const last = presences[number]?.last ?? -Infinity;
    for (const tally of ofAccount.flatMap(({ tallies }) => tallies)) tally.seen(last);
  }
  return deployment.accounts.flatMap((account) => {
    const watched = detections.filter((detection) => detection.account === account);
    const tallies = watched.flatMap((detection) => detection.tallies);
    return [...watched.flatMap((detection) => detection.report() ?? []), ...compositeReports(account, tallies)];
  });
}
