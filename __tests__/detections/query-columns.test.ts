import { allDetections } from "../../detections/catalogue";
import type { Detection } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import type { RecordRoot } from "../../detections/filter-pattern";
import { briefInsightsQuery, insightsQuery } from "../../detections/insights-query";
import { discoveredFields } from "./insights-filter";

// A column that is empty for every example of its detection shows nothing to those who investigate.

/** An empty error code says that the call succeeded. */
const MAY_BE_EMPTY = ["errorCode"];
const ROOTS: readonly RecordRoot[] = ["$", "$.detail"];

const cases = allDetections().flatMap(({ detection }) => ROOTS.map((root) => [detection.id, root, detection] as const));

test.each(cases)("each column of %s by %s has a value in an example", (_id, root, detection) => {
  for (const query of [insightsQuery, briefInsightsQuery]) {
    expect(emptyColumns(detection, query(detection, EXAMPLE_ACCOUNT, root), root)).toEqual([]);
  }
});

function emptyColumns({ examples }: Detection, query: string | undefined, root: RecordRoot): string[] {
  const list = /^fields (.*)$/m.exec(query ?? "")?.[1];
  if (list === undefined) return [];
  const events = examples.matches.map((record) => discoveredFields(root === "$" ? record : { detail: record }));
  const wrapper = root === "$" ? "" : "detail.";
  return list
    .split(", ")
    .map((column) => column.replaceAll("`", ""))
    .filter((column) => !MAY_BE_EMPTY.some((field) => column === `${wrapper}${field}`))
    .filter((column) => !events.some((event) => event.has(column)));
}
