import { isObject, type JsonObject, type JsonValue } from "../../lib/patterns/json/json-value";
import { FIELD, type RecordOutline } from "./record-outline";

/**
 * 64 bits that identify an event: a hash of its `eventID`, account and region. Among a billion events, the probability
 * that `SeenEvents` confuses two of them is below one in ten thousand.
 */
export class EventKey {
  high = 0;
  low = 0;

  /** Sets the key to that of an outlined record. */
  ofOutline(bytes: Buffer, outline: RecordOutline): void {
    this.start();
    this.mix(bytes, outline.from(FIELD.id), outline.to(FIELD.id));
    this.mix(bytes, outline.from(FIELD.account), outline.to(FIELD.account));
    this.mix(bytes, outline.from(FIELD.region), outline.to(FIELD.region));
    this.finish();
  }

  /** The same for a parsed record, as it is or within EventBridge's envelope; false when it has no id. */
  ofRecord(event: JsonObject): boolean {
    const { eventID, recipientAccountId, awsRegion } = recordOf(event);
    if (typeof eventID !== "string") return false;
    this.start();
    for (const value of [eventID, recipientAccountId, awsRegion]) {
      const bytes = Buffer.from(textOf(value));
      this.mix(bytes, 0, bytes.length);
    }
    this.finish();
    return true;
  }

  private start(): void {
    this.high = 0x9e3779b9 | 0;
    this.low = 0x243f6a88;
  }

  private mix(bytes: Buffer, from: number, to: number): void {
    let { high, low } = this;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      high = Math.imul(high ^ byte, 0x9e3779b1);
      low = Math.imul(low ^ byte, 0x5f356495);
    }
    // Separates the fields: no byte of UTF-8 is 0xff.
    this.high = Math.imul(high ^ 0xff, 0x9e3779b1);
    this.low = Math.imul(low ^ 0xff, 0x5f356495);
  }

  /** Spreads every bit over both words (the last step of cyrb53, a public-domain hash). */
  private finish(): void {
    let { high, low } = this;
    high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
    this.high = high;
    this.low = low;
  }
}

function recordOf(event: JsonObject): JsonObject {
  const detail = Object.hasOwn(event, "detail") ? event["detail"] : undefined;
  return detail !== undefined && isObject(detail) && !Object.hasOwn(event, "eventID") ? detail : event;
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}
