import { HOPS_WITH_HUB } from "../../../signals";
import type { Section } from "../../../verification/report";
import type { CheckResult } from "../../../verification/result";

/** A fault with every account that has it. */
export interface Fault {
  /** As found in the first of the accounts. */
  readonly result: CheckResult;
  /** Names of accounts, or `organization`, without repeats. */
  readonly places: readonly string[];
  /** How many checks found it. */
  readonly found: number;
  /** How many checks were skipped because of it. */
  readonly waiting: number;
}

/**
 * The faults of all accounts, each once, in the order in which to fix them: first those that stop other checks, then the
 * ones that failed, and in each case the ones that settle most checks.
 */
export function faultsOf(sections: readonly Section[]): Fault[] {
  const faults = new Map<string, Fault>();
  const keys = new Map<string, string>();
  for (const section of sections) {
    for (const result of section.results.filter(isFault)) {
      const key = keyOf(section, result);
      keys.set(`${section.name}\n${result.check}`, key);
      const known = faults.get(key) ?? { result, places: [], found: 0, waiting: 0 };
      faults.set(key, {
        ...known,
        places: [...new Set([...known.places, section.name])],
        found: known.found + 1,
      });
    }
  }
  for (const { name, results } of sections) {
    for (const { reason } of results) {
      const cause = causeOf(reason);
      if (cause === undefined) continue;
      const key = keys.get(`${name}\n${cause}`) ?? keys.get(`${ORGANIZATION}\n${cause}`) ?? "";
      const fault = faults.get(key);
      if (fault !== undefined) faults.set(key, { ...fault, waiting: fault.waiting + 1 });
    }
  }
  return [...faults.values()].sort(byUrgency);
}

/** Warnings of all accounts, each once. */
export function warningsOf(
  sections: readonly Section[],
): { readonly warning: string; readonly places: readonly string[] }[] {
  const warnings = new Map<string, { warning: string; places: string[] }>();
  for (const section of sections) {
    for (const { warning } of section.results) {
      if (warning === undefined) continue;
      const key = general(warning, section);
      const known = warnings.get(key) ?? { warning, places: [] };
      warnings.set(key, { ...known, places: [...new Set([...known.places, section.name])] });
    }
  }
  return [...warnings.values()];
}

/** Whether a result is a consequence of another: there is nothing to do about it. */
export function isConsequence(reason: string | undefined): boolean {
  return reason?.startsWith("not checked: ") === true;
}

const ORGANIZATION = "organization";

const CAUSE = /^not checked: '(.*)' failed$/s;

function causeOf(reason = ""): string | undefined {
  return CAUSE.exec(reason)?.[1];
}

function isFault({ status, reason }: CheckResult): boolean {
  return status !== "proven" && !isConsequence(reason);
}

function byUrgency(one: Fault, other: Fault): number {
  const settled = ({ found, waiting }: Fault): number => found + waiting;
  const rank = ({ result, waiting }: Fault): number => (waiting > 0 ? 0 : result.status === "failed" ? 1 : 2);
  const hop = ({ result }: Fault): number => HOPS_WITH_HUB.indexOf(result.hop);
  return rank(one) - rank(other) || settled(other) - settled(one) || hop(one) - hop(other);
}

/** What faults have in common that are the same one in several accounts. A missing permission has one remedy. */
function keyOf(
  section: Section,
  { status, hop, check, seen, reason = "", remedy = "", missingAction }: CheckResult,
): string {
  if (missingAction !== undefined) return missingAction;
  return general([status, hop, check, seen, reason, remedy].join("\n"), section);
}

/** A text without what differs from account to account: its name and id, and counts. */
function general(text: string, { name, id }: Section): string {
  return text
    .replaceAll(id, "<id>")
    .replaceAll(name, "<name>")
    .replace(/(?<![\w-])\d+(?![\w-])/g, "<n>");
}
