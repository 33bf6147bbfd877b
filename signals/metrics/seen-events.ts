import type { JsonObject } from "../../lib/patterns/json/json-value";
import { EventKey } from "../records/event-key";

/**
 * Enough for hours of a busy organization, in 4 MB: as many as a set holds before it grows further. CloudTrail repeats a
 * delivery within minutes.
 */
const CAPACITY = 196_000;

/**
 * Detects CloudTrail's duplicate deliveries. CloudTrail delivers each event at least once. A repeated event has the
 * same `eventID` in the same account and region, while the same id in two accounts is one call that both must see.
 *
 * Remembers at least the last `capacity` events and forgets older ones, so that memory stays flat.
 */
export class SeenEvents {
  private recent: KeySet;
  private older: KeySet;
  private readonly key = new EventKey();

  constructor(private readonly capacity = CAPACITY) {
    this.recent = new KeySet();
    this.older = new KeySet();
  }

  /** Whether the record, as it is or within EventBridge's envelope, has not been seen before. */
  isNew(event: JsonObject): boolean {
    return !this.key.ofRecord(event) || this.isNewKey(this.key.high, this.key.low);
  }

  /** The same for the key of an event. */
  isNewKey(high: number, low: number): boolean {
    if (this.recent.has(high, low) || this.older.has(high, low)) return false;
    if (this.recent.size >= this.capacity) {
      [this.older, this.recent] = [this.recent, this.older];
      this.recent.clear();
    }
    this.recent.add(high, low);
    return true;
  }
}

/** Places of a set that is empty. */
const FIRST_PLACES = 1024;

/** A set of 64-bit keys, given as two words, in a fraction of the memory of a `Set`. */
export class KeySet {
  size = 0;
  private words = new Int32Array(2 * FIRST_PLACES);
  private mask = FIRST_PLACES - 1;

  has(high: number, low: number): boolean {
    return this.isTaken(this.placeOf(high, low));
  }

  add(high: number, low: number): void {
    const place = this.placeOf(high, low);
    if (this.isTaken(place)) return;
    this.words[place] = high;
    this.words[place + 1] = marked(high, low);
    this.size += 1;
    // At most three quarters full, so that a free slot is never far away.
    if (4 * this.size > 3 * this.mask) this.grow();
  }

  /** Empties the set, which keeps its memory. */
  clear(): void {
    this.words.fill(0);
    this.size = 0;
  }

  private grow(): void {
    const { words } = this;
    this.words = new Int32Array(2 * words.length);
    this.mask = this.words.length / 2 - 1;
    for (let from = 0; from < words.length; from += 2) {
      const high = words[from] ?? 0;
      const low = words[from + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const place = this.placeOf(high, low);
      this.words[place] = high;
      this.words[place + 1] = low;
    }
  }

  private isTaken(place: number): boolean {
    return this.words[place] !== 0 || this.words[place + 1] !== 0;
  }

  /** The slot of the key, or the free slot for it. */
  private placeOf(high: number, low: number): number {
    let place = 2 * (high & this.mask);
    while (this.isTaken(place) && (this.words[place] !== high || this.words[place + 1] !== marked(high, low))) {
      place = (place + 2) & (2 * this.mask + 1);
    }
    return place;
  }
}

/** Two zeros mark a free slot. */
function marked(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
