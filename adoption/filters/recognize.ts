import { cis } from "../../detections/packs/cis";
import { includes, isSame, isSubset, meaningOf, union, type Meaning } from "./meaning";

/** How a pattern compares with that of a detection. */
export type Relation = "same" | "wider" | "narrower" | "similar";

/** A detection that a pattern counts events of. */
export interface Recognized {
  readonly detection: string;
  readonly relation: Relation;
}

/** Patterns of a detection: they count onto one metric. */
export interface KnownPatterns {
  readonly detection: string;
  readonly meaning: Meaning;
}

/**
 * How alike two patterns must be at least. The controls' texts differ from version to version of the benchmark: a
 * condition on the service, on MFA or on log delivery more or less.
 */
const ALIKE = 0.4;

/** The controls of the CIS benchmark in the notation of pack `cis`. */
const CONTROLS: readonly KnownPatterns[] = cis.detections.flatMap((detection) =>
  "patterns" in detection ? (known(detection.id, detection.patterns) ?? []) : [],
);

/** Undefined when a pattern is not one of JSON. */
export function known(detection: string, patterns: readonly string[]): KnownPatterns | undefined {
  const meanings = patterns.map(meaningOf).filter((meaning) => meaning !== undefined);
  return meanings.length === 0 || meanings.length < patterns.length
    ? undefined
    : { detection, meaning: union(meanings) };
}

/** The CIS control that a pattern is for; undefined when it is for none. */
export function recognizedControl(pattern: string): Recognized | undefined {
  return recognized(pattern, CONTROLS);
}

/** The detection whose pattern is most alike, if it is alike enough. */
export function recognized(pattern: string, among: readonly KnownPatterns[]): Recognized | undefined {
  const theirs = meaningOf(pattern);
  if (theirs === undefined) return undefined;
  const [best] = among
    .map(({ detection, meaning }) => ({ detection, meaning, likeness: likenessOf(theirs, meaning) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((one, other) => other.likeness - one.likeness);
  return best === undefined ? undefined : { detection: best.detection, relation: relationOf(theirs, best.meaning) };
}

function relationOf(theirs: Meaning, ours: Meaning): Relation {
  if (isSame(theirs, ours)) return "same";
  if (includes(theirs, ours)) return "wider";
  return includes(ours, theirs) ? "narrower" : "similar";
}

/** From 0 to 1: the mean over the alternatives of both sides. */
function likenessOf(one: Meaning, other: Meaning): number {
  const best = [
    ...one.map((alternative) => bestIn(other, alternative)),
    ...other.map((alternative) => bestIn(one, alternative)),
  ];
  return best.length === 0 ? 0 : best.reduce((sum, value) => sum + value, 0) / best.length;
}

function bestIn(meaning: Meaning, alternative: ReadonlySet<string>): number {
  return meaning.reduce((most, other) => Math.max(most, likeness(alternative, other)), 0);
}

/** What an event must have says more than what it must not have. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (!isSubset(one, other) && !isSubset(other, one)) return 0;
  const [positive, otherPositive] = [one, other].map(
    (clauses) => new Set([...clauses].filter((clause) => !/^\S+ (?:!= |NOT EXISTS)/.test(clause))),
  );
  return (share(one, other) + share(positive ?? one, otherPositive ?? other)) / 2;
}

function share(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((clause) => other.has(clause)).length;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}
