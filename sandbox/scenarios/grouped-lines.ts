/** A line of the narration without its number of repeats. */
export interface NarratedLine {
  /** What stands before the number: time, hop and account. */
  readonly start: string;
  /** What happened. */
  readonly summary: string;
  /** What equal lines share. */
  readonly key: string;
}

/** How long a line waits for others like it, in milliseconds. */
const GATHERING = 400;

/** Prints lines that repeat within a moment once, with their number: `5 × GetSecretValue is recorded`. */
export class GroupedLines {
  private readonly waiting = new Map<string, { readonly line: NarratedLine; count: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly print: (line: string) => void) {}

  public add(line: NarratedLine): void {
    const group = this.waiting.get(line.key) ?? { line, count: 0 };
    group.count += 1;
    this.waiting.set(line.key, group);
    this.timer ??= setTimeout(() => {
      this.flush();
    }, GATHERING);
  }

  /** Prints what waits, in the order of each group's first line. */
  public flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const groups = [...this.waiting.values()];
    this.waiting.clear();
    for (const { line, count } of groups) {
      this.print(`${line.start}${count === 1 ? "" : `${count} × `}${line.summary}`);
    }
  }
}
