/** A literal that a string may contain. `starts` and `ends` anchor it; both mean the whole string. */
export interface TextPiece {
  readonly text: string;
  /** The string starts with it. */
  readonly starts: boolean;
  /** The string ends with it. */
  readonly ends: boolean;
}

interface Literal {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * Searches strings for many literals at once. A string is tested by one look-up of its first byte and one of its last,
 * so that the number of literals hardly affects the time.
 */
export class NotableText {
  private readonly byFirst: (Literal[] | undefined)[] = Array.from({ length: 256 }, () => undefined);
  private readonly byLast: (Literal[] | undefined)[] = Array.from({ length: 256 }, () => undefined);

  /** @throws RangeError for a piece that is empty, or that is not anchored at an end of its string */
  constructor(pieces: readonly TextPiece[]) {
    const known = new Set<string>();
    for (const { text, starts, ends } of pieces) {
      const bytes = Buffer.from(text);
      const key = `${String(starts)} ${String(ends)} ${text}`;
      const table = starts ? this.byFirst : this.byLast;
      const first = starts ? bytes[0] : bytes.at(-1);
      if (first === undefined || !(starts || ends)) throw new RangeError(`'${text}' stands at no end of a string`);
      if (known.has(key)) continue;
      known.add(key);
      (table[first] ??= []).push({ bytes, isWhole: starts && ends });
    }
  }

  /** Whether the string between these positions may contain one of the literals; escapes are not decoded. */
  mayBe(bytes: Buffer, from: number, to: number): boolean {
    if (from === to) return false;
    const starting = this.byFirst[bytes[from] ?? 0];
    if (starting !== undefined && isAnyAt(starting, bytes, { from, to, atEnd: false })) return true;
    const ending = this.byLast[bytes[to - 1] ?? 0];
    return ending !== undefined && isAnyAt(ending, bytes, { from, to, atEnd: true });
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
  /** Whether the literal is at the end of the string, or at its start. */
  readonly atEnd: boolean;
}

/** This runs for millions of strings: plain loops are several times as fast as a function call per element. */
function isAnyAt(literals: readonly Literal[], bytes: Buffer, { from, to, atEnd }: Place): boolean {
  const length = to - from;
  for (const { bytes: text, isWhole } of literals) {
    if (isWhole ? length !== text.length : length < text.length) continue;
    const start = atEnd ? to - text.length : from;
    let index = 0;
    while (index < text.length && bytes[start + index] === text[index]) index += 1;
    if (index === text.length) return true;
  }
  return false;
}
