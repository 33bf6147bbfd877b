import { printableJson } from "../lib/support/printable";

/** Longer texts add no information. */
const MAX_LENGTH = 300;

/** The beginning of a long text. */
export function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Numbers each text, so that it is embedded once. */
export class TextTable {
  private readonly numbers = new Map<string, number>();
  private size = 0;

  /** -1 for no text. */
  numberOf(text: string | undefined): number {
    if (text === undefined) return -1;
    const short = shortened(text);
    const known = this.numbers.get(short);
    if (known !== undefined) return known;
    this.size += bytesOf(short);
    this.numbers.set(short, this.numbers.size);
    return this.numbers.size - 1;
  }

  get count(): number {
    return this.numbers.size;
  }

  /** Forgets all but the first. */
  cutTo(count: number): void {
    for (const text of this.texts.slice(count)) {
      this.numbers.delete(text);
      this.size -= bytesOf(text);
    }
  }

  /** Size of all texts in bytes, as they are embedded. */
  get bytes(): number {
    return this.size;
  }

  get texts(): readonly string[] {
    return [...this.numbers.keys()];
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(printableJson(text)) + 1;
}
