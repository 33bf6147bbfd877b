import { setImmediate } from "node:timers/promises";
import { OutlineThread, outlinesIn, type OutlineAnswer } from "../outlines/outline-thread";
import type { RecordFile } from "../records/record-file";
import type { Findings } from "../replay/evaluation/findings";
import { scanFile } from "../replay/prefilter/scan-file";
import type { Scanner } from "../replay/prefilter/scanner";
import { localFilesOf, sizeOf } from "./scanning-pool";

/** How long this thread scans without a turn of the event loop, which costs as much as a small file. */
const TURN_MILLISECONDS = 5;

/** Batches of more bytes on disk are outlined in this thread: several of them would take too much memory. */
const MOST_OUTLINED_BYTES = 1024 * 1024;

/** What this thread scans by itself, with another one that outlines files ahead. */
export class OwnScan {
  private thread: OutlineThread | undefined;
  private turned = performance.now();

  constructor(private readonly scanner: Scanner) {}

  /** Starts the thread that outlines, once. */
  startOutlining(): void {
    const { search } = this.scanner;
    if (search !== undefined) this.thread ??= new OutlineThread(search);
  }

  /** Has a batch outlined ahead. Undefined where nothing will be known of it. */
  outline(files: readonly RecordFile[]): Promise<OutlineAnswer | undefined> | undefined {
    if (files[0]?.path === undefined || sizeOf(files) > MOST_OUTLINED_BYTES) return undefined;
    return this.thread?.outline(localFilesOf(files));
  }

  /** Scans a batch, one at a time. */
  async scan(files: readonly RecordFile[], outlined?: Promise<OutlineAnswer | undefined>): Promise<Findings> {
    const answer = await outlined;
    const outlines = answer && outlinesIn(answer);
    for (const [number, file] of files.entries()) {
      await scanFile(this.scanner, file, number, outlines && [outlines[number]]);
      if (performance.now() - this.turned < TURN_MILLISECONDS) continue;
      // Lets workers deliver their results, and get more batches.
      await setImmediate();
      this.turned = performance.now();
    }
    if (answer !== undefined) this.thread?.release(answer);
    return this.scanner.take();
  }

  async close(): Promise<void> {
    await this.thread?.close();
  }
}
