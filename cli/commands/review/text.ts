import { code } from "../detections/changes-text";

/** A stack, as in `trailwatch plan --json`. */
export interface PlanSummaryLine {
  readonly stack: string;
  readonly result: string;
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly replace: number;
  readonly reason: string;
}

/** What is known of a change; undefined: it could not be determined. */
export interface Review {
  readonly stacks: { readonly count: number; readonly removed: readonly string[] } | undefined;
  readonly plans: readonly PlanSummaryLine[] | undefined;
  /** Lines of Markdown. */
  readonly detections: readonly string[] | undefined;
}

/** Marks the comment, so that the next run finds it. */
const MARK = "<!-- trailwatch -->";

/** Maximum length of a GitHub comment. Source: GitHub's API refuses a longer `body`. */
export const MAX_CHARACTERS = 65_536;

/** Shares of the comment; the rest is for headings. */
const MOST_OF_PLANS = 36_000;
const MOST_OF_DETECTIONS = 20_000;
const MOST_OF_REMOVED = 6_000;

const MORE = "see the run's log";

/** A comment for a pull request: what happens to which stack, and which detections change. */
export function reviewMarkdown({ stacks, plans, detections }: Review): string[] {
  return [
    MARK,
    "## Trailwatch",
    "",
    ...changedText(stacks, plans),
    "",
    "### Detections",
    "",
    ...(detections === undefined ? ["Not compared: see the run's log."] : cut(detections, MOST_OF_DETECTIONS, "- ")),
    ...removedText(stacks?.removed ?? []),
  ];
}

function changedText(stacks: Review["stacks"], plans: Review["plans"]): string[] {
  if (stacks === undefined) return ["The stacks could not be compared: see the run's log."];
  if (stacks.count === 0) return ["No stack changes."];
  const changed = stacks.count === 1 ? "1 stack changes" : `${stacks.count} stacks change`;
  if (plans === undefined) return [`${changed}. Not planned: this run has no credentials, or failed before.`];
  const sum = (key: "add" | "change" | "destroy"): number => plans.reduce((total, plan) => total + plan[key], 0);
  return [
    `${changed}: ${sum("add")} to add, ${sum("change")} to change, **${sum("destroy")} to destroy**.`,
    "",
    "| stack | result | add | change | destroy | of these replaced |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    ...cut([...plans].sort(mostSeriousFirst).map(row), MOST_OF_PLANS, ""),
  ];
}

function row(plan: PlanSummaryLine): string {
  const { add, change, destroy, replace } = plan;
  const result = plan.reason === "" ? plan.result : `${plan.result}: ${code(plan.reason).replaceAll("|", "/")}`;
  return `| ${code(plan.stack)} | ${result} | ${add} | ${change} | ${destroy} | ${replace} |`;
}

/** Failures and destroyed resources come first, so that they are not cut. */
function mostSeriousFirst(a: PlanSummaryLine, b: PlanSummaryLine): number {
  return weight(b) - weight(a) || b.destroy - a.destroy || (a.stack < b.stack ? -1 : 1);
}

function weight({ result, destroy }: PlanSummaryLine): number {
  if (result === "refused") return 3;
  if (result === "failed") return 2;
  return destroy > 0 ? 1 : 0;
}

function removedText(removed: readonly string[]): string[] {
  if (removed.length === 0) return [];
  return [
    "",
    "### Removed from configuration",
    "",
    "Their resources stay deployed. To remove the resources, destroy these stacks before you merge.",
    "",
    ...cut(
      removed.map((id) => `- ${code(id)}`),
      MOST_OF_REMOVED,
      "- ",
    ),
  ];
}

/** As many lines as fit; the last one counts the rest. A single line that is too long is cut itself. */
function cut(lines: readonly string[], most: number, mark: string): string[] {
  let length = 0;
  const fitting = lines.findIndex((line) => (length += line.length + 1) > most);
  if (fitting === -1) return [...lines];
  const rest = lines.length - fitting;
  return [...lines.slice(0, fitting), "", `${mark}… and ${rest} more: ${MORE}`];
}
