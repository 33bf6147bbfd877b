import { parseRecord, type CloudTrailRecord } from "./cloudtrail-record";
import { readChunks, reasonOf } from "./read-chunks";
import type { RecordFile } from "./record-file";
import { RecordError, RecordSplitter } from "./record-splitter";

/**
 * The records of a file, packed with gzip or not, a chunk's at a time. Records ahead of what cannot be read are given.
 *
 * @throws RecordError with the reason why the file, or the rest of it, cannot be read
 */
export async function* readRecords(file: RecordFile): AsyncGenerator<readonly CloudTrailRecord[]> {
  const splitter = new RecordSplitter();
  try {
    for await (const chunk of readChunks(file)) {
      splitter.add(chunk);
      yield* parsed(splitter);
    }
    splitter.end();
    yield* parsed(splitter);
  } catch (error) {
    throw error instanceof RecordError ? error : new RecordError(reasonOf(error), { cause: error });
  }
}

/** All records that are there, also those ahead of a bad one. */
function* parsed(splitter: RecordSplitter): Generator<readonly CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = [];
  try {
    while (splitter.next()) records.push(parseRecord(splitter.text()));
  } finally {
    if (records.length > 0) yield records;
  }
}
