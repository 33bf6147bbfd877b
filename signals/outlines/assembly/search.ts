/** What records are searched for. JavaScript writes the tables (../search-tables.ts). */

/** Whether a region other than those of the list at the next address suffices. */
const OTHER_THAN: usize = 256;
/** Tables of lists of literals, by the first byte of strings and then by the last one. 0: none. */
export const PIECES: usize = 4096;
export const NAME_PIECES: usize = 6144;
/** A hash table of the addresses of names. 0: free. */
const NAMES: usize = 8192;
const NAMES_MASK: u32 = 4095;

/** Whether the string between these positions may contain a literal of a table; escapes are not decoded. */
export function mayContain(table: usize, from: usize, to: usize): bool {
  if (from == to) return false;
  const starting = load<u32>(table + ((<usize>load<u8>(from)) << 2));
  if (starting != 0 && isAnyAt(starting, from, to, false)) return true;
  const ending = load<u32>(table + 1024 + ((<usize>load<u8>(to - 1)) << 2));
  return ending != 0 && isAnyAt(ending, from, to, true);
}

/** Whether an event in this region may match. */
export function isWantedRegion(from: usize, to: usize): bool {
  return load<u32>(OTHER_THAN) != 0 && !isAnyAt(load<u32>(OTHER_THAN + 4), from, to, false);
}

/** A literal: its length, whether it is the whole string, the address of the next one, and its bytes. */
function isAnyAt(list: usize, from: usize, to: usize, atEnd: bool): bool {
  const length = <i32>(to - from);
  for (let literal = list; literal != 0; literal = load<u32>(literal, 8)) {
    const size = load<i32>(literal);
    const fits = load<u32>(literal, 4) != 0 ? size == length : size <= length;
    if (fits && isEqual(literal + 12, atEnd ? to - size : from, size)) return true;
  }
  return false;
}

/** Whether the text is one of the names. */
export function isName(from: usize, to: usize): bool {
  const length = <i32>(to - from);
  let slot = hashOf(from, length) & NAMES_MASK;
  let name: usize = load<u32>(NAMES + ((<usize>slot) << 2));
  while (name != 0) {
    if (load<i32>(name) == length && isEqual(name + 12, from, length)) return true;
    slot = (slot + 1) & NAMES_MASK;
    name = load<u32>(NAMES + ((<usize>slot) << 2));
  }
  return false;
}

/** FNV-1a, folded. */
function hashOf(at: usize, length: i32): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let i: i32 = 0; i < length; i++) hash = (hash ^ load<u8>(at + i)) * 0x01000193;
  return hash ^ (hash >>> 15);
}

function isEqual(one: usize, other: usize, length: i32): bool {
  let i: i32 = 0;
  for (; i + 8 <= length; i += 8) if (load<u64>(one + i) != load<u64>(other + i)) return false;
  for (; i < length; i++) if (load<u8>(one + i) != load<u8>(other + i)) return false;
  return true;
}
