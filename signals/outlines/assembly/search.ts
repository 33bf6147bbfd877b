/** What records are searched for. JavaScript writes the tables (../search-tables.ts). */

/** Whether a region other than those of the list at the next address suffices. */
const OTHER_THAN: usize = 256;
/** Tables of lists of literals, by the first byte of strings and then by the last one. 0: none. */
export const PIECES: usize = 4096;
export const NAME_PIECES: usize = 6144;
/** A hash table of the addresses of names. 0: free. */
const NAMES: usize = 8192;
const NAMES_MASK: u32 = 4095;
/** A table like `PIECES`, of what must come with a name of the same group. */
export const HINTS: usize = 24576;

/** The bit of what suffices. The others are of groups. */
export const SUFFICES: u32 = 0x80000000;

/** The groups of a table's literals that the string between these positions may contain; escapes are not decoded. */
export function groupsIn(table: usize, from: usize, to: usize): u32 {
  if (from == to) return 0;
  const starting = load<u32>(table + ((<usize>load<u8>(from)) << 2));
  const ending = load<u32>(table + 1024 + ((<usize>load<u8>(to - 1)) << 2));
  let groups: u32 = 0;
  if (starting != 0) groups = groupsAt(starting, from, to, false);
  return ending == 0 ? groups : groups | groupsAt(ending, from, to, true);
}

/** Whether an event in this region may match. */
export function isWantedRegion(from: usize, to: usize): bool {
  return load<u32>(OTHER_THAN) != 0 && groupsAt(load<u32>(OTHER_THAN + 4), from, to, false) == 0;
}

/** A literal: its length, whether it is the whole string, the address of the next one, its groups, and its bytes. */
function groupsAt(list: usize, from: usize, to: usize, atEnd: bool): u32 {
  const length = <i32>(to - from);
  let groups: u32 = 0;
  for (let literal = list; literal != 0; literal = load<u32>(literal, 8)) {
    const size = load<i32>(literal);
    const fits = load<u32>(literal, 4) != 0 ? size == length : size <= length;
    if (fits && isEqual(literal + 16, atEnd ? to - size : from, size)) groups |= load<u32>(literal, 12);
  }
  return groups;
}

/** The groups of a name; 0 for one that is not wanted. */
export function groupsOfName(from: usize, to: usize): u32 {
  const length = <i32>(to - from);
  let slot = hashOf(from, length) & NAMES_MASK;
  let name: usize = load<u32>(NAMES + ((<usize>slot) << 2));
  while (name != 0) {
    if (load<i32>(name) == length && isEqual(name + 16, from, length)) return load<u32>(name, 12);
    slot = (slot + 1) & NAMES_MASK;
    name = load<u32>(NAMES + ((<usize>slot) << 2));
  }
  return 0;
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
