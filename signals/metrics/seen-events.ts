import { isObject, type JsonObject } from "../json/json-value";

/** Enough for hours of a busy organization, at some 50 MB. CloudTrail repeats a delivery within minutes. */
const CAPACITY = 200_000;

/**
 * Tells CloudTrail's duplicate deliveries. It promises each event at least once; a repeated one has the same
 * `eventID` in the same account and region, while the same id in two accounts is one call that both have to see.
 *
 * Remembers at least the last `capacity` events and forgets older ones, so that memory stays flat.
 */
export class SeenEvents {
  private recent = new Set<string>();
  private older = new Set<string>();

  constructor(private readonly capacity = CAPACITY) {}

  /** Whether the record, as it is or within EventBridge's envelope, is here for the first time. */
  isNew(event: JsonObject): boolean {
    const key = keyOf(event);
    if (key === undefined) return true;
    if (this.recent.has(key) || this.older.has(key)) return false;
    if (this.recent.size >= this.capacity) {
      this.older = this.recent;
      this.recent = new Set();
    }
    this.recent.add(key);
    return true;
  }
}

function keyOf(event: JsonObject): string | undefined {
  const record = recordOf(event);
  const { eventID, recipientAccountId, awsRegion } = record;
  if (typeof eventID !== "string") return undefined;
  return JSON.stringify([eventID, recipientAccountId, awsRegion]);
}

function recordOf(event: JsonObject): JsonObject {
  const detail = Object.hasOwn(event, "detail") ? event["detail"] : undefined;
  return detail !== undefined && isObject(detail) && !Object.hasOwn(event, "eventID") ? detail : event;
}
