import type { FilterPattern } from "../filter-pattern/filter-pattern";
import { NotableText } from "../records/notable-text";
import { FIELD, type RecordOutline } from "../records/record-outline";
import { needOf, type PatternNeed } from "./pattern-need";

/** A pattern, and whether it judges EventBridge's events. */
export interface SievedPattern {
  readonly pattern: FilterPattern;
  readonly envelope: boolean;
}

/**
 * Tells by a record's outline whether any of many patterns may match it: one look-up of its name, besides the texts
 * that were met on the way. It only ever leaves out what cannot match, and the number of patterns hardly counts.
 */
export class RecordSieve {
  /** What outlines have to look for. */
  readonly notable: NotableText | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly passesAll: boolean;

  /** `seesAll`: somebody has to see every record, whatever patterns say. */
  constructor(patterns: readonly SievedPattern[], seesAll = false) {
    const needs = patterns.map(({ pattern, envelope }) => needOf(pattern, envelope));
    const known = needs.filter((need): need is PatternNeed => need !== undefined);
    const pieces = known.flatMap((need) => need.pieces);
    this.passesAll = seesAll || known.length < needs.length;
    this.notable = pieces.length > 0 && !this.passesAll ? new NotableText(pieces) : undefined;
    this.names = new Set(known.flatMap(({ names }) => names.map((name) => Buffer.from(name).toString("latin1"))));
  }

  mayMatch(bytes: Buffer, outline: RecordOutline): boolean {
    if (this.passesAll || !outline.isPlain) return true;
    if (outline.isNotable && this.notable !== undefined) return true;
    return this.names.has(bytes.toString("latin1", outline.from(FIELD.name), outline.to(FIELD.name)));
  }
}
