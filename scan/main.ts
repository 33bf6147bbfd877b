import { resolve } from "node:path";
import { failureText, reportUncaught } from "../lib/support/failure";
import { jsonText } from "../lib/support/json-text";
import { printError, printLines } from "../lib/support/print";
import { scanCommand, type ScanCommandOptions } from "./command";
import { RUNNABLE, scan } from "./scan";
import { scanText } from "./text";

/** The exit code that shells use for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const interruption = new AbortController();
// Further signals have no effect, because stopping is in progress.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interruption.abort(new Error("interrupted"));
  });
}

const command = scanCommand().action(async ({ accounts, json, only }: ScanCommandOptions) => {
  const results = await scan(only === undefined ? RUNNABLE : [only], {
    accountsFolder: accounts,
    // Absolute: scanners run in other folders
    workFolder: resolve(".trailwatch/scan"),
    env: process.env,
    signal: interruption.signal,
  });
  printLines(json ? jsonText({ scanners: results }).split("\n") : scanText(results));
  if (results.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
});

reportUncaught();
command.parseAsync().catch((error: unknown) => {
  // What else fails after an interruption is its consequence.
  const { signal } = interruption;
  printError(...failureText(signal.aborted ? signal.reason : error).split("\n"));
  process.exitCode = signal.aborted ? INTERRUPTED : 1;
});
