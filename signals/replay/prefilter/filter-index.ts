import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { compileJson } from "../../../lib/patterns/filter-pattern/json-matcher";
import type { ParsedEvent } from "../../../lib/patterns/filter-pattern/parsed-event";
import type { JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import type { Selector } from "../../../lib/patterns/filter-pattern/selector";
import type { JsonObject } from "../../../lib/patterns/json/json-value";
import { stringField } from "../../records/cloudtrail-record";

/** Anything with a pattern that can be looked up. */
interface Patterned {
  readonly pattern: FilterPattern;
}

interface IndexedFilter<T> {
  readonly filter: T;
  /** Tests the fields that the index knows. */
  readonly mayMatch: (event: JsonObject) => boolean;
}

/** A filter that events of one name and source may match, and whether one does. */
interface Candidate<T> {
  readonly filter: T;
  readonly matches: (event: ParsedEvent) => boolean;
}

/** More events than AWS has: the names in a forged archive must not fill the memory. */
const MAX_EVENTS = 20_000;

/**
 * The few patterns, of hundreds, that an event may match by its name and source. For each name and source, they are
 * reduced once to what they require of the other fields.
 */
export class FilterIndex<T extends Patterned> {
  /** Made for the first event: most accounts of an organization have none. */
  private indexed: readonly IndexedFilter<T>[] | undefined;
  private readonly byEvent = new Map<string, readonly Candidate<T>[]>();

  /** `envelope`: the events are EventBridge's, with the record under `detail`. */
  constructor(
    private readonly filters: readonly T[],
    private readonly envelope: boolean,
  ) {}

  /** The filters that an event matches. `record`: the event, or what is in its envelope. */
  matching(record: JsonObject, event: ParsedEvent): T[] {
    const matching: T[] = [];
    for (const { filter, matches } of this.candidates(record)) if (matches(event)) matching.push(filter);
    return matching;
  }

  private candidates(record: JsonObject): readonly Candidate<T>[] {
    const eventName = stringField(record, "eventName");
    const eventSource = stringField(record, "eventSource");
    if (eventName === undefined || eventSource === undefined) return this.filters.map(unreduced);
    const key = `${eventName.length} ${eventName}${eventSource}`;
    const found = this.byEvent.get(key);
    if (found !== undefined) return found;
    const known = { eventName, eventSource };
    const event = this.envelope ? { detail: known } : known;
    this.indexed ??= this.filters.map((filter) => indexed(filter, this.envelope));
    const candidates = this.indexed.filter(({ mayMatch }) => mayMatch(event)).map(({ filter }) => filter);
    const reduced = candidates.map((filter) => reducedFor(event, filter, this.envelope));
    if (this.byEvent.size >= MAX_EVENTS) this.byEvent.clear();
    this.byEvent.set(key, reduced);
    return reduced;
  }
}

function unreduced<T extends Patterned>(filter: T): Candidate<T> {
  return { filter, matches: (event) => filter.pattern.matchesEvent(event) };
}

/** `known`: an event that has only the name and the source. */
function reducedFor<T extends Patterned>(known: JsonObject, filter: T, envelope: boolean): Candidate<T> {
  const { syntax } = filter.pattern;
  if (syntax.kind !== "json") return unreduced(filter);
  const rest = restOf(syntax.expression, known, envelope);
  if (typeof rest === "boolean") return { filter, matches: () => rest };
  const holds = compileJson(rest);
  return { filter, matches: ({ json }) => json !== undefined && holds(json) };
}

/** What an expression requires of fields other than the event's name and source, or its result without any other. */
function restOf(expression: JsonExpression, known: JsonObject, envelope: boolean): JsonExpression | boolean {
  if (expression.kind === "clause") {
    return isKnown(expression.selector, envelope) ? compileJson(expression)(known) : expression;
  }
  const { kind } = expression;
  const rests = expression.parts.map((part) => restOf(part, known, envelope));
  // One that does not hold decides "and", one that holds decides "or".
  const deciding = kind === "or";
  if (rests.includes(deciding)) return deciding;
  const parts = rests.filter((rest) => typeof rest !== "boolean");
  const [only] = parts;
  if (only === undefined) return !deciding;
  return parts.length === 1 ? only : { kind, parts };
}

function indexed<T extends Patterned>(filter: T, envelope: boolean): IndexedFilter<T> {
  const { syntax } = filter.pattern;
  const reduced = syntax.kind === "json" ? reducedTo(syntax.expression, envelope) : undefined;
  return { filter, mayMatch: reduced === undefined ? () => true : compileJson(reduced) };
}

/** What an expression requires of the event's name and source alone; undefined: nothing. */
function reducedTo(expression: JsonExpression, envelope: boolean): JsonExpression | undefined {
  if (expression.kind === "clause") return isKnown(expression.selector, envelope) ? expression : undefined;
  const parts = expression.parts.map((part) => reducedTo(part, envelope));
  const known = parts.filter((part) => part !== undefined);
  // An alternative that requires nothing of them suffices.
  if (known.length === 0 || (expression.kind === "or" && known.length < parts.length)) return undefined;
  return { kind: expression.kind, parts: known };
}

function isKnown(selector: Selector, envelope: boolean): boolean {
  const keys = selector.map((step) => (step.kind === "key" ? step.key : undefined));
  if (keys.length !== (envelope ? 2 : 1) || (envelope && keys[0] !== "detail")) return false;
  return keys.at(-1) === "eventName" || keys.at(-1) === "eventSource";
}
