import { join } from "node:path";
import Piscina from "piscina";
import type { Deployment } from "../deployment/deployment";
import { reasonOf } from "../records/read-chunks";
import type { RecordFile } from "../records/record-file";
import type { Findings } from "../replay/findings";
import type { JudgeOptions } from "../replay/judge";

/** What a worker needs to examine files by itself. */
export interface WorkerSetup {
  readonly deployment: Deployment;
  readonly options: JudgeOptions;
}

export type WorkerFile = Required<Pick<RecordFile, "path" | "bytes">>;

/** Most of what a worker makes is thrown away at once: room for it saves collecting it again and again. */
const YOUNG_MEGABYTES = 16;
/** What a worker keeps besides its compiled patterns; without a limit V8 lets garbage pile up to several times that. */
const KEPT_MEGABYTES = 160;
/** Room for compiled patterns: megabytes for each of the deployment's JSON, generously. */
const PATTERN_FACTOR = 40;

/** Threads that examine files of this machine. */
export class ExaminingPool {
  private readonly pool: Piscina<readonly WorkerFile[], Findings>;

  /** Rejects when a worker fails before it has anything to do, which no task would hear of. */
  private readonly failure: Promise<never>;

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
    this.failure = new Promise((_resolve, reject) => this.pool.on("error", reject));
    this.failure.catch(() => undefined);
  }

  /** @throws Error when the worker fails, which is no fault of a file: those are among the findings */
  async examine(files: readonly RecordFile[]): Promise<Findings> {
    const local = files.flatMap(({ path, bytes }) => (path === undefined ? [] : [{ path, bytes }]));
    try {
      return await Promise.race([this.pool.run(local), this.failure]);
    } catch (error) {
      const reason = reasonOf(error);
      throw new Error(`a worker thread failed (${reason}): try again with '--workers 1'`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

function sizeOf(deployment: Deployment): number {
  return JSON.stringify(deployment).length;
}
