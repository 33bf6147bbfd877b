import { join } from "node:path";
import Piscina from "piscina";
import { expectedMessage } from "../../lib/support/failure";
import type { Deployment } from "../deployment/deployment";
import type { RecordFile } from "../records/record-file";
import type { Findings } from "../replay/evaluation/findings";
import type { EvaluatorOptions } from "../replay/evaluation/evaluator-options";

/** Set in a bundle: its file of the worker. */
declare const TRAILWATCH_WORKER: string | undefined;

const WORKER = typeof TRAILWATCH_WORKER === "string" ? TRAILWATCH_WORKER : join(__dirname, "worker.cjs");

/** What a worker needs to scan files by itself. */
export interface WorkerSetup {
  readonly deployment: Deployment;
  readonly options: EvaluatorOptions;
}

export type WorkerFile = Required<Pick<RecordFile, "path" | "bytes">>;

/** Most objects of a worker are short-lived: room for them reduces garbage collection. */
const YOUNG_MEGABYTES = 16;
/**
 * What a worker keeps in addition to its compiled patterns; without a limit V8 lets garbage grow to several times that.
 */
const KEPT_MEGABYTES = 160;
/** Memory for compiled patterns: megabytes per megabyte of the deployment's JSON, with a margin. */
const PATTERN_FACTOR = 40;

/** Threads that scan files on this machine. */
export class ScanningPool {
  /** Batches whose findings have not been returned yet. */
  underWay = 0;
  private readonly pool: Piscina<readonly WorkerFile[], Findings>;

  /**
   * Aborts when a worker fails before it has a task, because no task would report the error. It is not a promise:
   * whatever is raced against a promise is kept for as long as that is pending.
   */
  private readonly failure = new AbortController();

  constructor(setup: WorkerSetup, workers: number) {
    this.pool = new Piscina({
      filename: WORKER,
      // Workers start only when there is work: a minimum number would be restarted endlessly if they fail.
      minThreads: 0,
      maxThreads: workers,
      idleTimeout: Infinity,
      workerData: setup,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        maxOldGenerationSizeMb: KEPT_MEGABYTES + Math.ceil((textSizeOf(setup.deployment) / 1e6) * PATTERN_FACTOR),
      },
    });
    this.pool.on("error", (error: unknown) => {
      this.failure.abort(error);
    });
  }

  /** @throws Error when the worker fails; faults of files are among the findings instead */
  async scan(files: readonly RecordFile[]): Promise<Findings> {
    this.underWay += 1;
    try {
      return await this.pool.run(localFilesOf(files), { signal: this.failure.signal });
    } catch (error) {
      const reason = expectedMessage(this.failure.signal.aborted ? this.failure.signal.reason : error);
      throw new Error(`a worker thread failed (${reason}): try again with '--workers 1'`, { cause: error });
    } finally {
      this.underWay -= 1;
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

/** Files of this machine, as another thread gets them. */
export function localFilesOf(files: readonly RecordFile[]): readonly WorkerFile[] {
  return files.flatMap(({ path, bytes }) => (path === undefined ? [] : [{ path, bytes }]));
}

/** Their bytes on disk. */
export function sizeOf(files: readonly RecordFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function textSizeOf(deployment: Deployment): number {
  return JSON.stringify(deployment).length;
}
