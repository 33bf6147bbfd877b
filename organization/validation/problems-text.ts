import { basename } from "node:path";
import type { Problem } from "./problem";

/** From so many places on, a mistake is stated once; further places are only counted. */
const MANY = 4;

/** Fewer problems need no order. */
const MANY_LINES = 6;

/** A line for each problem, in their order, and one for a mistake that many files have. */
export function problemLines(problems: readonly Problem[]): string[] {
  const groups = grouped(problems);
  return problems.flatMap((problem) => {
    const group = groups.get(kindOf(problem)) ?? [];
    if (group.length < MANY) return [describeProblem(problem)];
    return problem === group[0] ? [groupText(group)] : [];
  });
}

/** The same as one text; then what to fix first, if there is a choice. */
export function problemsText(problems: readonly Problem[]): string {
  const lines = problemLines(problems);
  const files = new Set(problems.map(({ file }) => file));
  const isChoice = lines.length >= MANY_LINES && files.size > 1;
  return [...lines, ...(isChoice ? firstText([...grouped(problems).values()]) : [])].join("\n");
}

function grouped(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    groups.set(kind, [...(groups.get(kind) ?? []), problem]);
  }
  return groups;
}

/** The property, whatever its place in a list, and the rule. */
function kindOf({ property, rule }: Problem): string {
  return `${property.replace(/\[\d+\]/g, "[]")}\n${rule}`;
}

function groupText(group: readonly Problem[]): string {
  const [first] = group;
  if (first === undefined) return "";
  const shown = group.slice(0, MANY - 1);
  const more = `and ${group.length - shown.length} more`;
  const isOne = new Set(group.map(({ value }) => value)).size === 1;
  const got = isOne
    ? `${valueOf(first)} (at ${shown.map(placeOf).join(", ")} ${more})`
    : `${shown.map((problem) => `${valueOf(problem)} (at ${placeOf(problem)})`).join(", ")} ${more}`;
  const isAlike = new Set(group.map(({ hint }) => hint)).size === 1;
  const hint = first.hint === undefined || !isAlike ? "" : `; ${first.hint}`;
  return `'${first.property}' must ${first.rule}, got ${got}${hint}`;
}

/** What all accounts use comes first, then the mistake of most files. */
function firstText(groups: readonly Problem[][]): string[] {
  const [first] = groups.flat().filter(({ file }) => /^organization\.ya?ml$/.test(basename(file)));
  if (first !== undefined) return [`Do first: '${first.property}' (at ${placeOf(first)}), which all accounts use.`];
  const [most] = [...groups].sort((one, other) => other.length - one.length);
  const [example] = most ?? [];
  if (most === undefined || example === undefined || most.length < MANY) return [];
  return [`Do first: '${example.property}', which is wrong in ${most.length} places.`];
}

/** One line: what must be how, the present value, where, and what to do. */
export function describeProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? "" : `; ${problem.hint}`;
  return `'${problem.property}' must ${problem.rule}, got ${valueOf(problem)} (at ${placeOf(problem)})${hint}`;
}

/** The present value in quotes, or `nothing`. */
function valueOf({ value }: Problem): string {
  return value === undefined ? "nothing" : `'${value}'`;
}

/** Such as `accounts/payments.yaml:3:7`. */
function placeOf({ file, line, column }: Problem): string {
  return `${file}:${line}:${column}`;
}
