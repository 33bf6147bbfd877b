import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** Marks the start and the end of a log, for clients that read it while it grows (ASCII STX, ETX). */
const [START, END] = ["\x02", "\x03"];

/** The log of a plan or an apply. */
export class PhaseLog {
  constructor(
    private readonly path: string,
    heading: string,
  ) {
    if (!existsSync(path)) this.write(`${START}${heading}\n`);
  }

  public write(text: string | Buffer): void {
    appendFileSync(this.path, text, { mode: 0o600 });
  }

  public end(): void {
    this.write(END);
  }

  public get text(): string {
    return readFileSync(this.path, "utf8");
  }
}
