import { join } from "node:path";
import Piscina from "piscina";
import type { Deployment } from "../deployment/deployment";
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
const YOUNG_MEGABYTES = 32;

/** Threads that examine files of this machine. */
export class ExaminingPool {
  private readonly pool: Piscina<readonly WorkerFile[], Findings>;

  constructor(setup: WorkerSetup, workers: number) {
    this.pool = new Piscina({
      filename: join(__dirname, "worker.mjs"),
      minThreads: workers,
      maxThreads: workers,
      workerData: setup,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
  }

  /** @throws Error when the worker fails, which is no fault of a file: those are among the findings */
  async examine(files: readonly RecordFile[]): Promise<Findings> {
    const local = files.flatMap(({ path, bytes }) => (path === undefined ? [] : [{ path, bytes }]));
    try {
      return await this.pool.run(local);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`a worker thread failed (${reason}): try again with '--workers 1'`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
