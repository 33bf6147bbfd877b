import { findFiles } from "../records/find-files";
import type { FindFiles, RecordFile } from "../records/record-file";
import type { SkippedFile } from "../records/skipped-names";
import type { Findings } from "../replay/evaluation/findings";
import type { Evaluator } from "../replay/evaluation/evaluator";
import type { OutlineAnswer } from "../outlines/outline-thread";
import type { ReplayOptions } from "../replay/run/replay";
import { OwnScan } from "./own-scan";
import { ScanningPool, sizeOf } from "./scanning-pool";

export interface PooledReplayOptions extends Pick<ReplayOptions, "findFiles" | "onProgress"> {
  /** The number of threads that scan files, at least 2; the calling thread is one of them. */
  readonly workers: number;
  /** Bytes on disk that the calling thread scans by itself before it starts others. */
  readonly startBytes: number;
}

/** Batches queued for a worker: it gets more only when this thread is between two of its own. */
const BATCHES_OF_A_WORKER = 3;
/** How many batches this thread may be ahead of the next one to take, rather than wait for it. */
const AHEAD = 4;
/** Batches that are outlined ahead of the one that this thread scans. */
const OUTLINED_AHEAD = 2;
/** Bytes on disk from which on a thread that outlines ahead saves more time than it takes to start. */
const OUTLINING_BYTES = 2 * 1024 * 1024;

interface Batch {
  readonly files: readonly RecordFile[];
  /** Outlined by another thread, for this thread to scan. */
  readonly outlined?: Promise<OutlineAnswer | undefined> | undefined;
  /** Undefined until it is scanned, or with a worker. */
  findings?: Promise<Findings>;
}

/**
 * Feeds all records below the paths to an evaluator on several cores, with the same result as `replay`: this thread, one
 * that outlines files ahead of it, and further ones, which scan batches by themselves. Findings are taken in the order of
 * the files, and only few are held at a time.
 *
 * @throws Error when a worker thread fails
 */
export async function replayPooled(
  evaluator: Evaluator,
  paths: readonly string[],
  { workers, findFiles: find = findFiles, startBytes, onProgress }: PooledReplayOptions,
): Promise<void> {
  const own = new OwnScan(evaluator.scanner());
  // One thread outlines for this one.
  const others = workers - 2;
  // Without further threads, a batch is taken as soon as it is scanned: what lives long costs memory.
  const most = others > 0 ? others * BATCHES_OF_A_WORKER + AHEAD : OUTLINED_AHEAD;
  /** All batches that are not taken, and those of them that this thread is to scan. */
  const waiting: Batch[] = [];
  const unscanned: Batch[] = [];
  let pool: ScanningPool | undefined;
  let seen = 0;
  const done = { files: 0, bytes: 0 };

  const scanNext = async (): Promise<void> => {
    const next = unscanned.shift();
    if (next === undefined) return;
    next.findings = own.scan(next.files, next.outlined);
    await next.findings;
  };
  const takeNext = async (): Promise<void> => {
    const next = waiting.shift();
    if (next === undefined) return;
    if (next === unscanned[0]) await scanNext();
    const findings = await next.findings;
    if (findings === undefined) return;
    evaluator.take(
      findings,
      next.files.map(({ name }) => name),
    );
    done.files += next.files.length;
    done.bytes += sizeOf(next.files);
    onProgress?.({ ...done });
  };

  try {
    for await (const files of batchesOf(filesBelow(evaluator, paths, find))) {
      const isLocal = files[0]?.path !== undefined;
      if (isLocal && others > 0 && seen >= startBytes) pool ??= new ScanningPool(evaluator.setup, others);
      if (isLocal && seen >= Math.min(startBytes, OUTLINING_BYTES)) own.startOutlining();
      seen += isLocal ? sizeOf(files) : 0;
      if (pool !== undefined && isLocal && pool.underWay < others * BATCHES_OF_A_WORKER) {
        const findings = pool.scan(files);
        // The code that awaits it gets the error; until then the rejection must not count as unhandled.
        findings.catch(() => undefined);
        waiting.push({ files, findings });
        continue;
      }
      const batch = { files, outlined: own.outline(files) };
      waiting.push(batch);
      unscanned.push(batch);
      if (unscanned.length > OUTLINED_AHEAD) await scanNext();
      while (waiting.length > most) await takeNext();
    }
    while (waiting.length > 0) await takeNext();
  } finally {
    await Promise.all([pool?.close(), own.close()]);
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

/** Compressed bytes of a batch: some tens of milliseconds of work, so that no core waits long for the last one. */
const BATCH_BYTES = 128 * 1024;
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
