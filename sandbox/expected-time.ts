import { join } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";

const FILE = "deployment-seconds.json";
/** 52 seconds of that are waits of the provider, whatever the machine: for a queue, then for its policy. */
const UNKNOWN = "1 to 3 minutes";

/** Remembers how long deployments took on this machine, in a folder that outlives the sandbox. */
export class ExpectedTime {
  private readonly file: string;

  /** @param deployment - options of the start that decide how long it takes */
  constructor(
    private readonly folder: string,
    private readonly deployment: readonly (string | undefined)[],
  ) {
    this.file = join(folder, FILE);
  }

  /** For people, before a deployment. */
  public text(): string {
    const seconds = this.known()[this.key()];
    return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0
      ? `Everything is deployed in about ${Math.round(seconds)} s, as the last time.`
      : `Everything is deployed in ${UNKNOWN}; the next start prints what this one took.`;
  }

  /** Keeps what a deployment took. */
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
