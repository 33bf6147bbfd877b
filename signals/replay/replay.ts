import { findFiles } from "../records/find-files";
import type { FindFiles } from "../records/record-file";
import { readRecords } from "../records/read-records";
import type { CloudTrailRecord } from "../records/cloudtrail-record";
import type { Judge } from "./judge";
import type { TrailEvent } from "./trail-event";

export interface ReplayOptions {
  /**
   * Where the files of a path come from.
   *
   * @default - files and folders of this machine, and the standard input
   */
  readonly findFiles?: FindFiles;
  /** Is told of each record that was judged. */
  readonly onEvent?: (event: TrailEvent) => void;
  /** Is told after each file how far it is: files, bytes on disk. */
  readonly onProgress?: (done: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly files: number;
  readonly bytes: number;
}

/** Feeds all records below the paths to a judge. A file that cannot be read is noted, and the rest goes on. */
export async function replay(judge: Judge, paths: readonly string[], options: ReplayOptions = {}): Promise<void> {
  let files = 0;
  let bytes = 0;
  const take = (record: CloudTrailRecord): void => {
    const event = judge.add(record);
    if (event !== undefined) options.onEvent?.(event);
  };
  for (const path of paths) {
    for await (const file of (options.findFiles ?? findFiles)(path)) {
      try {
        for await (const records of readRecords(file)) records.forEach(take);
      } catch (error) {
        judge.addUnreadable({ file: file.name, reason: error instanceof Error ? error.message : String(error) });
      }
      files += 1;
      bytes += file.bytes;
      options.onProgress?.({ files, bytes });
    }
  }
}
