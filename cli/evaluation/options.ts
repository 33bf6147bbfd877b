import { shownValue } from "../../lib/support/printable";
import { availableParallelism } from "node:os";
import { Option, type Command } from "commander";

/** Options of every command that evaluates records. */
export interface EvaluationOptions {
  readonly deployment: string;
  readonly accounts: string;
  /**
   * Whether the folder was named, by the option or by TRAILWATCH_ACCOUNTS.
   *
   * @default false
   */
  readonly accountsNamed?: boolean;
  readonly json: boolean;
  readonly account?: string;
  readonly detection?: string;
  readonly from?: number;
  readonly to?: number;
  /** @default - as `threadsOf` */
  readonly workers?: number;
}

/** The default folder may be missing: a deployment can be read without it. */
const DEFAULT_ACCOUNTS = "accounts";

/** For the help of these commands. */
export const UNREAD_HELP = "Exit code 2: a file could not be read, and the rest was evaluated; or no record was read.";

/**
 * The compressed bytes of records that one thread scans, with one that outlines for it, before others start: about two
 * million records, as 200,000 take 35 MB. With a million records, one thread took 10.3 s of CPU time and 159 MB of memory,
 * two that scan took 11.7 s and 210 MB.
 */
const START_BYTES = 384 * 1024 * 1024;
/** With a number of threads given, time counts more than memory. */
const START_BYTES_OF_GIVEN = 48 * 1024 * 1024;

/** More threads than this would take more memory than a replay may. */
const MAX_WORKERS = 64;

/**
 * Adds the paths of the records, which records to evaluate, for which accounts, and with what. Each command defines
 * `--detection` and `--json` itself, and whether paths are optional.
 */
export function addEvaluationOptions(command: Command, paths: "<path...>" | "[path...]" = "<path...>"): Command {
  return command
    .argument(paths, "files, folders and s3:// prefixes of CloudTrail records in any form, or - for standard input")
    .option("--account <name>", "evaluate all records as this account's, by its name or id")
    .option("--from <time>", "records from this time on, such as 2026-01-15 or 2026-01-15T09:30:00Z", timeOf("--from"))
    .option("--to <time>", "records before this time", timeOf("--to"))
    .addOption(
      new Option(
        "--workers <n>",
        "threads that examine records, the main one included (default: two; above 384 MB, one for each core)",
      )
        .env("TRAILWATCH_WORKERS")
        .argParser(workersOf),
    )
    .option(
      "--deployment <path>",
      "folder of Terraform JSON or of plans as JSON, or one plan",
      process.env.CDKTF_OUTDIR ?? "cdktf.out",
    )
    .addOption(
      new Option("--accounts <folder>", "folder that describes the organization")
        .env("TRAILWATCH_ACCOUNTS")
        .default(DEFAULT_ACCOUNTS),
    );
}

/** The options of a command, and whether `--accounts` was given. */
export function withAccountsNamed<Options extends EvaluationOptions>(options: Options, command: Command): Options {
  return { ...options, accountsNamed: command.getOptionValueSource("accounts") !== "default" };
}

/** How many threads scan, and how many compressed bytes one scans before the others start. */
export function threadsOf({ workers }: EvaluationOptions): { readonly workers: number; readonly startBytes: number } {
  return workers === undefined
    ? { workers: availableParallelism(), startBytes: START_BYTES }
    : { workers, startBytes: START_BYTES_OF_GIVEN };
}

function workersOf(text: string): number {
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new Error(`'--workers' must be a whole number from 1 to ${MAX_WORKERS}, got '${shownValue(text)}'`);
}

/** A day, which begins in UTC as in CloudTrail, or a time with its zone: the local zone must not change the result. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function timeOf(option: string): (text: string) => number {
  return (text) => {
    const time = Date.parse(text);
    const day = text.slice(0, 10);
    // JavaScript reads 30 February as 2 March.
    const isTime = TIME.test(text) && !Number.isNaN(time) && new Date(day).toISOString().startsWith(day);
    if (isTime) return time;
    throw new Error(
      `'${option}' must be a day in UTC or a time with its zone, 2026-01-15 or 2026-01-15T09:30:00Z, got '${shownValue(text)}'`,
    );
  };
}

/**
 * The requested time span.
 *
 * @throws Error when it is empty
 */
export function timesOf({ from, to }: Pick<EvaluationOptions, "from" | "to">): { from?: number; to?: number } {
  if (from !== undefined && to !== undefined && from >= to) {
    const [first, last] = [from, to].map((time) => new Date(time).toISOString());
    throw new Error(`'--to' must be after '--from' (${first ?? ""}), got '${last ?? ""}'`);
  }
  return { from, to };
}
