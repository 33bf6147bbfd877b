import type { ReportData, ReportDetection } from "./report-data";

/** Listing a few names helps; listing all of them does not. */
const MAX_NAMES = 10;

/**
 * The detection of a single chart: `<account>/<detection>`, or the detection alone where only one account has it.
 *
 * @throws Error listing the available ones
 */
export function chosenDetection({ detections }: ReportData, wanted: string | undefined): ReportDetection {
  const charted = detections.filter(({ drawn }) => drawn.length > 0);
  const found = charted.filter(
    ({ account, detection }) => wanted === undefined || wanted === detection || wanted === `${account}/${detection}`,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (charted.length === 0) throw new Error("there is nothing to draw: no record matches a detection");
  const names = (found.length > 0 ? found : charted).map(({ account, detection }) => `${account}/${detection}`);
  const listed = names.slice(0, MAX_NAMES).join(", ");
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  throw new Error(`'--chart' must name one detection that matched, got ${got(wanted)}; there are ${listed}${more}`);
}

function got(wanted: string | undefined): string {
  return wanted === undefined ? "none" : `'${wanted}'`;
}
