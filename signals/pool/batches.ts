import type { RecordFile } from "../records/record-file";

/** Packed bytes of a batch: some tens of milliseconds of work, so that no core waits long for the last one. */
const BATCH_BYTES = 1024 * 1024;
/** What opening a file costs, in bytes of reading. */
const FILE_BYTES = 2048;

/** Files one after another, together as large as is worth the way to another thread. */
export async function* batchesOf(files: AsyncIterable<RecordFile>): AsyncGenerator<readonly RecordFile[]> {
  let batch: RecordFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    // What cannot be opened in another thread is a batch of its own.
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
