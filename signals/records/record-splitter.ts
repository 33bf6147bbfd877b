/** A file, or a part of one, that holds no CloudTrail records. The message is the reason, for people. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

/** CloudTrail's own limit is 1 MB; a longer object is something else, and must not fill the memory. */
const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

const RECORDS = /\{\s*"Records"\s*:\s*\[/y;
/** Enough text to tell `{"Records":[` from anything else, blanks included. */
const LOOKAHEAD = 256;

/** What ends a run of text outside strings, and what ends one within. */
const OUTSIDE = /["{}[\]]/g;
const WITHIN = /["\\]/g;

/**
 * Cuts a stream of JSON into the texts of its records: `{"Records":[…]}`, a list, one record, or several one after
 * another, as in JSON lines. Nothing is parsed, so that numbers keep how they were written, and no more than one
 * record is held.
 */
export class RecordSplitter {
  /** Text from the start of the unfinished record, or else what has not been scanned. */
  private text = "";
  private at = 0;
  private depth = 0;
  /** The depth at which records stand: 2 within `Records`, 1 within a list, 0 outside of both. */
  private base = 0;
  private start: number | undefined;
  private inString = false;
  private isFirst = true;

  /** The records that end in this chunk. */
  write(chunk: string): string[] {
    this.text += this.isFirst ? chunk.replace(/^\uFEFF/, "") : chunk;
    this.isFirst = false;
    return this.scan(false);
  }

  /** @throws RecordError when the text ends within a record */
  end(): string[] {
    const records = this.scan(true);
    if (this.depth > 0) throw new RecordError("not JSON: it ends in the middle");
    return records;
  }

  private scan(isLast: boolean): string[] {
    const records: string[] = [];
    for (;;) {
      const next = this.find(this.inString ? WITHIN : OUTSIDE);
      if (next === undefined) break;
      if (this.inString) {
        if (next === "\\") this.at += 1;
        else this.inString = false;
        continue;
      }
      if (next === "{" && this.depth === 0 && !isLast && this.text.length - this.at < LOOKAHEAD) {
        this.at -= 1;
        break;
      }
      const record = this.step(next);
      if (record !== undefined) records.push(record);
    }
    this.forget();
    return records;
  }

  /** Steps behind the next character of a kind; what lies between records must be blanks and commas. */
  private find(kind: RegExp): string | undefined {
    kind.lastIndex = this.at;
    const found = kind.exec(this.text);
    const end = found?.index ?? this.text.length;
    if (this.start === undefined && this.depth === this.base) this.checkGap(this.at, end);
    this.at = Math.max(this.at, found === null ? end : end + 1);
    return found?.[0];
  }

  private step(character: string): string | undefined {
    switch (character) {
      case '"':
        if (this.depth === 0) throw new RecordError("not JSON");
        this.inString = true;
        return undefined;
      case "{":
        if (this.depth === 0 && this.enterRecords()) return undefined;
        if (this.depth === this.base) this.start = this.at - 1;
        this.depth += 1;
        return undefined;
      case "[":
        if (this.depth === 0) this.base = 1;
        this.depth += 1;
        return undefined;
      default:
        return this.close();
    }
  }

  private enterRecords(): boolean {
    RECORDS.lastIndex = this.at - 1;
    if (!RECORDS.test(this.text)) return false;
    this.at = RECORDS.lastIndex;
    this.depth = 2;
    this.base = 2;
    return true;
  }

  private close(): string | undefined {
    this.depth -= 1;
    if (this.depth < 0) throw new RecordError("not JSON");
    if (this.depth === this.base && this.start !== undefined) {
      const record = this.text.slice(this.start, this.at);
      this.start = undefined;
      return record;
    }
    if (this.depth === 0) this.base = 0;
    return undefined;
  }

  private checkGap(from: number, to: number): void {
    if (/[^\s,]/.test(this.text.slice(from, to))) {
      throw new RecordError(this.depth === 0 ? "not JSON" : "not CloudTrail: a list must hold records");
    }
  }

  /** Drops what is done with. */
  private forget(): void {
    const from = this.start ?? Math.min(this.at, this.text.length);
    this.text = this.text.slice(from);
    this.at -= from;
    if (this.start !== undefined) this.start = 0;
    if (this.text.length > MAX_RECORD_LENGTH) throw new RecordError("not CloudTrail: a record is longer than 16 MB");
  }
}
