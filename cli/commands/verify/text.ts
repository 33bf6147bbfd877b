import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { omittedRegionText } from "../../../organization/resolve/omitted-regions";
import { regionCoverText } from "../../../organization/resolve/region-cover";
import { HOPS_WITH_HUB } from "../../../signals";
import { statusOf, type Report, type Section } from "../../../verification/report";
import type { CheckResult, Status } from "../../../verification/result";
import { aligned, leading, toned, type Line, type Tone } from "../../../lib/support/print";
import { faultsOf, isConsequence, warningsOf, type Fault } from "./faults";

/** Results of this many checks fit in one line. */
const SHOWN_IN_LINE = 2;

/** More accounts with the same fault are only counted; all of them are in `--json`. */
const SHOWN_PLACES = 5;

/** A mark and a word: colours alone are not accessible. */
const MARKS: Readonly<Record<Status, string>> = {
  proven: "✓ proven",
  failed: "✗ FAILED",
  unknown: "? unknown",
};

const STATUS_TONES: Readonly<Record<Status, Tone>> = { proven: "good", failed: "bad", unknown: "warn" };

/** One section: a line for each hop; below one with several checks, those that are not proven. */
export function sectionText({ name, id, live, regions, omittedRegions = [], results }: Section): Line[] {
  const groups = live
    ? results.map((result) => [result])
    : HOPS_WITH_HUB.map((hop) => results.filter((result) => result.hop === hop)).filter((some) => some.length > 0);
  const cells = groups.map((some) => [MARKS[statusOf(some)], some[0]?.hop ?? "", summary(some)]);
  const rows = aligned(cells, { indent: 2 });
  return [
    { strong: `${name} ${id}${live ? ", live" : ""}` },
    ...(regions === undefined ? [] : [`  regions: ${regionCoverText(regions)}`]),
    ...omittedRegions.flatMap(omittedRegionText).map((line) => `  ${line.replace(/^\S/, "accepted limit: $&")}`),
    ...groups.flatMap((some, index): Line[] => {
      const status = statusOf(some);
      return [leading(STATUS_TONES[status], rows[index] ?? "", MARKS[status]), ...problems(some)];
    }),
    "",
  ];
}

/** What to do, each fault once with its accounts, in the order in which to fix them; then the overall result. */
export function verifySummaryText({ sections }: Report): Line[] {
  const results = sections.flatMap((section) => section.results);
  const count = (status: Status): number => results.filter((result) => result.status === status).length;
  const status = statusOf(results);
  const faults = faultsOf(sections);
  return [
    ...faults.flatMap((fault, index) => faultText(fault, index === 0 ? "Do first: " : "Then: ")),
    ...warningsOf(sections).map(({ warning, places }): Line => [
      { warn: "Warning: " },
      `${placesText(places)}: ${warning}`,
    ]),
    ...(faults.length === 0 ? [] : [""]),
    [
      toned(STATUS_TONES[status], MARKS[status]),
      `: ${count("proven")} of ${results.length} checks proven, ` +
        `${count("failed")} failed, ${count("unknown")} unknown`,
    ],
  ];
}

function faultText({ result, places, waiting }: Fault, head: string): Line[] {
  const { status, check, seen, reason, remedy, statements = [] } = result;
  const others = places.slice(1);
  const waits = waiting === 0 ? "" : ` (${counted(waiting, "check")} ${waiting === 1 ? "waits" : "wait"} for it)`;
  const likewise = others.length === 0 ? "" : `; likewise in ${placesText(others)}`;
  return [
    [{ strong: head }, toned(STATUS_TONES[status], status), ` in ${placesText(places)}: ${check}: ${seen}${waits}`],
    ...(reason === undefined ? [] : [`  why:  ${reason}`]),
    ...(remedy === undefined ? [] : [`  fix:  ${remedy}${likewise}`]),
    ...statements.flatMap((statement) => JSON.stringify(statement, null, 2).split("\n")),
  ];
}

function placesText(places: readonly string[]): string {
  return abbreviated(places, SHOWN_PLACES);
}

function summary(results: readonly CheckResult[]): string {
  const [only] = results;
  if (only === undefined) return "";
  if (results.length === 1) return `${only.check}: ${isConsequence(only.reason) ? (only.reason ?? "") : only.seen}`;
  const proven = results.filter(({ status }) => status === "proven").length;
  if (proven === results.length && proven <= SHOWN_IN_LINE) return results.map(({ seen }) => seen).join("; ");
  return proven === results.length ? `${results.length} checks` : `${proven} of ${results.length} checks proven`;
}

/** Reasons and remedies follow at the end, where each fault is stated once. Consequences are only counted. */
function problems(results: readonly CheckResult[]): Line[] {
  if (results.length < 2) return [];
  const open = results.filter(({ status, reason }) => status !== "proven" && !isConsequence(reason));
  const consequences = results.filter(({ reason }) => isConsequence(reason));
  return [
    ...open.map(({ status, check, seen }): Line => [
      "      ",
      toned(STATUS_TONES[status], status),
      `: ${check}: ${seen}`,
    ]),
    ...(consequences.length === 0 ? [] : [{ dim: `      ${consequences[0]?.reason ?? ""} (${consequences.length})` }]),
  ];
}
