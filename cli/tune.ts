import { availableParallelism } from "node:os";
import { Command, Option } from "commander";
import { timeOf, workersOf } from "./replay";
import type { TuneCommandOptions } from "./run-tune";
import { DEFAULT_BUDGET, parseBudget } from "./tune-budget";

/** `trailwatch tune <path...>`: what thresholds would have meant. */
export function tuneCommand(): Command {
  return new Command("tune")
    .description("Find thresholds, periods and entries to ignore from CloudTrail records, for a budget of alarms.")
    .argument("<path...>", "files, folders and s3:// prefixes of .json, .jsonl and .json.gz, or - for standard input")
    .option(
      "--budget <rate>",
      "alarms of a detection in an account, such as 2/week or critical=1/month,low=1/day (default: critical 1, high 2, medium 5, low 10 a week)",
      parseBudget,
      DEFAULT_BUDGET,
    )
    .option("--keep <file>", "ids or times of incidents that must still raise an alarm, one a line")
    .option("--ignore <id>", "take an entry to ignore by the id it is listed with; may be repeated", collect, [])
    .option("--apply", "write what is recommended, and the entries taken by --ignore, to the account files", false)
    .option("--account <name>", "judge all records as this account's, by its name or id")
    .option("--detection <id>", "tune this detection only, and show it whatever there is to say")
    .option("--from <time>", "records from this time on, such as 2026-01-15 or 2026-01-15T09:30:00Z", timeOf)
    .option("--to <time>", "records before this time", timeOf)
    .option("--json", "print JSON, with every curve, alarm and count", false)
    .addOption(
      new Option("--workers <n>", "threads that examine records, the main one included")
        .env("TRAILWATCH_WORKERS")
        .argParser(workersOf)
        .default(availableParallelism(), "one for each core"),
    )
    .option(
      "--deployment <path>",
      "folder of Terraform JSON or of plans as JSON, or one plan",
      process.env.CDKTF_OUTDIR ?? "cdktf.out",
    )
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText(
      "after",
      "\nNothing is written without --apply. Exit code 2: a file could not be read; the rest was judged." +
        "\n\nExamples:\n  $ trailwatch tune AWSLogs/ --from 2026-01-01" +
        "\n  $ trailwatch tune AWSLogs/ --keep incidents.txt --budget 1/week --detection denied-call-burst" +
        "\n  $ trailwatch tune AWSLogs/ --ignore payments/denied-call-burst/1 --apply",
    )
    .action(async (paths: readonly string[], options: TuneCommandOptions) => {
      const { runTune } = await import("./run-tune.ts");
      await runTune(paths, options);
    });
}

function collect(id: string, ids: readonly string[]): string[] {
  return [...ids, ...id.split(",")];
}
