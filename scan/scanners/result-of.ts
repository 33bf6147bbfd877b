import type { ProgramEnd } from "../../lib/support/run-program";

const LINES = 8;

/** What a scanner printed, parsed as JSON. Its exit code does not matter: scanners exit with 1 when a check fails. */
export function resultOf(scanner: string, { ending, stdout, stderr }: ProgramEnd): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    const last = stderr.trimEnd().split("\n").slice(-LINES).join("\n");
    throw new Error(`${scanner} ended with ${ending} and printed no JSON; its messages end in:\n${last}`);
  }
}
