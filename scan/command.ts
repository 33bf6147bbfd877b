import { Command, Option } from "commander";
import { withReadableHelp } from "../lib/support/help";
import { RUNNABLE, type Runnable } from "./scan";

/** The options of `npm run scan`. */
export interface ScanCommandOptions {
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

/** The command `npm run scan`, without an action. */
export function scanCommand(): Command {
  return withReadableHelp(new Command("npm run scan --"))
    .description("Run checkov and Prowler, and compare their results with docs/compliance.md.")
    .addOption(new Option("--only <scanner>", "run one scanner").choices(RUNNABLE))
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .option("--json", "print JSON", false)
    .addHelpText("after", HELP);
}
