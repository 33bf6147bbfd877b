/** The fields that decide how a record is evaluated, by their number in an outline (../../records/record-outline.ts). */

/** Five addresses each, of the first byte of a field's text and of its closing quote. */
export const FROMS: usize = 64;
export const TOS: usize = 96;
export const FIELDS: i32 = 5;

/** No field. */
export const NONE: i32 = -1;
/** The key of EventBridge's envelope: the record is inside. */
export const DETAIL: i32 = -2;

const TIME: i32 = 0;
const NAME: i32 = 1;
const ID: i32 = 2;
const ACCOUNT: i32 = 3;
const REGION: i32 = 4;

/** The field whose key this text is; the words are the texts in little-endian order. */
export function fieldOf(at: usize, length: i32): i32 {
  switch (length) {
    case 6: // "deta" "il"
      return load<u32>(at) == 0x61746564 && load<u16>(at, 4) == 0x6c69 ? DETAIL : NONE;
    case 7: // "even" "ntID"
      return load<u32>(at) == 0x6e657665 && load<u32>(at, 3) == 0x4449746e ? ID : NONE;
    case 9: {
      const start = load<u64>(at);
      const last = load<u8>(at, 8);
      if (start == 0x6d6954746e657665 && last == 0x65) return TIME; // "eventTim" "e"
      if (start == 0x6d614e746e657665 && last == 0x65) return NAME; // "eventNam" "e"
      return start == 0x6f69676552737761 && last == 0x6e ? REGION : NONE; // "awsRegio" "n"
    }
    case 18: {
      // "recipien" "tAccount" "Id"
      const isAccount = load<u64>(at) == 0x6e65697069636572 && load<u64>(at, 8) == 0x746e756f63634174;
      return isAccount && load<u16>(at, 16) == 0x6449 ? ACCOUNT : NONE;
    }
    default:
      return NONE;
  }
}

export function startOf(field: i32): u32 {
  return load<u32>(FROMS + ((<usize>field) << 2));
}

export function endOf(field: i32): u32 {
  return load<u32>(TOS + ((<usize>field) << 2));
}

/** 0: the field has not been found. */
export function setField(field: i32, from: u32, to: u32): void {
  store<u32>(FROMS + ((<usize>field) << 2), from);
  store<u32>(TOS + ((<usize>field) << 2), to);
}
