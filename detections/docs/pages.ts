import { allDetections } from "../catalogue";
import { cataloguePage } from "./catalogue-page";
import { runbookPage } from "./runbook-page";

/** Folder within docs/ that holds a runbook for each detection, and nothing else. */
export const RUNBOOKS = "runbooks";

/** The pages that are generated from the catalogue, by their path within docs/. */
export function pages(): Map<string, string> {
  return new Map([
    ["detections.md", cataloguePage()],
    ...allDetections().map((entry) => [`${RUNBOOKS}/${entry.detection.id}.md`, runbookPage(entry)] as const),
  ]);
}
