import { printableLine } from "../lib/support/printable";

/** The output of a display task, like listr2's: after a task has ended, it must not be written to. */
interface Display {
  output: string;
}

/**
 * Messages from work in progress, for whichever display task shows it at the time. The work may outlive each of these
 * tasks: listr2 fails on output of a task that has ended, so nothing is written to one afterwards.
 */
export class TaskOutput {
  private latest: string | undefined;
  private display: Display | undefined;

  /** Takes a line of the work. */
  public readonly report = (message: string): void => {
    this.latest = printableLine(message);
    if (this.display !== undefined) this.display.output = this.latest;
  };

  /** Stops showing lines. */
  public end(): void {
    this.display = undefined;
  }

  /** Shows reported lines, starting with the latest one, on a task that ends when `until` does. */
  public async showOn(display: Display, until: Promise<unknown>): Promise<void> {
    this.display = display;
    if (this.latest !== undefined) display.output = this.latest;
    try {
      await until;
    } finally {
      if (this.display === display) this.display = undefined;
    }
  }
}
