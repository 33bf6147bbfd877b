import type { CloudTrailRecord } from "./cloudtrail-record";
import { FileFaults, readParts } from "./file-faults";
import { readChunks, reasonOf } from "./read-chunks";
import { RecordError } from "./record-error";
import type { RecordFile } from "./record-file";
import { EMPTY_FILE, RecordSplitter } from "./record-splitter";
import { unwrapRecords } from "./unwrap-records";

/**
 * The records of a file, in any form that is read, a chunk's at a time. Records beside what cannot be read are given.
 *
 * @throws RecordError with the reason why the file, or some of it, cannot be read, once the others are given
 */
export async function* readRecords(file: RecordFile): AsyncGenerator<readonly CloudTrailRecord[]> {
  const splitter = new RecordSplitter();
  const faults = new FileFaults();
  let end: unknown;
  try {
    for await (const chunk of readChunks(file)) {
      splitter.add(chunk);
      yield* parsed(splitter, faults);
    }
    splitter.end();
    yield* parsed(splitter, faults);
    if (splitter.isEmpty) throw new RecordError(EMPTY_FILE);
  } catch (error) {
    end = error;
  }
  const reason = faults.reason(end === undefined ? undefined : reasonOf(end));
  if (reason !== undefined) throw new RecordError(reason, { cause: end });
}

/** All records that are there, also those ahead of a bad one. */
function* parsed(splitter: RecordSplitter, faults: FileFaults): Generator<readonly CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = [];
  const take = (record: CloudTrailRecord): void => {
    records.push(record);
    faults.records += 1;
  };
  try {
    readParts(splitter, faults, () => {
      unwrapRecords(splitter.text(), splitter.path, take);
    });
  } finally {
    if (records.length > 0) yield records;
  }
}
