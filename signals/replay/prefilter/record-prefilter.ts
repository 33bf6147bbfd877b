import { NotableText } from "../../records/notable-text";
import { FIELD, type RecordOutline } from "../../records/record-outline";
import type { PatternLiterals } from "./pattern-literals";

/** What each of many patterns requires; undefined: any record may match. */
type RequiredLiterals = readonly (PatternLiterals | undefined)[];

/**
 * Decides from a record's outline whether it may meet any of many needs: one look-up of its name, and the literals
 * found on the way. It only excludes records that meet none, and the number of needs hardly affects the time.
 */
export class RecordPrefilter {
  /** The literals that outlines must search for. */
  readonly notable: NotableText | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly passesAll: boolean;

  /** `further`: needs of which only the literals are searched for here; `Names` tests their names later. */
  constructor(needs: RequiredLiterals, further: RequiredLiterals = []) {
    const pieces = [...needs, ...further].flatMap((need) => need?.pieces ?? []);
    this.passesAll = needs.includes(undefined);
    this.notable = pieces.length > 0 && !this.passesAll ? new NotableText(pieces) : undefined;
    this.names = new Set(needs.flatMap((need) => (need === undefined ? [] : latinNames(need))));
  }

  mayMeet(bytes: Buffer, outline: RecordOutline): boolean {
    if (this.passesAll || !outline.isPlain) return true;
    if (outline.isNotable && this.notable !== undefined) return true;
    return this.names.has(latinName(bytes, outline));
  }
}

/** The name of an outlined record. Its bytes are read as Latin-1, so that most names need no decoding. */
export function latinName(bytes: Buffer, outline: RecordOutline): string {
  return bytes.toString("latin1", outline.from(FIELD.name), outline.to(FIELD.name));
}

/** Names that a record must have, to be compared with `latinName`. */
export function latinNames({ names }: PatternLiterals): readonly string[] {
  return names.map((name) => Buffer.from(name).toString("latin1"));
}
