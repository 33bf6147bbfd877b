import { expectedMessage } from "../../../lib/support/failure";
import { findFiles } from "../../records/find-files";
import type { FindFiles, RecordFile } from "../../records/record-file";
import { readRecords } from "../../records/read-records";
import { scanFile } from "../prefilter/scan-file";
import type { Evaluator } from "../evaluation/evaluator";
import type { TrailEvent } from "../feeds/trail-event";

export interface ReplayOptions {
  /**
   * The source of the files of a path.
   *
   * @default - files and folders of this machine, and the standard input
   */
  readonly findFiles?: FindFiles;
  /** Called for each evaluated record. All records have to be parsed then, which takes several times as long. */
  readonly onEvent?: (event: TrailEvent) => void;
  /** Called after each file with the progress: files, bytes on disk. */
  readonly onProgress?: (done: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly files: number;
  readonly bytes: number;
}

/** Feeds all records below the paths to an evaluator. A file that cannot be read is noted, and the replay continues. */
export async function replay(
  evaluator: Evaluator,
  paths: readonly string[],
  options: ReplayOptions = {},
): Promise<void> {
  let files = 0;
  let bytes = 0;
  const { onEvent, findFiles: find = findFiles } = options;
  const evaluateFile = onEvent === undefined ? scanning(evaluator) : parsing(evaluator, onEvent);
  for (const path of paths) {
    for await (const file of find(path, (skipped) => {
      evaluator.addSkipped(skipped);
    })) {
      await evaluateFile(file);
      files += 1;
      bytes += file.bytes;
      options.onProgress?.({ files, bytes });
    }
  }
}

/** Parses only records that may have an effect. */
function scanning(evaluator: Evaluator): (file: RecordFile) => Promise<void> {
  const scanner = evaluator.scanner();
  return async (file) => {
    await scanFile(scanner, file, 0);
    evaluator.take(scanner.take(), [file.name]);
  };
}

/** Parses every record, and passes it to `onEvent`. */
function parsing(evaluator: Evaluator, onEvent: (event: TrailEvent) => void): (file: RecordFile) => Promise<void> {
  return async (file) => {
    try {
      for await (const records of readRecords(file)) {
        for (const event of records.map((record) => evaluator.add(record))) if (event !== undefined) onEvent(event);
      }
    } catch (error) {
      evaluator.addUnreadable({ file: file.name, reason: expectedMessage(error) });
    }
  };
}
