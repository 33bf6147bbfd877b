import { setImmediate } from "node:timers/promises";
import { findFiles } from "../records/find-files";
import type { FindFiles, RecordFile } from "../records/record-file";
import type { SkippedFile } from "../records/skipped-names";
import { scanFile } from "../replay/prefilter/scan-file";
import type { Findings } from "../replay/evaluation/findings";
import type { Evaluator } from "../replay/evaluation/evaluator";
import type { ReplayOptions } from "../replay/run/replay";
import { ScanningPool } from "./scanning-pool";

export interface PooledReplayOptions extends Pick<ReplayOptions, "findFiles" | "onProgress"> {
  /** The number of threads that scan files, at least 2; the calling thread is one of them. */
  readonly workers: number;
  /** Bytes on disk that the calling thread scans by itself before it starts others. */
  readonly startBytes: number;
}

/** Batches queued for a worker: it gets more only when this thread is between two of its own. */
const BATCHES_OF_A_WORKER = 3;
/** How long this thread scans without a turn of the event loop, which costs as much as a small file. */
const TURN_MILLISECONDS = 5;
/** How many batches this thread may be ahead of the next one to take, rather than wait for it. */
const AHEAD = 4;

/**
 * Feeds all records below the paths to an evaluator on several cores, with the same result as `replay`. This thread
 * scans the batches for which no worker is free. Findings are taken in the order of the files, and only few are held at
 * a time.
 *
 * @throws Error when a worker thread fails
 */
export async function replayPooled(
  evaluator: Evaluator,
  paths: readonly string[],
  { workers, findFiles: find = findFiles, startBytes, onProgress }: PooledReplayOptions,
): Promise<void> {
  const scanner = evaluator.scanner();
  const others = workers - 1;
  const waiting: { readonly files: readonly RecordFile[]; readonly findings: Promise<Findings> }[] = [];
  let pool: ScanningPool | undefined;
  let seen = 0;
  const done = { files: 0, bytes: 0 };

  const takeNext = async (): Promise<void> => {
    const next = waiting[0];
    if (next === undefined) return;
    const findings = await next.findings;
    waiting.shift();
    evaluator.take(
      findings,
      next.files.map(({ name }) => name),
    );
    done.files += next.files.length;
    done.bytes += sizeOf(next.files);
    onProgress?.({ ...done });
  };
  let turned = performance.now();
  const scanHere = async (files: readonly RecordFile[]): Promise<Findings> => {
    for (const [number, file] of files.entries()) {
      await scanFile(scanner, file, number);
      if (performance.now() - turned < TURN_MILLISECONDS) continue;
      // Lets workers deliver their results, and get more batches.
      await setImmediate();
      turned = performance.now();
    }
    return scanner.take();
  };

  try {
    for await (const files of batchesOf(filesBelow(evaluator, paths, find))) {
      const isLocal = files[0]?.path !== undefined;
      if (isLocal && seen >= startBytes) pool ??= new ScanningPool(evaluator.setup, others);
      seen += isLocal ? sizeOf(files) : 0;
      const isForOthers = pool !== undefined && isLocal && pool.underWay < others * BATCHES_OF_A_WORKER;
      const findings = isForOthers && pool !== undefined ? pool.scan(files) : scanHere(files);
      // The code that awaits it gets the error; until then the rejection must not count as unhandled.
      findings.catch(() => undefined);
      waiting.push({ files, findings });
      if (isForOthers) continue;
      // This thread has only one scanner, which takes one batch at a time.
      await findings;
      while (waiting.length > others * BATCHES_OF_A_WORKER + AHEAD) await takeNext();
    }
    while (waiting.length > 0) await takeNext();
  } finally {
    await pool?.close();
  }
}

async function* filesBelow(
  evaluator: Evaluator,
  paths: readonly string[],
  find: FindFiles,
): AsyncGenerator<RecordFile> {
  const onSkipped = (skipped: SkippedFile): void => {
    evaluator.addSkipped(skipped);
  };
  for (const path of paths) yield* find(path, onSkipped);
}

function sizeOf(files: readonly RecordFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Compressed bytes of a batch: some tens of milliseconds of work, so that no core waits long for the last one. */
const BATCH_BYTES = 1024 * 1024;
/** The cost of opening a file, in bytes of reading. */
const FILE_BYTES = 2048;

/** Consecutive files, large enough together to justify passing them to another thread. */
export async function* batchesOf(files: AsyncIterable<RecordFile>): AsyncGenerator<readonly RecordFile[]> {
  let batch: RecordFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    // A file that another thread cannot open is a batch of its own.
    if (batch.length > 0 && (file.path === undefined || batch[0]?.path === undefined || bytes >= BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.bytes + FILE_BYTES;
  }
  if (batch.length > 0) yield batch;
}
