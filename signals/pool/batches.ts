import type { RecordFile } from "../records/record-file";

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
