import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { literalsOf } from "./pattern-literals";

/** Anything with a pattern that can be looked up. */
interface Patterned {
  readonly pattern: FilterPattern;
}

/**
 * Patterns by the event names that they require. Most events match none of hundreds of patterns, and one look-up finds
 * the few to evaluate. It only excludes patterns that cannot match.
 */
export class FilterIndex<T extends Patterned> {
  private readonly byName = new Map<string, T[]>();
  private readonly always: readonly T[];

  /** `envelope`: the events are EventBridge's, with the record under `detail`. */
  constructor(
    private readonly filters: readonly T[],
    envelope: boolean,
  ) {
    const named = filters.map((filter) => ({ filter, names: namesOf(filter, envelope) }));
    this.always = named.filter(({ names }) => names === undefined).map(({ filter }) => filter);
    for (const { filter, names = [] } of named) {
      for (const name of names) this.byName.set(name, [...(this.byName.get(name) ?? this.always), filter]);
    }
  }

  /** The filters that an event with this name may match; an event whose name is not a text may match any. */
  candidates(eventName: string | undefined): readonly T[] {
    return eventName === undefined ? this.filters : (this.byName.get(eventName) ?? this.always);
  }
}

/** The names of all events that may match; undefined: any event may match. */
function namesOf({ pattern }: Patterned, envelope: boolean): readonly string[] | undefined {
  const literals = literalsOf(pattern, envelope);
  return literals === undefined || literals.pieces.length > 0 ? undefined : literals.names;
}
