import { BesideRecords, BrokenPart, RecordError, RefusedPart } from "./record-error";
import type { RecordSplitter } from "./record-splitter";

/** A file with this many consecutive parts that are not records is a file of another kind. */
const MAX_REFUSED = 100;

/** The faults of a file, and whether any records were read. */
export class FileFaults {
  /** Records that were read, whatever their time. */
  records = 0;
  private refused = 0;
  private inRow = 0;
  private recordsBefore = 0;
  private first = "";
  private beside: string | undefined;

  /**
   * Notes a part that is not a record.
   *
   * @throws the error itself when the rest of the file cannot be read, or is not worth reading
   */
  note(thrown: unknown): void {
    const error = isStackOverflow(thrown) ? new RefusedPart("a record that nests too deep to be evaluated") : thrown;
    if (!(error instanceof RefusedPart)) throw error;
    if (error instanceof BesideRecords) {
      this.beside ??= error.message;
      return;
    }
    this.refused += 1;
    if (this.refused === 1) this.first = error.message;
    this.inRow = this.records === this.recordsBefore ? this.inRow + 1 : 1;
    this.recordsBefore = this.records;
    if (this.inRow >= MAX_REFUSED) throw new RecordError("the rest is not read");
  }

  /**
   * Why the file, or part of it, was not read; undefined when all of it was.
   *
   * @param end the error that ended it early
   */
  reason(end?: string): string | undefined {
    const { refused, first } = this;
    const others =
      refused > 1 ? ` (and ${refused - 1} more that ${refused === 2 ? "is no record" : "are no records"})` : "";
    const parts = [...(refused === 0 ? [] : [`${first}${others}`]), ...(end === undefined ? [] : [end])];
    if (parts.length === 0) return this.records === 0 ? this.beside : undefined;
    const read =
      this.records === 0 ? "" : `; ${this.records} ${this.records === 1 ? "record was" : "records were"} read`;
    return parts.join("; ") + read;
  }
}

function isStackOverflow(error: unknown): boolean {
  // Not by class: Node's errors may belong to another realm, as in Jest.
  return error instanceof Object && "message" in error && error.message === "Maximum call stack size exceeded";
}

/** Reads all parts of a splitter: a part that is not a record is noted, and reading continues. */
export function readParts(splitter: RecordSplitter, faults: FileFaults, read: () => void): void {
  for (let isOver = false; !isOver;) {
    try {
      // At most one call per record: this loop runs for millions.
      while (splitter.next()) read();
      isOver = true;
    } catch (error) {
      faults.note(error);
      if (error instanceof BrokenPart) splitter.passBroken();
    }
  }
}
