import { existsSync } from "node:fs";
import { Command } from "commander";
import { explain, Judge, readDeployment, replay, type Deployment, type TrailEvent } from "../signals";
import { printLines } from "./print";
import { recordFinder } from "./records/find-records";
import { explanationText } from "./replay-explain-text";
import { replayJson } from "./replay-json";
import { showProgress } from "./replay-progress";
import { replayText } from "./replay-text";

interface Options {
  readonly deployment: string;
  readonly json: boolean;
  readonly account?: string;
  readonly detection?: string;
  readonly from?: number;
  readonly to?: number;
  readonly explain?: string;
}

/** Some records could not be judged: the answer is not the whole one. */
const EXIT_UNREADABLE = 2;

/** `trailwatch replay <path...>`: what would have fired. */
export function replayCommand(): Command {
  return new Command("replay")
    .description(
      "Judge CloudTrail records by what is synthesized: which detections match, which alarms go off, who is told.",
    )
    .argument("<path...>", "files, folders and s3:// prefixes of .json, .jsonl and .json.gz, or - for standard input")
    .option("--account <name>", "judge all records as this account's")
    .option("--detection <id>", "judge this detection only")
    .option("--from <time>", "records from this time on, such as 2026-01-15 or 2026-01-15T09:30:00Z", timeOf)
    .option("--to <time>", "records before this time", timeOf)
    .option("--explain <eventID>", "show hop by hop what let this event through, or stopped it")
    .option("--json", "print JSON", false)
    .option("--deployment <folder>", "folder of Terraform JSON", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText(
      "after",
      "\nExit code 2: a file could not be read; the rest was judged." +
        "\n\nExamples:\n  $ trailwatch replay AWSLogs/ --from 2026-01-15\n  $ trailwatch replay events.json.gz --account payments --json",
    )
    .action(runReplay);
}

async function runReplay(paths: readonly string[], options: Options): Promise<void> {
  const deployment = deploymentIn(options.deployment);
  for (const warning of deployment.warnings) process.stderr.write(`${warning}\n`);
  const { account, detection, ...times } = options;
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
    await replay(judge, paths, {
      findFiles,
      onProgress: progress.update,
      onEvent: (event) => {
        if (event.record.eventId === options.explain) found.push(event);
      },
    });
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

function deploymentIn(folder: string): Deployment {
  if (!existsSync(folder)) {
    throw new Error(
      `'--deployment' must be a folder of Terraform JSON, and '${folder}' does not exist: run 'npx cdktf synth'`,
    );
  }
  return readDeployment(folder);
}

function accountId({ accounts }: Deployment, name: string): string {
  const account = accounts.find((candidate) => candidate.name === name || candidate.id === name);
  if (account !== undefined) return account.id;
  const names = accounts.map((candidate) => candidate.name).sort();
  throw new Error(`'--account' must be one of ${names.join(", ")}, got '${name}'`);
}

function checkDetection({ accounts }: Deployment, detection: string): void {
  const filters = accounts.flatMap((account) => account.filters);
  if (filters.some(({ transformation }) => transformation.metricName === detection)) return;
  throw new Error(
    `'--detection' must be one that is deployed ('trailwatch detections' lists them), got '${detection}'`,
  );
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
