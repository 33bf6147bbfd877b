import { join } from "node:path";
import Piscina from "piscina";
import { expectedMessage } from "../../lib/support/failure";
import type { Deployment } from "../deployment/deployment";
import type { RecordFile } from "../records/record-file";
import type { Findings } from "../replay/evaluation/findings";
import type { EvaluatorOptions } from "../replay/evaluation/evaluator-options";

/** What a worker needs to examine files by itself. */
export interface WorkerSetup {
  readonly deployment: Deployment;
  readonly options: EvaluatorOptions;
}

export type WorkerFile = Required<Pick<RecordFile, "path" | "bytes">>;

/** Most of what a worker makes is thrown away at once: room for it saves collecting it again and again. */
const YOUNG_MEGABYTES = 16;
/** What a worker keeps besides its compiled patterns; without a limit V8 lets garbage pile up to several times that. */
const KEPT_MEGABYTES = 160;
/** Room for compiled patterns: megabytes for each of the deployment's JSON, generously. */
const PATTERN_FACTOR = 40;

/** Threads that examine files of this machine. */
export class ScanningPool {
  /** Batches that have been handed over and are not back. */
  underWay = 0;
  private readonly pool: Piscina<readonly WorkerFile[], Findings>;

  /**
   * Aborts when a worker fails before it has a task, because no task would report the error. It is not a promise:
   * whatever is raced against a promise is kept for as long as that is pending.
   */
  private readonly failure = new AbortController();

  constructor(setup: WorkerSetup, workers: number) {
    this.pool = new Piscina({
      filename: join(__dirname, "worker.cjs"),
      // Started as there is work: a least number would be started again and again where they fail.
      minThreads: 0,
      maxThreads: workers,
      idleTimeout: Infinity,
      workerData: setup,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        maxOldGenerationSizeMb: KEPT_MEGABYTES + Math.ceil((sizeOf(setup.deployment) / 1e6) * PATTERN_FACTOR),
      },
    });
    this.pool.on("error", (error: unknown) => {
      this.failure.abort(error);
    });
  }

  /** @throws Error when the worker fails, which is no fault of a file: those are among the findings */
  async scan(files: readonly RecordFile[]): Promise<Findings> {
    const local = files.flatMap(({ path, bytes }) => (path === undefined ? [] : [{ path, bytes }]));
    this.underWay += 1;
    try {
      return await this.pool.run(local, { signal: this.failure.signal });
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

function sizeOf(deployment: Deployment): number {
  return JSON.stringify(deployment).length;
}
