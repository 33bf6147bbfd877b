/** Longer texts add no information. */
const MAX_LENGTH = 300;

/** Numbers each text, so that it is embedded once. */
export class TextTable {
  private readonly numbers = new Map<string, number>();
  private size = 0;

  /** -1 for no text. */
  numberOf(text: string | undefined): number {
    if (text === undefined) return -1;
    const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
    const known = this.numbers.get(short);
    if (known !== undefined) return known;
    this.size += Buffer.byteLength(short);
    this.numbers.set(short, this.numbers.size);
    return this.numbers.size - 1;
  }

  /** Size of all texts in bytes. */
  get bytes(): number {
    return this.size;
  }

  get texts(): readonly string[] {
    return [...this.numbers.keys()];
  }
}
