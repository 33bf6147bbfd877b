import type { FilterPattern } from "../filter-pattern/filter-pattern";
import { needOf } from "./pattern-need";

/** Anything with a pattern that can be looked up. */
interface Patterned {
  readonly pattern: FilterPattern;
}

/**
 * Patterns by the event names that they need: most events match none of hundreds of patterns, and one look-up tells
 * which few are worth a try. It only ever leaves out what cannot match.
 */
export class FilterIndex<T extends Patterned> {
  private readonly byName = new Map<string, T[]>();
  private readonly always: T[] = [];

  /** `envelope`: the events are EventBridge's, with the record under `detail`. */
  constructor(filters: readonly T[], envelope: boolean) {
    for (const filter of filters) {
      const need = needOf(filter.pattern, envelope);
      if (need === undefined || need.pieces.length > 0) this.always.push(filter);
      else for (const name of need.names) this.byName.set(name, [...(this.byName.get(name) ?? []), filter]);
    }
  }

  /** The filters that an event of this name may match; one whose name is no text may match any. */
  *candidates(eventName: string | undefined): Generator<T> {
    yield* this.always;
    if (eventName !== undefined) yield* this.byName.get(eventName) ?? [];
    else yield* new Set([...this.byName.values()].flat());
  }
}
