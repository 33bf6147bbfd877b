/** Longer texts add no information. */
const MAX_LENGTH = 300;

/** Numbers each text, so that it is embedded once. */
export class TextTable {
  private readonly numbers = new Map<string, number>();

  /** -1 for no text. */
  numberOf(text: string | undefined): number {
    if (text === undefined) return -1;
    const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
    const known = this.numbers.get(short) ?? this.numbers.size;
    this.numbers.set(short, known);
    return known;
  }

  get texts(): readonly string[] {
    return [...this.numbers.keys()];
  }
}
