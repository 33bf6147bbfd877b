/** A word of a message: its text without delimiters, and its start. */
export interface Word {
  readonly text: string;
  readonly start: number;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "[": "]" };

/**
 * Splits a message at runs of blanks and tabs. `[…]` and `"…"` at the start of a word are one word; they close only
 * before a blank or the end, and a delimiter that is never closed is ordinary text.
 */
export function splitWords(message: string): readonly Word[] {
  const closers = { '"': new Closer(message, '"'), "]": new Closer(message, "]") };
  const words: Word[] = [];
  for (let at = skipBlanks(message, 0); at < message.length;) {
    const closing = CLOSING[message.charAt(at)];
    const close = closing === '"' || closing === "]" ? closers[closing].after(at) : -1;
    const end = close < 0 ? endOfWord(message, at) : close + 1;
    words.push({ text: close < 0 ? message.slice(at, end) : message.slice(at + 1, close), start: at });
    at = skipBlanks(message, end);
  }
  return words;
}

/** Finds a closing delimiter. It only ever looks forward, so that a message is read once. */
class Closer {
  private found = 0;

  constructor(
    private readonly message: string,
    private readonly delimiter: string,
  ) {}

  /** The first closing delimiter behind a place; -1 when there is none. */
  after(start: number): number {
    while (this.found >= 0 && (this.found <= start || !isBreak(this.message, this.found + 1))) {
      this.found = this.message.indexOf(this.delimiter, Math.max(this.found, start) + 1);
    }
    return this.found;
  }
}

function isBlank(message: string, at: number): boolean {
  const character = message.charAt(at);
  return character === " " || character === "\t";
}

function isBreak(message: string, at: number): boolean {
  return at >= message.length || isBlank(message, at);
}

function skipBlanks(message: string, from: number): number {
  let at = from;
  while (isBlank(message, at)) at += 1;
  return at;
}

function endOfWord(message: string, from: number): number {
  let at = from;
  while (!isBreak(message, at)) at += 1;
  return at;
}
