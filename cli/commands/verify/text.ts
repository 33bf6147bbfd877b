import { regionCoverText } from "../../../organization/resolve/region-cover";
import { HOPS_WITH_HUB } from "../../../signals";
import { statusOf, type Report, type Section } from "../../../verification/report";
import type { CheckResult, Status } from "../../../verification/result";
import { aligned, type Line } from "../../../lib/support/print";

/** Results of this many checks fit in one line. */
const SHOWN_IN_LINE = 2;

/** A mark and a word: colours alone are not accessible. */
const MARKS: Readonly<Record<Status, string>> = {
  proven: "✓ proven",
  failed: "✗ FAILED",
  unknown: "? unknown",
};

/** One section: a line for each hop; below a failed one, what is wrong, why, and what to do. */
export function sectionText({ name, id, live, regions, results }: Section): Line[] {
  const groups = live
    ? results.map((result) => [result])
    : HOPS_WITH_HUB.map((hop) => results.filter((result) => result.hop === hop)).filter((some) => some.length > 0);
  const cells = groups.map((some) => [MARKS[statusOf(some)], some[0]?.hop ?? "", summary(some)]);
  const rows = aligned(cells, { indent: 2 });
  return [
    `${name} ${id}${live ? ", live" : ""}`,
    ...(regions === undefined ? [] : [`  regions: ${regionCoverText(regions)}`]),
    ...groups.flatMap((some, index): Line[] => [rows[index] ?? "", ...problems(some)]),
    "",
  ];
}

/** The last line: the overall result. */
export function verifySummaryText({ sections }: Report): Line[] {
  const results = sections.flatMap((section) => section.results);
  const count = (status: Status): number => results.filter((result) => result.status === status).length;
  return [
    `${MARKS[statusOf(results)]}: ${count("proven")} of ${results.length} checks proven, ` +
      `${count("failed")} failed, ${count("unknown")} unknown`,
  ];
}

function summary(results: readonly CheckResult[]): string {
  const [only] = results;
  if (only === undefined) return "";
  if (results.length === 1) return `${only.check}: ${only.seen}`;
  const proven = results.filter(({ status }) => status === "proven").length;
  if (proven === results.length && proven <= SHOWN_IN_LINE) return results.map(({ seen }) => seen).join("; ");
  return proven === results.length ? `${results.length} checks` : `${proven} of ${results.length} checks proven`;
}

/** Consequences of other failures are only counted, because there is nothing to do about them. */
function problems(results: readonly CheckResult[]): Line[] {
  const open = results.filter(({ status, reason }) => status !== "proven" && !isConsequence(reason));
  const consequences = results.filter(({ reason }) => isConsequence(reason));
  const warnings = results.flatMap(({ warning }) => warning ?? []);
  return [
    ...warnings.map((warning): Line => `      warning: ${warning}`),
    ...open.flatMap(({ status, check, seen, reason, remedy }): Line[] => [
      `      ${status}: ${check}: ${seen}`,
      ...(reason === undefined ? [] : [`        why:  ${reason}`]),
      ...(remedy === undefined ? [] : [`        fix:  ${remedy}`]),
    ]),
    ...(consequences.length === 0 ? [] : [{ dim: `      ${consequences[0]?.reason ?? ""} (${consequences.length})` }]),
  ];
}

function isConsequence(reason: string | undefined): boolean {
  return reason?.startsWith("not checked: ") === true;
}
