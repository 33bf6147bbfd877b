import { resolve } from "node:path";
import { Command, Option } from "commander";
import { failureText, reportUncaught } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { jsonText } from "../lib/support/json-text";
import { printError, printLines } from "../lib/support/print";
import { RUNNABLE, type Runnable, scan } from "./scan";
import { scanText } from "./text";

interface Options {
  readonly accounts: string;
  readonly json: boolean;
  readonly only?: Runnable;
}

const HELP = `
Needs Python 3.10 to 3.13 with pip, a package registry for the first run, and 3 GB of disk (checkov alone: 300 MB).
The first run takes 10 to 25 minutes, later runs 5 to 12.
docs/compliance.md lists the checks, and the reason of each waiver.

Exit code 1: the results differ from docs/compliance.md, or a scanner could not be installed or run.

Examples:
  $ npm run scan
  $ npm run scan -- --only checkov
  $ npm run -s scan -- --json | jq '.scanners | map(.differences)'`;

/** The exit code that shells use for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const interruption = new AbortController();
// Further signals have no effect, because stopping is in progress.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interruption.abort(new Error("interrupted"));
  });
}

const command = new Command("npm run scan --")
  .description("Run checkov and Prowler, and compare their results with docs/compliance.md.")
  .addOption(new Option("--only <scanner>", "run one scanner").choices(RUNNABLE))
  .option(
    "--accounts <folder>",
    "folder that describes the organization",
    process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
  )
  .option("--json", "print JSON", false)
  .addHelpText("after", HELP)
  .action(async ({ accounts, json, only }: Options) => {
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
withReadableHelp(command)
  .parseAsync()
  .catch((error: unknown) => {
    // What else fails after an interruption is its consequence.
    const { signal } = interruption;
    printError(...failureText(signal.aborted ? signal.reason : error).split("\n"));
    process.exitCode = signal.aborted ? INTERRUPTED : 1;
  });
