import { CUT_OFF, findList } from "./find-list";
import { cutOffText, foreignText } from "./foreign-text";
import { nextStart, NextStartSearch } from "./next-line";
import type { NotableText } from "./notable-text";
import { OpenLists, type OpenList } from "./open-lists";
import { endOfOpening, isClosingLine, lineHeadLength, LOOKAHEAD, opensJson, skipGap, elementAt } from "./part-start";
import { RecordError, RefusedPart } from "./record-error";
import { FIELD, RecordOutline } from "./record-outline";

/** CloudTrail's own limit is 1 MB; a longer object is not a record, and must not fill the memory. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;
/** How many bytes of a file that starts with something else are searched for records. */
const MAX_FOREIGN_BYTES = 1024 * 1024;

/** Why a file without any content is not read. */
export const EMPTY_FILE = "empty";

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
const LINE_FEED = 0x0a;
const EMPTY = Buffer.alloc(0);

/**
 * Splits a stream of JSON into objects that are records, or that wrap a few: `{"Records":[…]}` and other lists in an
 * object, lists, single objects, or several one after another, as in JSON lines; also lines of log exports. Nothing is
 * parsed, and at most one chunk and one object are held.
 */
export class RecordSplitter {
  /** The bytes that contain the outlined record. */
  bytes: Buffer = EMPTY;
  /** The position of the record that `next` found last. It is either plain, or must be unwrapped. */
  readonly outline: RecordOutline;
  private at = 0;
  private readonly lists = new OpenLists();
  private hasFound = false;
  private hasObject = false;
  private readonly search = new NextStartSearch();
  private isComplete = false;
  /** The bytes required before the next attempt, so that a long record is not scanned again for each chunk. */
  private wanted = 0;

  constructor(notable?: NotableText) {
    this.outline = new RecordOutline(notable);
  }

  /** Whether only blanks have arrived so far. */
  get isEmpty(): boolean {
    return !this.hasFound;
  }

  /** Takes more of the stream, after `next` has found everything in the previous bytes. */
  add(chunk: Buffer): void {
    const left = this.bytes.subarray(this.at);
    this.bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    this.at = 0;
  }

  /** Marks the end of the stream. */
  end(): void {
    this.isComplete = true;
  }

