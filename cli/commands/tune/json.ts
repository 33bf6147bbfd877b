import type { DetectionTuning } from "../../../signals";
import { passedOverJson } from "../replay/json";
import type { Tuning } from "./detections";

/** The result as `--json` prints it. It is a contract: list each field explicitly. */
export function tuneJson(tuning: Tuning): object {
  const { totals, detections, untunable, unknownLabels, silentLabels } = tuning;
  return {
    records: totals.records,
    duplicates: totals.duplicates,
    unknownAccounts: totals.unknownAccounts,
    unreadable: totals.unreadable.map(({ file, reason }) => ({ file, reason })),
    ...passedOverJson(totals),
    keep: { unknown: unknownLabels.map(({ text }) => text), silent: silentLabels.map(({ text }) => text) },
    notTunable: untunable.map(({ account, detection, why }) => ({ account, detection, why })),
    detections: detections.map(({ severity, tuning: found }) => ({ ...detectionJson(found), severity })),
  };
}

function detectionJson({ alarms, noLongerRaised, timeline, ...found }: DetectionTuning): object {
  return {
    ...found,
    alarms: alarms.map(({ at, until, events, eventIds, principals }) => ({
      ...{ at: timeOf(at), until: timeOf(until) },
      ...{ events, eventIds, principals },
    })),
    noLongerRaised: noLongerRaised.map(({ at, until, events, eventIds, principals, partOf }) => ({
      ...{ at: timeOf(at), until: timeOf(until) },
      ...{ events, eventIds, principals },
      ...(partOf !== undefined && { partOf: timeOf(partOf) }),
    })),
    timeline: {
      slotSeconds: timeline.slotSeconds,
      counts: timeline.counts.map(([at, events]) => [timeOf(at), events]),
    },
  };
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
