import { availableParallelism } from "node:os";
import { Command, Option } from "commander";
import type { ReplayOptions } from "./run-replay";

/** More threads than this would take more memory than a replay may. */
const MAX_WORKERS = 64;

/** `trailwatch replay <path...>`: what would have fired. */
export function replayCommand(): Command {
  return new Command("replay")
    .description(
      "Judge CloudTrail records by what is synthesized: which detections match, which alarms go off, who is told.",
    )
    .argument("<path...>", "files, folders and s3:// prefixes of .json, .jsonl and .json.gz, or - for standard input")
    .option("--account <name>", "judge all records as this account's, by its name or id")
    .option("--detection <id>", "judge this detection only")
    .option("--from <time>", "records from this time on, such as 2026-01-15 or 2026-01-15T09:30:00Z", timeOf)
    .option("--to <time>", "records before this time", timeOf)
    .option("--explain <eventID>", "show hop by hop what let this event through, or stopped it")
    .option("--json", "print JSON", false)
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
      "\nExit code 2: a file could not be read; the rest was judged." +
        "\n\nExamples:\n  $ trailwatch replay AWSLogs/ --from 2026-01-15" +
        "\n  $ trailwatch replay s3://my-archive/AWSLogs/ --from 2026-01-15 --to 2026-01-16" +
        "\n  $ trailwatch replay events.json.gz --account payments --json",
    )
    .action(async (paths: readonly string[], options: ReplayOptions) => {
      const { runReplay } = await import("./run-replay.ts");
      await runReplay(paths, options);
    });
}

export function workersOf(text: string): number {
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new Error(`'--workers' must be a whole number from 1 to ${MAX_WORKERS}, got '${text}'`);
}

export function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new Error(`a time must be like 2026-01-15 or 2026-01-15T09:30:00Z, got '${text}'`);
}
