import type { JsonObject } from "../../lib/patterns/json/json-value";
import { EventKey } from "../records/event-key";
import { KeySet } from "./key-set";

/** Enough for hours of a busy organization, in 16 MB at most. CloudTrail repeats a delivery within minutes. */
const CAPACITY = 200_000;

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
    this.recent = new KeySet(capacity);
    this.older = new KeySet(0);
  }

  /** Whether the record, as it is or within EventBridge's envelope, has not been seen before. */
  isNew(event: JsonObject): boolean {
    return !this.key.ofRecord(event) || this.isNewKey(this.key.high, this.key.low);
  }

  /** The same for the key of an event. */
  isNewKey(high: number, low: number): boolean {
    if (this.recent.has(high, low) || this.older.has(high, low)) return false;
    if (this.recent.size >= this.capacity) {
      this.older = this.recent;
      this.recent = new KeySet(this.capacity);
    }
    this.recent.add(high, low);
    return true;
  }
}
