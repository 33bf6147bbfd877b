import { isInternal } from "../../../lib/support/failure";
import {
  compileFilterPattern,
  type FilterPattern,
  parseRecord,
  RecordError,
  type TrailEvent,
  trailEvent,
} from "../../../signals";
import type { RecordJson } from "../../signal-path/hop-event";
import { type RecordKind, isOwnCall } from "./record-kind";

/** A metric filter, as far as it decides which records are of interest. */
export interface WatchingFilter {
  /** The 12-digit id of its account. */
  readonly account: string;
  readonly pattern: string;
}

/**
 * Which records the deployed metric filters watch for, whether or not the records reach them. A filter that was deployed
 * once counts until the end: deleting it makes nothing uninteresting.
 */
export class WatchedRecords {
  private readonly filters = new Map<string, Map<string, FilterPattern>>();

  /** Adds filters; known ones are not compiled again. */
  add(filters: readonly WatchingFilter[]): void {
    for (const { account, pattern } of filters) {
      const own = this.filters.get(account) ?? new Map<string, FilterPattern>();
      this.filters.set(account, own);
      const compiled = own.has(pattern) ? undefined : compiledOrNothing(pattern);
      if (compiled !== undefined) own.set(pattern, compiled);
    }
  }

  kindOf(record: RecordJson): RecordKind {
    if (this.isWatched(record)) return "watched";
    return isOwnCall(record) ? "own" : "other";
  }

  /** By the filters of the account in which it is recorded; feeds of EventBridge hold it in an envelope. */
  private isWatched(record: RecordJson): boolean {
    if (this.filters.size === 0) return false;
    const event = eventOf(record);
    if (event === undefined) return false;
    return [...(this.filters.get(event.account) ?? [])].some(([text, pattern]) =>
      pattern.matchesEvent(text.includes("$.detail.") ? event.asEnvelope : event.asRecord),
    );
  }
}

/** Undefined for what is no record of CloudTrail. */
function eventOf(record: RecordJson): TrailEvent | undefined {
  try {
    const parsed = parseRecord(JSON.stringify(record));
    return trailEvent(parsed, parsed.account);
  } catch (error) {
    if (error instanceof RecordError) return undefined;
    throw error;
  }
}

/** Undefined for a pattern that AWS would have refused and moto accepted. */
function compiledOrNothing(pattern: string): FilterPattern | undefined {
  try {
    return compileFilterPattern(pattern);
  } catch (error) {
    if (isInternal(error)) throw error;
    return undefined;
  }
}
