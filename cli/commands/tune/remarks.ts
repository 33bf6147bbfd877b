import type { Tuning } from "./detections";

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
