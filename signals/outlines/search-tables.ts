import type { TextPiece } from "../records/notable-text";

/** What records are searched for; one of these suffices. */
export interface RecordSearch {
  /** Literals at an end of any string. */
  readonly pieces: readonly TextPiece[];
  /** Names of events, in Latin-1. */
  readonly names: readonly string[];
  /** Literals at an end of the name of the event. */
  readonly namePieces: readonly TextPiece[];
  /** A region other than these; undefined: no region suffices. */
  readonly otherThan?: readonly string[];
  /** Names that suffice in a record with one of the literals beside them. */
  readonly hinted?: readonly HintedSearch[];
}

type HintedSearch = Pick<RecordSearch, "pieces" | "names" | "namePieces">;

/** The memory of the tables, in bytes from their start. */
export const TABLES_END = 1024 * 1024;

/** Addresses of the tables, as assembly/search.ts has them. Below are the fields of one record. */
const OTHER_THAN = 256;
const PIECES = 4096;
const NAME_PIECES = 6144;
const NAMES = 8192;
const SLOTS = 4096;
const HINTS = NAMES + SLOTS * 4;
const TEXTS = HINTS + 2048;
/** A table by the last byte of strings follows the one by the first byte. */
const BYTES_OF_EDGE = 256 * 4;
/** A literal's length, whether it is a whole string, the address of the next one, and its groups. */
const LITERAL_HEAD = 16;
/** A bit for what suffices. The others are of groups: a name needs a hint of the same group. */
const SUFFICES = 0x80000000;
const GROUPS = 31;
/** Literals are compared eight bytes at a time. */
const PAD = 8;

/** Writes what records are searched for. False if there is not enough room. */
export function writeSearchTables(memory: Buffer, search: RecordSearch): boolean {
  const { otherThan = [], hinted = [] } = search;
  const all = [search, ...hinted];
  const names = new Set(all.flatMap((each) => each.names));
  const pieces = all.flatMap((each) => [...each.pieces, ...each.namePieces]);
  const texts = [...pieces.map(({ text }) => text), ...all.flatMap((each) => each.names), ...otherThan];
  const size = texts.reduce((sum, text) => sum + sizeOf(Buffer.byteLength(text)), TEXTS);
  if (size > TABLES_END || names.size > SLOTS / 2) return false;

  let end = TEXTS;
  const write = (bytes: Buffer, { isWhole = true, next = 0, groups = SUFFICES }): number => {
    const address = end;
    memory.writeUInt32LE(bytes.length, address);
    memory.writeUInt32LE(Number(isWhole), address + 4);
    memory.writeUInt32LE(next, address + 8);
    memory.writeUInt32LE(groups, address + 12);
    bytes.copy(memory, address + LITERAL_HEAD);
    end += sizeOf(bytes.length);
    return address;
  };
  /** Puts a literal ahead of the list at this address. */
  const prepend = (list: number, bytes: Buffer, isWhole = true, groups = SUFFICES): void => {
    memory.writeUInt32LE(write(bytes, { isWhole, next: memory.readUInt32LE(list), groups }), list);
  };

  const writePieces = (table: number, of: readonly TextPiece[], groups: number): void => {
    for (const { text, starts, ends } of new Map(of.map((piece) => [JSON.stringify(piece), piece])).values()) {
      const bytes = Buffer.from(text);
      const edge = (starts ? bytes[0] : bytes.at(-1)) ?? 0;
      prepend(table + (starts ? 0 : BYTES_OF_EDGE) + 4 * edge, bytes, starts && ends, groups);
    }
  };
  const groupsOf = new Map<string, number>();
  const writeNames = ({ names: some, namePieces }: HintedSearch, groups: number): void => {
    writePieces(NAME_PIECES, namePieces, groups);
    for (const name of some) groupsOf.set(name, ((groupsOf.get(name) ?? 0) | groups) >>> 0);
  };
  writePieces(PIECES, search.pieces, SUFFICES);
  writeNames(search, SUFFICES);
  // The same in several log groups is one group.
  const groups = new Map(hinted.map((each) => [JSON.stringify(each), each]));
  for (const [number, each] of [...groups.values()].entries()) {
    const group = 2 ** (number % GROUPS);
    writePieces(HINTS, each.pieces, group);
    writeNames(each, group);
  }
  for (const [name, of] of groupsOf) {
    const bytes = Buffer.from(name, "latin1");
    let slot = hashOf(bytes) % SLOTS;
    while (memory.readUInt32LE(NAMES + 4 * slot) !== 0) slot = (slot + 1) % SLOTS;
    memory.writeUInt32LE(write(bytes, { groups: of }), NAMES + 4 * slot);
  }
  memory.writeUInt32LE(Number(search.otherThan !== undefined), OTHER_THAN);
  for (const region of otherThan) prepend(OTHER_THAN + 4, Buffer.from(region));
  return true;
}

/** The memory of a text of this length, in bytes; it starts at a multiple of eight. */
function sizeOf(length: number): number {
  return Math.ceil((LITERAL_HEAD + length + PAD) / 8) * 8;
}

/** FNV-1a, folded, as assembly/search.ts computes it. */
function hashOf(bytes: Buffer): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
