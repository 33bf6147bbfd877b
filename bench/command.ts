import { Command } from "commander";
import { withReadableHelp } from "../lib/support/help";

/** The options of `npm run bench`. */
export interface BenchOptions {
  readonly records: string;
  readonly runs: string;
  readonly only?: string;
  readonly json: boolean;
}

/** The command `npm run bench`, without an action. */
export function benchCommand(): Command {
  return withReadableHelp(new Command("bench"))
    .description(
      "Compares replay with unpacking alone, jq and DuckDB on one archive, and checks that all count the same.",
    )
    .option("--records <n>", "size of the archives: up to 200000, or a multiple of it", "200000")
    .option("--runs <n>", "runs per contestant; the median is reported", "5")
    .option("--only <text>", "only contestants whose name contains this text, or one of several, such as 'zcat;replay'")
    .option("--json", "print JSON", false)
    .addHelpText(
      "after",
      "\nOther parts, each with --help:" +
        "\n  npm run bench:coverage    which attacks raise an alarm (docs/coverage.md)" +
        "\n  npm run bench:report      size of a report of 20 accounts and 30 days, and how fast it opens" +
        "\n  npm run bench:synthesis   synthesis of 10 to 5,000 accounts" +
        "\n  npm run bench:deployment  one stack's deployment, beside bare Terraform" +
        "\n  npm run bench:start       npm start, from its start to a red alarm" +
        "\n\nExamples:\n  $ npm run bench -- --records 2000000 --runs 3" +
        "\n  $ npm run bench -- --only 'replay, ;tune'",
    );
}