  /**
   * Moves to the next record; false when there is none, or none yet.
   *
   * @throws RefusedPart for a part that is not a record; the next call continues behind it
   * @throws RecordError for what makes the rest unreadable
   */
  next(): boolean {
    if (this.bytes.length - this.at < this.wanted && !this.isComplete) return false;
    this.wanted = 0;
    for (;;) {
      if (this.search.isOn && !this.isAtNextStart()) return false;
      if (!this.lists.isBehindList) this.at = skipGap(this.bytes, this.at);
      if (this.at === this.bytes.length) {
        if (this.isComplete && this.lists.isInside) throw endsInTheMiddle();
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

  /** Its position in jq's notation: the lists around it. Empty at the top level. */
  get path(): string {
    return this.lists.path;
  }

  /** Continues within the part that `next` found last, if it holds lines that may be records. */
  passBroken(): void {
    const start = nextStart(this.bytes, this.outline.start + 1);
    if (start < 0 || start >= this.at) return;
    this.at = start;
    this.lists.forget();
  }

  private step(): "on" | "record" | "wait" {
    if (this.lists.isBehindList) return this.passRest();
    const byte = this.bytes[this.at];
    const list = this.lists.innermost;
    if (byte === 0xef && list === undefined) return this.passMark();
    if (byte === 0x7b) return this.open(list);
    if (byte === 0x5b) return this.enter({}, this.at + 1);
    if (byte === 0x5d && list !== undefined) return this.leave();
    if (byte === 0x22 && (list !== undefined || this.hasFound || opensJson(this.bytes, this.at + 1))) {
      return this.outline.readText(this.bytes, this.at) ? this.found() : this.stop();
    }
    if (list === undefined) return this.passLineHead();
    return this.passScalar();
  }

  private passScalar(): "wait" {
    if (this.bytes.length - this.at < LOOKAHEAD && !this.isComplete) return "wait";
    const { text, isScalar } = elementAt(this.bytes, this.at);
    const reason = `not CloudTrail: a list must hold records, got '${text}'`;
    if (!isScalar) throw this.lost(reason);
    this.at += text.length;
    throw new RefusedPart(reason);
  }

  /** Takes an object: one that contains a list of records is entered, any other is returned to the caller. */
  private open(list: OpenList | undefined): "on" | "record" | "wait" {
    const { bytes, at } = this;
    if (list?.key === undefined) {
      if (bytes.length - at < LOOKAHEAD && !this.isComplete) return "wait";
      const inside = endOfOpening(bytes, at);
      if (inside !== undefined) return this.enter({ key: "Records" }, inside);
    }
    const isWhole = this.outline.read(bytes, at);
    if (isWhole && (this.outline.isPlain || this.outline.from(FIELD.time) >= 0)) return this.found();
    const place = findList(bytes, at + 1);
    if (typeof place === "object" && "list" in place) return this.enter(place, place.list);
    return isWhole ? this.found() : this.stop();
  }

  /** Handles a part without an end, or whose end has not arrived yet. */
  private stop(): "wait" {
    if (this.outline.isCutOff) throw this.lost(this.cutOff());
    return this.wait();
  }

  private found(): "record" {
    this.hasFound = true;
    this.hasObject = true;
    this.at = this.outline.end;
    return "record";
  }

  private enter(list: OpenList, at: number): "on" {
    this.lists.enter(list);
    this.hasFound = true;
    this.at = at;
    return "on";
  }

  private leave(): "on" {
    this.lists.leave();
    this.at += 1;
    return "on";
  }

  /** After a list in an object, another list may follow. */
  private passRest(): "on" | "wait" {
    const place = findList(this.bytes, this.at);
    if (place === undefined) return this.wait();
    if (place === CUT_OFF) throw this.lost(this.cutOff());
    this.lists.isBehindList = false;
    if ("list" in place) return this.enter(place, place.list);
    this.at = place.end;
    return "on";
  }

  /** Several files joined into one have several byte order marks. */
  private passMark(): "on" | "wait" {
    if (this.bytes.length - this.at < BYTE_ORDER_MARK.length && !this.isComplete) return "wait";
    if (this.bytes.indexOf(BYTE_ORDER_MARK, this.at) !== this.at) return this.passLineHead();
    this.at += BYTE_ORDER_MARK.length;
    return "on";
  }

  /** Takes the time before a message; other text outside of JSON is refused, line by line. */
  private passLineHead(): "on" | "wait" {
    if (this.bytes.length - this.at < LOOKAHEAD && !this.isComplete) return "wait";
    const head = lineHeadLength(this.bytes, this.at);
    this.at += head;
    if (head > 0) return "on";
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    const line = this.bytes.toString("utf8", this.at, end < 0 ? this.at + LOOKAHEAD : end);
    if (end < 0 && !this.isComplete && this.hasFound) return this.wait();
    if (this.lists.hasLeftLists && isClosingLine(line)) {
      this.at = end < 0 ? this.bytes.length : end;
      return "on";
    }
    throw this.lost(foreignText(line));
  }

  /** Skips the rest of an object, or of a line. */
  private wait(): "wait" {
    const length = this.bytes.length - this.at;
    if (this.isComplete) throw nextStart(this.bytes, this.at + 1) < 0 ? endsInTheMiddle() : this.lost(this.cutOff());
    if (length > MAX_RECORD_BYTES) throw this.lost("not CloudTrail: a record is longer than 16 MB");
    this.wanted = 2 * length;
    return "wait";
  }

  private cutOff(): string {
    return cutOffText(this.bytes.toString("utf8", this.at, this.at + LOOKAHEAD));
  }

  /** Refuses a part that is not a record and whose end is unknown: records may continue in another line. */
  private lost(reason: string): RefusedPart {
    this.hasFound = true;
    this.search.isOn = true;
    // After a list, another file may start at once.
    if (!this.lists.isBehindList) this.at += 1;
    this.lists.forget();
    return new RefusedPart(reason);
  }

  private isAtNextStart(): boolean {
    this.at = this.search.from(this.bytes, this.at, this.isComplete);
    if (!this.hasObject && this.search.passed > MAX_FOREIGN_BYTES) throw new RecordError("the rest is not read");
    return !this.search.isOn;
  }
}

function endsInTheMiddle(): RecordError {
  return new RecordError("not JSON: it ends in the middle");
}
