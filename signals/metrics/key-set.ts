/** A set of 64-bit keys, given as two words, in a fraction of the memory of a `Set`. Its capacity is fixed. */
export class KeySet {
  size = 0;
  private readonly words: Int32Array;
  private readonly mask: number;

  constructor(capacity: number) {
    // At most half full, so that a free slot is never far away.
    const places = 2 ** Math.ceil(Math.log2(2 * Math.max(1, capacity)));
    this.words = new Int32Array(2 * places);
    this.mask = places - 1;
  }

  has(high: number, low: number): boolean {
    return this.isTaken(this.placeOf(high, low));
  }

  add(high: number, low: number): void {
    const place = this.placeOf(high, low);
    if (this.isTaken(place)) return;
    this.words[place] = high;
    this.words[place + 1] = marked(high, low);
    this.size += 1;
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
