import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Ending } from "../lib/support/run-program";
import { lastLines } from "./log-tail";
import { ProcessGroup } from "./process-group";

const PROJECT = resolve(__dirname, "..");
const CDKTF = join(PROJECT, "node_modules", ".bin", "cdktf");
const STOP_MILLISECONDS = 5_000;
const LOG_LINES = 20;

/** One run of the cdktf CLI. */
export interface CdktfRun {
  readonly env: NodeJS.ProcessEnv;
  /** The sandbox's folder. */
  readonly workFolder: string;
  /** Its whole output is appended here. */
  readonly logFile: string;
  /** Interrupts the run, as Ctrl-C would. */
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Runs `cdktf` to its end in this project, and resolves with its exit. */
export async function runCdktf(args: readonly string[], run: CdktfRun): Promise<Ending> {
  run.signal.throwIfAborted();
  // On a CI system it prints plain lines instead of repainting the screen.
  const env = { ...run.env, CI: "true", FORCE_COLOR: "0" };
  const group = new ProcessGroup(CDKTF, args, { cwd: PROJECT, env, output: "pipe", workFolder: run.workFolder });
  const log = createWriteStream(run.logFile, { flags: "a" });
  for (const stream of [group.child.stdout, group.child.stderr]) {
    if (stream === null) continue;
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on("line", (line) => run.onLine?.(line));
  }
  const interrupt = () => {
    group.interrupt();
  };
  run.signal.addEventListener("abort", interrupt);
  try {
    return await group.ended;
  } finally {
    run.signal.removeEventListener("abort", interrupt);
    // Each Terraform runs on a pseudo-terminal that cdktf creates: when cdktf ends, it ends too and unlocks its state.
    await group.stop(STOP_MILLISECONDS);
    await new Promise((closed) => log.end(closed));
    run.signal.throwIfAborted();
  }
}

/** An error for a run that failed, with the end of its log. */
export async function cdktfError(what: string, logFile: string): Promise<Error> {
  return new Error(`${what}; ${logFile} ends in:\n${await lastLines(logFile, LOG_LINES)}`);
}
