import type { NotableText } from "./notable-text";
import { RecordOutline, skipBlanks } from "./record-outline";

/** A file, or a part of one, that holds no CloudTrail records. The message is the reason, for people. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

/** CloudTrail's own limit is 1 MB; a longer object is something else, and must not fill the memory. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

const RECORDS = Buffer.from('"Records"');
/** Enough bytes to tell `{"Records":[` from anything else, blanks included. */
const LOOKAHEAD = 256;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
const EMPTY = Buffer.alloc(0);

/** What encloses the records: nothing, a list, an object with a list, or what follows the list in that object. */
type Place = "outside" | "list" | "records" | "rest";

/**
 * Cuts a stream of JSON into its records: `{"Records":[…]}`, a list, one record, or several one after another, as in
 * JSON lines. Nothing is parsed, and no more than a chunk and one record is held.
 */
export class RecordSplitter {
  /** Holds the record of the outline. */
  bytes: Buffer = EMPTY;
  /** Where the record stands that `next` found last. */
  readonly outline: RecordOutline;
  private at = 0;
  private place: Place = "outside";
  private isFirst = true;
  private isComplete = false;
  /** So many bytes must be there before another try is worth it, so that a long record is not walked for each chunk. */
  private wanted = 0;

  constructor(notable?: NotableText) {
    this.outline = new RecordOutline(notable);
  }

  /** Takes more of the stream, once `next` has found all there was. */
  add(chunk: Buffer): void {
    const left = this.bytes.subarray(this.at);
    this.bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    this.at = 0;
  }

  /** Nothing more will come. */
  end(): void {
    this.isComplete = true;
  }

  /**
   * Goes to the next record; false when there is none, or none yet.
   *
   * @throws RecordError for what is no record
   */
  next(): boolean {
    if (this.bytes.length - this.at < this.wanted && !this.isComplete) return false;
    this.wanted = 0;
    if (this.isFirst && !this.start()) return false;
    for (;;) {
      if (this.place !== "rest") this.at = skipGap(this.bytes, this.at);
      if (this.at === this.bytes.length) {
        if (this.isComplete && this.place !== "outside") throw new RecordError("not JSON: it ends in the middle");
        return false;
      }
      const step = this.step();
      if (step !== "on") return step === "record";
    }
  }

  /** The record that `next` found last. */
  text(): string {
    return this.bytes.toString("utf8", this.outline.start, this.outline.end);
  }

  /** Steps over a mark of the encoding. */
  private start(): boolean {
    if (this.bytes.length < BYTE_ORDER_MARK.length && !this.isComplete) return false;
    if (this.bytes.indexOf(BYTE_ORDER_MARK) === 0) this.at = BYTE_ORDER_MARK.length;
    this.isFirst = false;
    return true;
  }

  private step(): "on" | "record" | "wait" {
    if (this.place === "rest") return this.walk() ? this.goOn("outside", this.outline.end) : "wait";
    const byte = this.bytes[this.at];
    if (byte === 0x7b) return this.open();
    if (byte === 0x5b && this.place === "outside") return this.goOn("list", this.at + 1);
    if (byte === 0x5d && this.place === "list") return this.goOn("outside", this.at + 1);
    if (byte === 0x5d && this.place === "records") return this.goOn("rest", this.at);
    throw new RecordError(this.place === "outside" ? "not JSON" : "not CloudTrail: a list must hold records");
  }

  private open(): "on" | "record" | "wait" {
    if (this.place === "outside") {
      if (this.bytes.length - this.at < LOOKAHEAD && !this.isComplete) return "wait";
      const list = endOfOpening(this.bytes, this.at);
      if (list !== undefined) return this.goOn("records", list);
    }
    if (!this.walk()) return "wait";
    this.at = this.outline.end;
    return "record";
  }

  private goOn(place: Place, at: number): "on" {
    this.place = place;
    this.at = at;
    return "on";
  }

  /** Walks to the end of an object, or of what is left of one. */
  private walk(): boolean {
    if (this.outline.read(this.bytes, this.at)) return true;
    const length = this.bytes.length - this.at;
    if (this.isComplete) throw new RecordError("not JSON: it ends in the middle");
    if (length > MAX_RECORD_BYTES) throw new RecordError("not CloudTrail: a record is longer than 16 MB");
    this.wanted = 2 * length;
    return false;
  }
}

/** Steps over blanks and commas. */
function skipGap(bytes: Buffer, from: number): number {
  let at = skipBlanks(bytes, from);
  while (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1);
  return at;
}

/** Behind `{"Records":[`; undefined when something else stands here. */
function endOfOpening(bytes: Buffer, brace: number): number | undefined {
  const key = skipBlanks(bytes, brace + 1);
  if (bytes.compare(RECORDS, 0, RECORDS.length, key, Math.min(key + RECORDS.length, bytes.length)) !== 0)
    return undefined;
  const colon = skipBlanks(bytes, key + RECORDS.length);
  const list = skipBlanks(bytes, colon + 1);
  return bytes[colon] === 0x3a && bytes[list] === 0x5b ? list + 1 : undefined;
}
