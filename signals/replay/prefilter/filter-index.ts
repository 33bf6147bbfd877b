import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { compileJson } from "../../../lib/patterns/filter-pattern/json-matcher";
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

/** More events than AWS has: the names in a forged archive must not fill the memory. */
const MAX_EVENTS = 20_000;

/**
 * The few patterns, of hundreds, that an event may match by its name and source. They are evaluated once for each name
 * and source. It only excludes patterns that cannot match.
 */
export class FilterIndex<T extends Patterned> {
  /** Made for the first event: most accounts of an organization have none. */
  private indexed: readonly IndexedFilter<T>[] | undefined;
  private readonly byEvent = new Map<string, readonly T[]>();

  /** `envelope`: the events are EventBridge's, with the record under `detail`. */
  constructor(
    private readonly filters: readonly T[],
    private readonly envelope: boolean,
  ) {}

  /** The filters that a record may match; one whose event's name or source is not a text may match any. */
  candidates(json: JsonObject): readonly T[] {
    const eventName = stringField(json, "eventName");
    const eventSource = stringField(json, "eventSource");
    if (eventName === undefined || eventSource === undefined) return this.filters;
    const key = `${eventName.length} ${eventName}${eventSource}`;
    const found = this.byEvent.get(key);
    if (found !== undefined) return found;
    const record = { eventName, eventSource };
    const event = this.envelope ? { detail: record } : record;
    this.indexed ??= this.filters.map((filter) => indexed(filter, this.envelope));
    const candidates = this.indexed.filter(({ mayMatch }) => mayMatch(event)).map(({ filter }) => filter);
    if (this.byEvent.size >= MAX_EVENTS) this.byEvent.clear();
    this.byEvent.set(key, candidates);
    return candidates;
  }
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
