import { join } from "node:path";
import { debuglog } from "node:util";
import { Worker } from "node:worker_threads";
import type { RecordFile } from "../records/record-file";
import { FileOutline } from "./file-outline";
import type { RecordSearch } from "./search-tables";

const debug = debuglog("trailwatch");

/** Set in a bundle: its file of the worker. */
declare const TRAILWATCH_OUTLINER: string | undefined;

const WORKER = typeof TRAILWATCH_OUTLINER === "string" ? TRAILWATCH_OUTLINER : join(__dirname, "outline-worker.cjs");

/** It keeps nothing between files: a small heap that is full now and then is enough. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

type LocalFile = Required<Pick<RecordFile, "path" | "bytes">>;

export interface OutlineRequest {
  readonly files: readonly LocalFile[];
  /** Passed on to the thread, and back with the answer. */
  readonly memory: ArrayBuffer;
}

export interface OutlineAnswer {
  /** By the number of the file; undefined for one that is for `RecordSplitter`, or cannot be read. */
  readonly outlined: readonly (OutlinedFile | undefined)[];
  readonly memory: ArrayBuffer;
}

/** Where an outline is in the memory, of how many records, and how far they are from where it says. */
export interface OutlinedFile {
  readonly at: number;
  readonly count: number;
  readonly shift: number;
}

/**
 * A thread that reads, unpacks and outlines files ahead: a third of the work of a replay. Where it fails, the files are
 * outlined without it.
 */
export class OutlineThread {
  private readonly worker: Worker;
  private readonly waiting: ((answer: OutlineAnswer | undefined) => void)[] = [];
  private readonly free: ArrayBuffer[] = [];
  private hasFailed = false;

  constructor({ pieces, names, namePieces, otherThan, hinted }: RecordSearch) {
    const plain = (some: RecordSearch["pieces"]) => some.map(({ text, starts, ends }) => ({ text, starts, ends }));
    const workerData: RecordSearch = {
      ...{ pieces: plain(pieces), names, namePieces: plain(namePieces), otherThan },
      hinted: hinted?.map((each) => ({ ...each, pieces: plain(each.pieces), namePieces: plain(each.namePieces) })),
    };
    this.worker = new Worker(WORKER, { workerData, resourceLimits: RESOURCE_LIMITS });
    this.worker.on("message", (answer: OutlineAnswer) => this.waiting.shift()?.(answer));
    this.worker.on("error", (error) => {
      debug("files are outlined without a thread of their own: %s", error);
      this.fail();
    });
    this.worker.on("exit", () => {
      this.fail();
    });
  }

  /** Outlines files, in the order of the calls. Undefined when the thread has failed. */
  async outline(files: readonly LocalFile[]): Promise<OutlineAnswer | undefined> {
    if (this.hasFailed) return undefined;
    const memory = this.free.pop() ?? new ArrayBuffer(0);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.worker.postMessage({ files, memory } satisfies OutlineRequest, [memory]);
    });
  }

  /** Takes back the memory of outlines that are no longer needed. */
  release({ memory }: OutlineAnswer): void {
    this.free.push(memory);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(): void {
    this.hasFailed = true;
    for (const resolve of this.waiting.splice(0)) resolve(undefined);
  }
}

/** The outlines of an answer, valid until its memory is released. */
export function outlinesIn({ outlined, memory }: OutlineAnswer): readonly (FileOutline | undefined)[] {
  const views = { words: new Uint32Array(memory), bytes: Buffer.from(memory) };
  return outlined.map((file) => file && new FileOutline(views, file.at, file.count, file.shift));
}
