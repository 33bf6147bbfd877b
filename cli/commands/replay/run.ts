import { shownValue } from "../../../lib/support/printable";
import { didYouMean } from "../../../lib/support/did-you-mean";
import { jsonText } from "../../../lib/support/json-text";
import { explainEvent, Evaluator, replay, replayPooled, type Deployment, type TrailEvent } from "../../../signals";
import { threadsOf, timesOf, type EvaluationOptions } from "../../evaluation/options";
import { printLines } from "../../../lib/support/print";
import { finishReading } from "../../evaluation/read-outcome";
import { recordFinder } from "../../records/find-records";
import { accountIdIn, deploymentIn } from "../../evaluation/deployment";
import { knownAccounts } from "../../evaluation/known-accounts";
import { explanationsText } from "./explain-text";
import { replayJson } from "./json";
import { replaySource } from "./report";
import { showProgress } from "../../evaluation/progress";
import { replayText } from "./text";
import type { ReportOptions } from "../../report/options";
import { reportRequest } from "../../report/request";
import { writeOrPrint, writeReport } from "../../report/write";

/** Options of `trailwatch replay`. */
export interface ReplayCommandOptions extends EvaluationOptions, ReportOptions {
  readonly explain?: string;
}

/** Evaluates the records below the paths, and prints which alarms would have gone off. */
export async function runReplay(paths: readonly string[], options: ReplayCommandOptions): Promise<void> {
  const request = reportRequest(options);
  if (request !== undefined && options.explain !== undefined) {
    throw new Error("'--explain' must come without a report: it shows one event");
  }
  const times = timesOf(options);
  const deployment = deploymentIn(options.deployment, await knownAccounts(options));
  const { account, detection } = options;
  if (detection !== undefined) checkDetection(deployment, detection);

  const evaluator = new Evaluator(deployment, {
    ...times,
    account: account === undefined ? undefined : accountIdIn(deployment, account),
    detection,
    keepMatches: request !== undefined,
  });
  const found: TrailEvent[] = [];
  const findFiles = recordFinder(times);
  const progress = showProgress(paths, findFiles);
  try {
    const { explain: wanted } = options;
    const threads = threadsOf(options);
    if (wanted === undefined && threads.workers > 1) {
      await replayPooled(evaluator, paths, { findFiles, onProgress: progress.update, ...threads });
    } else {
      const onEvent = (event: TrailEvent): void => {
        if (event.record.eventId === wanted) found.push(event);
      };
      await replay(evaluator, paths, {
        findFiles,
        onProgress: progress.update,
        onEvent: wanted === undefined ? undefined : onEvent,
      });
    }
  } finally {
    progress.stop();
  }

  const report = evaluator.report();
  let isComplete = false;
  if (options.explain !== undefined) {
    const explained = found.map((event) => explainEvent(evaluator, event));
    const alone = detection !== undefined;
    printLines(explanationsText(explained, { everyFilter: alone }));
    if (explained.length === 0) {
      finishReading(report, { paths, isComplete });
      throw new Error(notFound(options.explain, report.unknownAccounts));
    }
  } else {
    const write = async (): Promise<boolean> =>
      request !== undefined && (await writeReport(request, replaySource(evaluator, report)));
    await writeOrPrint(write, () => {
      printLines(options.json ? [jsonText(replayJson(report))] : replayText(report));
      isComplete = true;
    });
  }
  finishReading(report, { paths, isComplete });
}

export function checkDetection({ accounts }: Deployment, detection: string): void {
  const filters = accounts.flatMap((account) => account.filters);
  if (filters.some(({ transformation }) => transformation.metricName === detection)) return;
  const known = filters.map(({ transformation }) => transformation.metricName);
  const hint = didYouMean(detection, known) ?? "'trailwatch detections <account>' lists them";
  throw new Error(`'--detection' must be one that is deployed, got '${shownValue(detection)}'; ${hint}`);
}

function notFound(eventId: string, unknownAccounts: Readonly<Record<string, number>>): string {
  const unknown = Object.keys(unknownAccounts);
  const hint =
    unknown.length === 0
      ? ""
      : ` (records of unknown accounts are not evaluated: ${unknown.join(", ")}; try --account)`;
  return `no evaluated record has the eventID '${eventId}'${hint}`;
}
