import type { ReportData, ReportDetection } from "./report-data";

/** Names of a few are help, of all are noise. */
const MAX_NAMES = 10;

/**
 * The detection that a single chart is of: `<account>/<detection>`, or the detection alone where one account has it.
 *
 * @throws Error naming those that there are
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
