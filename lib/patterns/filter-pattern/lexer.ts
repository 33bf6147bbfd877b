import { FilterPatternError, type FilterPatternWarning } from "./filter-pattern-error";

/** Reads a pattern from left to right, and collects warnings. */
export class Lexer {
  readonly warnings: FilterPatternWarning[] = [];
  offset = 0;
  /** Regular expressions read so far. */
  regexes = 0;

  constructor(readonly text: string) {}

  isAtEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.offset);
  }

  /** Skips blanks and returns whether there were any. */
  skipBlanks(): boolean {
    return this.match(/[ \t\r\n]+/y) !== undefined;
  }

  /** Whether this text is at the current position. */
  sees(literal: string): boolean {
    return this.text.startsWith(literal, this.offset);
  }

  /** Skips this text if it is at the current position. */
  take(literal: string): boolean {
    if (!this.sees(literal)) return false;
    this.offset += literal.length;
    return true;
  }

  /** Skips what a sticky expression matches here, and returns it. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.offset;
    const found = expression.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  expect(literal: string): void {
    if (!this.take(literal)) this.fail(`expected '${literal}', got ${this.describeNext()}`);
  }

  describeNext(): string {
    return this.isAtEnd() ? "the end of the pattern" : `'${this.next}'`;
  }

  warn(message: string, offset = this.offset): void {
    this.warnings.push({ message, offset });
  }

  fail(message: string, offset = this.offset): never {
    throw new FilterPatternError(message, offset);
  }
}
