import { CUT_OFF, findList } from "./find-list";
import { cutOffText, foreignText } from "./foreign-text";
import { nextStart, NextStartSearch } from "./next-line";
import type { NotableText } from "./notable-text";
import { RecordError, RefusedPart } from "./record-error";
import { FIELD, RecordOutline, skipBlanks } from "./record-outline";

/** CloudTrail's own limit is 1 MB; a longer object is not a record, and must not fill the memory. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;
/** Nesting limit of lists; no file of records has as many levels. */
const MAX_LISTS = 64;

/** How many bytes of a file that starts with something else are searched for records. */
const MAX_FOREIGN_BYTES = 1024 * 1024;

/** Why a file without any content is not read. */
export const EMPTY_FILE = "empty";

const RECORDS = Buffer.from('"Records"');
/** Enough bytes to distinguish `{"Records":[` from anything else, blanks included. */
const LOOKAHEAD = 256;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
const LINE_FEED = 0x0a;
const EMPTY = Buffer.alloc(0);
/** What log exports and `aws logs tail` write before a message: its time, and possibly its stream. */
const LINE_HEAD =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?[ \t]+(?:(?!\d{4}-\d\d-)[^\s{}[\]",]+[ \t]+)?(?=[{["])/;
const SCALAR = /^(?:null|true|false|-?\d[\d.eE+-]*)$/;
/** The end of a list whose records were read line by line because one of them was cut off. */
const CLOSING = /^[\]}][\]}\s,]*$/;

/** An open list: the value of an object's key, or a list at the top level. */
interface OpenList {
  readonly key?: string;
}

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
  private readonly lists: OpenList[] = [];
  /** Whether a list has ended and its object has not. */
  private isBehindList = false;
  private hasFound = false;
  private hasObject = false;
  private readonly search = new NextStartSearch();
  /** Whether any list was left before its end. */
  private hasLeftLists = false;
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
      if (!this.isBehindList) this.at = skipGap(this.bytes, this.at);
      if (this.at === this.bytes.length) {
        if (this.isComplete && (this.lists.length > 0 || this.isBehindList)) throw endsInTheMiddle();
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
    return this.lists.map(({ key }) => `${key === undefined ? "" : `.${key}`}[]`).join("");
  }

  /** Continues within the part that `next` found last, if it holds lines that may be records. */
  passBroken(): void {
    const start = nextStart(this.bytes, this.outline.start + 1);
    if (start < 0 || start >= this.at) return;
    this.at = start;
    this.forgetLists();
  }

  private step(): "on" | "record" | "wait" {
    if (this.isBehindList) return this.passRest();
    const byte = this.bytes[this.at];
    const list = this.lists.at(-1);
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
    const value = this.bytes.toString("utf8", this.at, this.at + 40).split(/[,\]}\s]/, 1)[0] ?? "";
    const reason = `not CloudTrail: a list must hold records, got '${value}'`;
    if (!SCALAR.test(value)) throw this.lost(reason);
    this.at += value.length;
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
    if (this.lists.push(list) > MAX_LISTS)
      throw new RecordError("not CloudTrail: more lists in lists than records have");
    this.hasFound = true;
    this.at = at;
    return "on";
  }

  private leave(): "on" {
    this.isBehindList = this.lists.pop()?.key !== undefined;
    this.at += 1;
    return "on";
  }

  /** After a list in an object, another list may follow. */
  private passRest(): "on" | "wait" {
    const place = findList(this.bytes, this.at);
    if (place === undefined) return this.wait();
    if (place === CUT_OFF) throw this.lost(this.cutOff());
    this.isBehindList = false;
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
    const start = this.bytes.toString("latin1", this.at, this.at + LOOKAHEAD);
    const [head] = LINE_HEAD.exec(start) ?? [];
    if (head !== undefined) {
      this.at += head.length;
      return "on";
    }
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    const line = this.bytes.toString("utf8", this.at, end < 0 ? this.at + LOOKAHEAD : end);
    if (end < 0 && !this.isComplete && this.hasFound) return this.wait();
    if (this.hasLeftLists && CLOSING.test(line)) {
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
    if (!this.isBehindList) this.at += 1;
    this.forgetLists();
    return new RefusedPart(reason);
  }

  /** A line that begins with a record is not part of a list from an earlier line. */
  private forgetLists(): void {
    this.hasLeftLists ||= this.lists.length > 0 || this.isBehindList;
    this.isBehindList = false;
    this.lists.length = 0;
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

/** Whether a text contains JSON, like the texts of `--query 'Events[].CloudTrailEvent'`. */
function opensJson(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}

/** Skips blanks and commas. */
function skipGap(bytes: Buffer, from: number): number {
  let at = skipBlanks(bytes, from);
  while (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1);
  return at;
}

/** The position after `{"Records":[`; undefined when there is something else. */
function endOfOpening(bytes: Buffer, brace: number): number | undefined {
  const key = skipBlanks(bytes, brace + 1);
  if (bytes.compare(RECORDS, 0, RECORDS.length, key, Math.min(key + RECORDS.length, bytes.length)) !== 0)
    return undefined;
  const colon = skipBlanks(bytes, key + RECORDS.length);
  const list = skipBlanks(bytes, colon + 1);
  return bytes[colon] === 0x3a && bytes[list] === 0x5b ? list + 1 : undefined;
}
