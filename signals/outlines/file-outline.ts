import { timeAt } from "../records/event-time";
import { FIELD, type OutlineField } from "../records/record-outline";

/** Bytes of an outline, as assembly/outline.ts writes it. */
export const OUTLINE_BYTES = 64;
const WORDS = OUTLINE_BYTES / 4;
const [START, END, FLAGS, HIGH, LOW, FIELDS, SECONDS] = [0, 1, 2, 3, 4, 5, 15];
const [IS_PLAIN, MAY_MEET, MAY_FIT, HAS_UNUSUAL_NUMBER] = [1, 2, 4, 8];

/** Memory in its two forms. */
export interface OutlineMemory {
  readonly words: Uint32Array;
  readonly bytes: Buffer;
}

/** The outlines of all records of a file, one at a time. It is valid until the next file is outlined. */
export class FileOutline {
  /** The memory with the file. */
  readonly bytes: Buffer;
  private readonly words: Uint32Array;
  private word: number;

  /** `address`: of the first outline. `shift`: how far the file is from where it was outlined. */
  constructor(
    { words, bytes }: OutlineMemory,
    private readonly address: number,
    readonly count: number,
    private readonly shift = 0,
  ) {
    this.bytes = bytes;
    this.words = words;
    this.word = address / 4;
  }

  /** The bytes that `copyTo` needs. */
  get size(): number {
    return this.count * OUTLINE_BYTES + 4 * Math.ceil((this.last - this.first) / 4);
  }

  /** Copies the outlines, and the records behind them, to an address that is a multiple of four. Returns the shift. */
  copyTo(target: Buffer, at: number): number {
    const { address, first, last } = this;
    const behind = at + this.count * OUTLINE_BYTES;
    this.bytes.copy(target, at, address, address + this.count * OUTLINE_BYTES);
    this.bytes.copy(target, behind, first, last);
    return behind - first;
  }

  private get first(): number {
    return this.moveTo(0).start;
  }

  private get last(): number {
    return this.moveTo(this.count - 1).end;
  }

  /** Moves to a record, by its number in the file. */
  moveTo(record: number): this {
    this.word = this.address / 4 + record * WORDS;
    return this;
  }

  get start(): number {
    return this.read(START) + this.shift;
  }

  /** The position after the record's last byte. */
  get end(): number {
    return this.read(END) + this.shift;
  }

  /** Whether the deciding fields and the hash are known. */
  get isPlain(): boolean {
    return (this.read(FLAGS) & IS_PLAIN) !== 0;
  }

  /** Whether the record may match a pattern, or must be parsed to know. */
  get mayMeet(): boolean {
    return (this.read(FLAGS) & MAY_MEET) !== 0;
  }

  /** Whether the record may match if its name has the form of one that may. */
  get mayFit(): boolean {
    return (this.read(FLAGS) & MAY_FIT) !== 0;
  }

  /** Whether it may hold a number that JavaScript would write differently. */
  get hasUnusualNumber(): boolean {
    return (this.read(FLAGS) & HAS_UNUSUAL_NUMBER) !== 0;
  }

  /** The time of a plain record, in milliseconds since 1970; NaN for text that is not a time. */
  get time(): number {
    const seconds = this.read(SECONDS);
    return seconds > 0 ? seconds * 1000 : timeAt(this.bytes, this.from(FIELD.time), this.to(FIELD.time));
  }

  /** The hash that identifies the event, as `EventKey` has it. */
  get high(): number {
    return this.read(HIGH) | 0;
  }

  get low(): number {
    return this.read(LOW) | 0;
  }

  from(field: OutlineField): number {
    return this.read(FIELDS + 2 * field) + this.shift;
  }

  to(field: OutlineField): number {
    return this.read(FIELDS + 2 * field + 1) + this.shift;
  }

  private read(word: number): number {
    return this.words[this.word + word] ?? 0;
  }
}
