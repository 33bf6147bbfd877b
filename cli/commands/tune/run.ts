import { counted } from "../../../lib/support/counted";
import { shownPath } from "../../../lib/support/printable";
import { jsonText } from "../../../lib/support/json-text";
import { withContext, lineDiff } from "../../../lib/support/line-diff";
import { writeChanges } from "../../../inventory/write-plan";
import { IrregularFileError, readRegularFile } from "../../../lib/support/regular-file";
import { Evaluator, parseLabels, replay, replayPooled, type Label } from "../../../signals";
import { threadsOf, timesOf, type EvaluationOptions } from "../../evaluation/options";
import { loadAccounts } from "../../load-accounts";
import { type Line, printError, printLines } from "../../../lib/support/print";
import { finishReading } from "../../evaluation/read-outcome";
import { recordFinder } from "../../records/find-records";
import { accountIdIn, deploymentIn } from "../../evaluation/deployment";
import { showProgress } from "../../evaluation/progress";
import type { ReportOptions } from "../../report/options";
import { reportRequest } from "../../report/request";
import { checkDetection } from "../replay/run";
import { plannedChanges, type PlannedChange } from "./apply";
import type { Budget } from "./budget";
import { checkApplicable, checkChosen, checkLabels } from "./checks";
import { tuneDetections } from "./detections";
import { tuneJson } from "./json";
import { tuneSource } from "./report";
import { tuneText } from "./text";
import { writeReport } from "../../report/write";

/** Incidents are written by hand, one per line. */
const MAX_LABEL_BYTES = 16 * 1024 * 1024;

/** More detections that were evaluated with other settings are only counted. */
const SHOWN_STALE = 3;

const HELD =
  "'--apply' wrote nothing, as some files of records could not be read: fix them or leave them out, or pass --allow-unread";

export interface TuneCommandOptions extends EvaluationOptions, ReportOptions {
  readonly budget: Budget;
  readonly keep?: string;
  readonly ignore: readonly string[];
  readonly apply: boolean;
  /** Whether `apply` may write although files of records could not be read. */
  readonly allowUnread: boolean;
}

/** Reads the records, tries thresholds, and prints or writes the result. */
export async function runTune(paths: readonly string[], options: TuneCommandOptions): Promise<void> {
  const request = reportRequest(options);
  if (options.allowUnread && !options.apply) throw new Error("'--allow-unread' must come with '--apply'");
  const loaded = loadAccounts(options.accounts);
  const times = timesOf(options);
  const deployment = deploymentIn(options.deployment, loaded.organization.accounts);
  const labels = options.keep === undefined ? [] : readLabels(options.keep);
  checkLabels(labels, loaded);
  const { account, detection } = options;
  if (detection !== undefined) checkDetection(deployment, detection);

  const evaluator = new Evaluator(
    deployment,
    {
      ...times,
      keepMatches: true,
      account: account === undefined ? undefined : accountIdIn(deployment, account),
      detection,
    },
    new Set(labels.flatMap(({ eventId }) => eventId ?? [])),
  );
  const findFiles = recordFinder(times);
  const progress = showProgress(paths, findFiles);
  try {
    const threads = threadsOf(options);
    const common = { findFiles, onProgress: progress.update };
    await (threads.workers > 1
      ? replayPooled(evaluator, paths, { ...common, ...threads })
      : replay(evaluator, paths, common));
  } finally {
    progress.stop();
  }

  const { budget, ignore, apply } = options;
  const tuning = tuneDetections(evaluator, loaded, { budget, labels, chosen: new Set(ignore) });
  checkChosen(tuning, ignore);
  if (apply) checkApplicable(tuning);
  else printError(...staleText(tuning.stale));
  // Do not write thresholds and entries that come from a part of the archive.
  const isHeld = apply && !options.allowUnread && tuning.totals.unreadable.length > 0;
  const changes = apply && !isHeld ? plannedChanges(options.accounts, tuning) : [];
  let isAlone = false;
  let written: readonly PlannedChange[] | undefined;
  try {
    isAlone = request !== undefined && (await writeReport(request, tuneSource(tuning, loaded.sources)));
    writeChanges(options.accounts, changes);
    if (apply && !isHeld) written = changes;
  } finally {
    // Print the result even if the report or a file cannot be written: it took long to compute.
    const changed = written === undefined ? [] : changeText(written);
    if (isAlone) printLines(changed, process.stderr);
    else if (options.json) printLines([jsonText({ ...tuneJson(tuning), written: (written ?? []).map(changeJson) })]);
    else printLines([...tuneText(tuning, { all: detection !== undefined }), ...changed]);
  }
  finishReading(tuning.totals, { paths, isComplete: !isAlone });
  if (isHeld) printError(HELD);
}

function readLabels(path: string): Label[] {
  try {
    return parseLabels(readRegularFile(path, MAX_LABEL_BYTES));
  } catch (error) {
    if (error instanceof IrregularFileError) {
      throw new Error(`'--keep' must be a regular file, got '${shownPath(path)}' (${error.what})`, { cause: error });
    }
    if (error instanceof Error && "code" in error) {
      throw new Error(`'--keep' must be a file that can be read, got '${shownPath(path)}' (${String(error.code)})`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** What to do before the result is of use. */
function staleText(stale: readonly string[]): Line[] {
  if (stale.length <= SHOWN_STALE) return [...stale];
  return [
    ...stale.slice(0, SHOWN_STALE),
    `and ${stale.length - SHOWN_STALE} more of this kind`,
    {
      warn: "Do first: 'npx cdktf synth', and tune again: the result is that of other settings than those in the files.",
    },
  ];
}

function changeText(changes: readonly PlannedChange[]): Line[] {
  if (changes.length === 0) return ["Nothing to write."];
  return [
    ...changes.flatMap(({ file, before, after }): Line[] => [
      `~ ${file}`,
      ...withContext(lineDiff(before, after)).map(({ sign, text }): Line =>
        sign === " " ? { dim: `      ${text}` } : `    ${sign} ${text}`,
      ),
    ]),
    "",
    `Wrote ${counted(changes.length, "file")}. Next: npx cdktf synth, and replay the same records.`,
  ];
}

function changeJson({ file, before, after }: PlannedChange): object {
  return { file, diff: withContext(lineDiff(before, after), 0).map(({ sign, text }) => `${sign} ${text}`) };
}
