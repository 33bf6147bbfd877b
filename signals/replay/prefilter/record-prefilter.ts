import { NotableText } from "../../records/notable-text";
import { FIELD, type RecordOutline } from "../../records/record-outline";
import type { RecordSearch } from "../../outlines/search-tables";
import { commonRegions, type NamePiece, type PatternLiterals } from "./pattern-literals";

/** What each of many patterns requires; undefined: any record may match. */
type RequiredLiterals = readonly (PatternLiterals | undefined)[];

/** More names than AWS has: those in a forged archive must not fill the memory. */
const MAX_NAMES = 20_000;

/**
 * Decides from a record's outline whether any of many patterns may match it: one look-up of its name, and the literals
 * found on the way. It only excludes records that match none, and the number of patterns hardly affects the time.
 */
export class RecordPrefilter {
  /** The literals that outlines must search for. */
  readonly notable: NotableText | undefined;
  /** What may match; undefined: any record, so that all must be parsed. */
  readonly search: RecordSearch | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly namePieces: readonly NamePiece[];
  /** Whether names in Latin-1 have the form of any. */
  private readonly fitting = new Map<string, boolean>();

  /** `further`: patterns of which only the literals are searched for here; the caller tests the names later. */
  constructor(required: RequiredLiterals, further: RequiredLiterals = []) {
    const known = required.flatMap((each) => each ?? []);
    const all = [...known, ...further.flatMap((each) => each ?? [])];
    const hinted = known.flatMap((each) => each.hinted);
    const search = {
      pieces: all.flatMap(({ pieces }) => pieces),
      names: [...new Set(known.flatMap(latinNames))],
      namePieces: all.flatMap(({ namePieces }) => namePieces),
      otherThan: commonRegions(all.flatMap(({ otherThan }) => (otherThan === undefined ? [] : [otherThan]))),
      hinted: hinted.map((each) => ({ ...each, names: latinNames(each) })),
    };
    this.search = known.length < required.length ? undefined : search;
    this.notable = search.pieces.length > 0 && this.search !== undefined ? new NotableText(search.pieces) : undefined;
    // Here, a name suffices without its hint: only whole files are searched for hints.
    this.names = new Set([...search.names, ...search.hinted.flatMap(({ names }) => names)]);
    this.namePieces = [...search.namePieces, ...hinted.flatMap(({ namePieces }) => namePieces)];
  }

  /** Whether the name has a form, other than one of the names, by which a record may match. */
  fitsName(bytes: Buffer, outline: Pick<RecordOutline, "from" | "to">): boolean {
    if (this.namePieces.length === 0) return false;
    const key = latinName(bytes, outline);
    const known = this.fitting.get(key);
    if (known !== undefined) return known;
    const name = bytes.toString("utf8", outline.from(FIELD.name), outline.to(FIELD.name));
    const fits = this.namePieces.some((piece) => piece.fits(name));
    if (this.fitting.size >= MAX_NAMES) this.fitting.clear();
    this.fitting.set(key, fits);
    return fits;
  }

  mayMeet(bytes: Buffer, outline: RecordOutline): boolean {
    if (this.search === undefined || !outline.isPlain) return true;
    if (outline.isNotable && this.notable !== undefined) return true;
    if (this.names.has(latinName(bytes, outline))) return true;
    if (this.fitsName(bytes, outline)) return true;
    const { otherThan } = this.search;
    return otherThan?.includes(bytes.toString("utf8", outline.from(FIELD.region), outline.to(FIELD.region))) === false;
  }
}

/** The name of an outlined record. Its bytes are read as Latin-1, so that most names need no decoding. */
export function latinName(bytes: Buffer, outline: Pick<RecordOutline, "from" | "to">): string {
  return bytes.toString("latin1", outline.from(FIELD.name), outline.to(FIELD.name));
}

/** Names that a record must have, to be compared with `latinName`. */
export function latinNames({ names }: Pick<PatternLiterals, "names">): readonly string[] {
  return names.map((name) => Buffer.from(name).toString("latin1"));
}
