import { parentPort, workerData } from "node:worker_threads";
import { FileOutliner } from "./file-outliner";
import type { OutlineAnswer, OutlinedFile, OutlineRequest } from "./outline-thread";
import type { RecordSearch } from "./search-tables";

/** More than is needed at once, so that memory grows rarely. */
const HEADROOM = 512 * 1024;

const outliner = FileOutliner.of(workerData as RecordSearch);

/** Outlines the files of a request into its memory, or a larger one. */
parentPort?.on("message", ({ files, memory }: OutlineRequest) => {
  let target = Buffer.from(memory);
  let end = 0;
  const outlined = files.map(({ path, bytes }): OutlinedFile | undefined => {
    const outline = outliner?.outline(path, bytes);
    if (outline === undefined || outline.count === 0) return undefined;
    const at = end;
    end += outline.size;
    if (end > target.length) {
      const larger = Buffer.from(new ArrayBuffer(end + HEADROOM));
      target.copy(larger, 0, 0, at);
      target = larger;
    }
    return { at, count: outline.count, shift: outline.copyTo(target, at) };
  });
  const answer: OutlineAnswer = { outlined, memory: target.buffer };
  parentPort?.postMessage(answer, [target.buffer]);
});
