import { NotableText } from "../../records/notable-text";
import { FIELD, type RecordOutline } from "../../records/record-outline";
import type { PatternLiterals } from "./pattern-literals";

/** What each of many patterns requires; undefined: any record may match. */
type RequiredLiterals = readonly (PatternLiterals | undefined)[];

/**
 * Decides from a record's outline whether any of many patterns may match it: one look-up of its name, and the literals
 * found on the way. It only excludes records that match none, and the number of patterns hardly affects the time.
 */
export class RecordPrefilter {
  /** The literals that outlines must search for. */
  readonly notable: NotableText | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly passesAll: boolean;

  /** `further`: patterns of which only the literals are searched for here; the caller tests the names later. */
  constructor(required: RequiredLiterals, further: RequiredLiterals = []) {
    const pieces = [...required, ...further].flatMap((each) => each?.pieces ?? []);
    this.passesAll = required.includes(undefined);
    this.notable = pieces.length > 0 && !this.passesAll ? new NotableText(pieces) : undefined;
    this.names = new Set(required.flatMap((each) => (each === undefined ? [] : latinNames(each))));
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
