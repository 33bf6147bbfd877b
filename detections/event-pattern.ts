import type { Condition } from "./condition";
import { coversOf, type Cover, type Matcher } from "./event-cover";
import { ConditionError } from "./normal-form";

/**
 * Maximum size of an event pattern without a raised quota, in characters.
 * Source: EventBridge User Guide, quotas, "Event pattern size".
 */
export const EVENT_PATTERN_LIMIT = 2048;

/** EventBridge's names for CloudTrail's events; AWS's own pages use both spellings of sign-in. */
const DETAIL_TYPES = [
  "AWS API Call via CloudTrail",
  "AWS Service Event via CloudTrail",
  "AWS Console Sign In via CloudTrail",
  "AWS Console Signin via CloudTrail",
  "AWS Console Action via CloudTrail",
];

/** An EventBridge event pattern. */
export type EventPattern = Readonly<Record<string, unknown>>;

/**
 * EventBridge patterns, one for each rule, that admit every record that meets one of the conditions. No event matches
 * two of them: each pattern covers other event sources, and an event has one source.
 *
 * @throws ConditionError when one event source, or all other sources together, need more than fits into one pattern
 */
export function eventPatterns(conditions: readonly Condition[]): EventPattern[] {
  const covers = conditions.flatMap(coversOf);
  const bySource = new Map<Matcher, Cover[]>();
  const ofAnySource: Cover[] = [];
  for (const cover of covers) {
    const sources = cover.get("eventSource");
    const rest: Cover = new Map([...cover].filter(([field]) => field !== "eventSource"));
    if (sources === undefined || sources.some((source) => typeof source !== "string")) ofAnySource.push(rest);
    else for (const source of sources) bySource.set(source, [...(bySource.get(source) ?? []), rest]);
  }

  const sources = [...bySource.keys()].sort();
  // A pattern of sources of which one needs events of any name would admit those of the others too.
  const isOpen = (source: Matcher) => bySource.get(source)?.some((cover) => !cover.has("eventName")) === true;
  const groups = [sources.filter((source) => !isOpen(source)), sources.filter(isOpen)];
  const patterns = groups.flatMap((group) =>
    packed(group, (some) => pattern(some, [...some.flatMap((source) => bySource.get(source) ?? []), ...ofAnySource])),
  );
  if (ofAnySource.length === 0) return patterns;
  return [...patterns, fitting(pattern(othersThan(sources), ofAnySource), "any other source")];
}

/** All other sources. AWS's own by prefix, because the whole names would fill the pattern: `ec2.` begins one name only. */
function othersThan(sources: readonly Matcher[]): readonly unknown[] | undefined {
  if (sources.length === 0) return undefined;
  const prefixes = sources.flatMap(
    (source) => /^([^.]+\.)amazonaws\.com$/.exec(typeof source === "string" ? source : "")?.[1] ?? [],
  );
  return [{ "anything-but": prefixes.length === sources.length ? { prefix: prefixes } : sources }];
}

/** Groups sources in order, into as few patterns as fit. */
function packed(sources: readonly Matcher[], patternOf: (some: readonly Matcher[]) => EventPattern): EventPattern[] {
  const patterns: EventPattern[] = [];
  let group: Matcher[] = [];
  for (const source of sources) {
    fitting(patternOf([source]), `${JSON.stringify(source)} alone`);
    if (group.length > 0 && !fits(patternOf([...group, source]))) {
      patterns.push(patternOf(group));
      group = [];
    }
    group.push(source);
  }
  return group.length === 0 ? patterns : [...patterns, patternOf(group)];
}

function fitting(candidate: EventPattern, asked: string): EventPattern {
  if (fits(candidate)) return candidate;
  throw new ConditionError(
    `an event pattern must be at most ${EVENT_PATTERN_LIMIT} characters, and what is asked of ${asked} is longer`,
  );
}

function fits(candidate: EventPattern): boolean {
  return JSON.stringify(candidate).length <= EVENT_PATTERN_LIMIT;
}

function pattern(sources: readonly unknown[] | undefined, covers: readonly Cover[]): EventPattern {
  const alternatives = alternativesOf(covers);
  const [only] = alternatives;
  const either = alternatives.length === 1 && only !== undefined ? only : { $or: alternatives };
  const detail = { ...(sources === undefined ? {} : { eventSource: sources }), ...either };
  return {
    // Only AWS may send events whose source begins with this.
    source: [{ prefix: "aws." }],
    "detail-type": DETAIL_TYPES,
    // EventBridge refuses an empty object.
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  };
}

/** Covers as parts of a pattern; covers of the operation alone share one list. */
function alternativesOf(covers: readonly Cover[]): EventPattern[] {
  if (covers.some((cover) => cover.size === 0)) return [{}];
  const byFields = new Map<string, Map<string, Matcher>>();
  for (const cover of covers) {
    const [entry] = cover;
    if (cover.size > 1 || entry === undefined) continue;
    const [field, values] = entry;
    const known = byFields.get(field) ?? new Map<string, Matcher>();
    for (const value of values) known.set(JSON.stringify(value), value);
    byFields.set(field, known);
  }
  const simple = [...byFields].map(([field, values]) =>
    nested(new Map([[field, [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)]])),
  );
  const admitted = (field: string, value: Matcher) => byFields.get(field)?.has(JSON.stringify(value)) ?? false;
  const mixed = covers
    .filter((cover) => cover.size > 1)
    // Leave out what another list admits already.
    .filter((cover) => ![...cover].some(([field, values]) => values.every((value) => admitted(field, value))))
    .map(nested);
  const seen = new Map([...simple, ...mixed].map((part) => [JSON.stringify(part), part]));
  return [...seen.values()];
}

/** `userIdentity.type` becomes a nested object, as EventBridge requires. */
function nested(cover: ReadonlyMap<string, readonly Matcher[]>): EventPattern {
  const result: Record<string, unknown> = {};
  for (const [field, values] of cover) {
    const [outer = field, inner] = field.split(".");
    result[outer] = inner === undefined ? values : { [inner]: values };
  }
  return result;
}
