import { printableLine } from "../lib/support/printable";

/** Takes the output of a display's task, as listr2's do: one that has ended must not be written to. */
interface Display {
  output: string;
}

/**
 * Messages from work in progress, for whichever display task shows it at the time. The work may outlive each of these
 * tasks: listr2 fails on output of a task that has ended, so nothing is written to one afterwards.
 */
export class Announcements {
  private latest: string | undefined;
  private display: Display | undefined;

  /** Takes a line of the work. */
  public readonly report = (message: string): void => {
    this.latest = printableLine(message);
    if (this.display !== undefined) this.display.output = this.latest;
  };

  /** Nothing is shown any more. */
  public end(): void {
    this.display = undefined;
  }

  /** Shows what is reported, beginning with what was reported last, on a task that ends when `until` does. */
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
