import { availableParallelism } from "node:os";
import { Command, Option } from "commander";
import { explain, Judge, replay, replayPooled, type Deployment, type TrailEvent } from "../signals";
import { printLines } from "./print";
import { recordFinder } from "./records/find-records";
import { accountId, deploymentIn } from "./replay-deployment";
import { explanationText } from "./replay-explain-text";
import { replayJson } from "./replay-json";
import { showProgress } from "./replay-progress";
import { replayText } from "./replay-text";

interface Options {
  readonly deployment: string;
  readonly accounts: string;
  readonly json: boolean;
  readonly account?: string;
  readonly detection?: string;
  readonly from?: number;
  readonly to?: number;
  readonly explain?: string;
  readonly workers: number;
}

/** Some records could not be judged: the answer is not the whole one. */
const EXIT_UNREADABLE = 2;

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
      new Option("--workers <n>", "threads that examine records; 1: none besides the main one")
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
    .action(runReplay);
}

async function runReplay(paths: readonly string[], options: Options): Promise<void> {
  const deployment = deploymentIn(options.deployment, options.accounts);
  const { account, detection, from, to } = options;
  const times = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (detection !== undefined) checkDetection(deployment, detection);

  const judge = new Judge(deployment, {
    ...times,
    ...(account === undefined ? {} : { account: accountId(deployment, account) }),
    ...(detection === undefined ? {} : { detection }),
  });
  const found: TrailEvent[] = [];
  const findFiles = recordFinder(times);
  const progress = showProgress(paths, findFiles);
  try {
    const { explain: wanted, workers } = options;
    if (wanted === undefined && workers > 1) {
      await replayPooled(judge, paths, { findFiles, onProgress: progress.update, workers });
    } else {
      const onEvent = (event: TrailEvent): void => {
        if (event.record.eventId === wanted) found.push(event);
      };
      await replay(judge, paths, {
        findFiles,
        onProgress: progress.update,
        ...(wanted === undefined ? {} : { onEvent }),
      });
    }
  } finally {
    progress.stop();
  }

  const report = judge.report();
  if (options.explain !== undefined) {
    const explained = found.map((event) => explain(judge, event));
    const alone = detection !== undefined;
    printLines(explained.flatMap((explanation) => explanationText(explanation, { everyFilter: alone })));
    if (explained.length === 0) throw new Error(notFound(options.explain, report.unknownAccounts));
  } else {
    printLines(options.json ? [JSON.stringify(replayJson(report), null, 2)] : replayText(report));
  }
  if (report.unreadable.length > 0) process.exitCode = EXIT_UNREADABLE;
}

function checkDetection({ accounts }: Deployment, detection: string): void {
  const filters = accounts.flatMap((account) => account.filters);
  if (filters.some(({ transformation }) => transformation.metricName === detection)) return;
  throw new Error(
    `'--detection' must be one that is deployed ('trailwatch detections' lists them), got '${detection}'`,
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

function notFound(eventId: string, unknownAccounts: Readonly<Record<string, number>>): string {
  const unknown = Object.keys(unknownAccounts);
  const hint =
    unknown.length === 0 ? "" : ` (records of unknown accounts are not judged: ${unknown.join(", ")}; try --account)`;
  return `no judged record has the eventID '${eventId}'${hint}`;
}
