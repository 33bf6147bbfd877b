import { availableParallelism } from "node:os";
import { Option, type Command } from "commander";

/** What every command is asked that judges records. */
export interface JudgingOptions {
  readonly deployment: string;
  readonly accounts: string;
  readonly json: boolean;
  readonly account?: string;
  readonly detection?: string;
  readonly from?: number;
  readonly to?: number;
  readonly workers: number;
}

/** More threads than this would take more memory than a replay may. */
const MAX_WORKERS = 64;

/** Adds the paths of the records, which of them to judge and as whose, and by what. `--detection` and `--json` are each command's own. */
export function addJudgingOptions(command: Command): Command {
  return command
    .argument("<path...>", "files, folders and s3:// prefixes of .json, .jsonl and .json.gz, or - for standard input")
    .option("--account <name>", "judge all records as this account's, by its name or id")
    .option("--from <time>", "records from this time on, such as 2026-01-15 or 2026-01-15T09:30:00Z", timeOf)
    .option("--to <time>", "records before this time", timeOf)
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
    );
}

function workersOf(text: string): number {
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new Error(`'--workers' must be a whole number from 1 to ${MAX_WORKERS}, got '${text}'`);
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new Error(`a time must be like 2026-01-15 or 2026-01-15T09:30:00Z, got '${text}'`);
}
