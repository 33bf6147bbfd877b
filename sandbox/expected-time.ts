import { join } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";

const FILE = "deployment-seconds.json";
/** Of a first start, on a fast and a slow machine. The provider waits 26 seconds for a queue, whatever the machine. */
const UNKNOWN = "1 to 3 minutes";

/** Remembers how long starts took on this machine until they could be used, in a folder that outlives the sandbox. */
export class ExpectedTime {
  private readonly file: string;

  /**
   * @param deployment options of the start that decide how long that takes
   * @param unknown what to print before the first of these starts. @default "1 to 3 minutes"
   */
  constructor(
    private readonly folder: string,
    private readonly deployment: readonly (string | undefined)[],
    private readonly unknown = UNKNOWN,
  ) {
    this.file = join(folder, FILE);
  }

  /** For people, at the start. */
  public text(): string {
    const seconds = this.known()[this.key()];
    return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0
      ? `Ready to use in about ${Math.round(seconds)} s, as the last time.`
      : `Ready to use in ${this.unknown}; the next start prints what this one took.`;
  }

  /** Keeps what a start took. */
  public remember(seconds: number): void {
    makeFolder(this.folder);
    writeFile(this.file, `${JSON.stringify({ ...this.known(), [this.key()]: Math.round(seconds) })}\n`);
  }

  private key(): string {
    return JSON.stringify(this.deployment);
  }

  /** A missing or damaged file says nothing. */
  private known(): Readonly<Record<string, unknown>> {
    try {
      const value: unknown = JSON.parse(readRegularFile(this.file));
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Readonly<Record<string, unknown>>)
        : {};
    } catch {
      return {};
    }
  }
}
