import { endOf, startOf } from "./fields";

/** The hash of an event's id, account and region, as ../../records/event-key.ts computes it. */
export let high: u32 = 0;
export let low: u32 = 0;

export function hashEvent(): void {
  high = 0x9e3779b9;
  low = 0x243f6a88;
  // The id, the account and the region.
  for (let field: i32 = 2; field < 5; field++) mix(startOf(field), endOf(field));
  high = ((high ^ (high >>> 16)) * 0x85ebca6b) ^ ((low ^ (low >>> 13)) * 0xc2b2ae35);
  low = ((low ^ (low >>> 16)) * 0x85ebca6b) ^ ((high ^ (high >>> 13)) * 0xc2b2ae35);
}

function mix(from: usize, to: usize): void {
  let one = high;
  let other = low;
  for (let at = from; at < to; at++) {
    const byte = <u32>load<u8>(at);
    one = (one ^ byte) * 0x9e3779b1;
    other = (other ^ byte) * 0x5f356495;
  }
  high = (one ^ 0xff) * 0x9e3779b1;
  low = (other ^ 0xff) * 0x5f356495;
}
