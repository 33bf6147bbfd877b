import type { ParsedRecord } from "./cloudtrail-record";
import { FileFaults, readParts } from "./file-faults";
import { readChunks, reasonOf } from "./read-chunks";
import { RecordError } from "./record-error";
import type { RecordFile } from "./record-file";
import { EMPTY_FILE, RecordSplitter } from "./record-splitter";
import { unwrapRecords } from "./unwrap-records";

/**
 * The records of a file in any supported form, one chunk at a time. Records next to unreadable parts are returned.
 *
 * @throws RecordError with the reason why the file, or part of it, cannot be read, after the other records are returned
 */
export async function* readRecords(file: RecordFile): AsyncGenerator<readonly ParsedRecord[]> {
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

/** All records, including those before a bad one. */
function* parsed(splitter: RecordSplitter, faults: FileFaults): Generator<readonly ParsedRecord[]> {
  const records: ParsedRecord[] = [];
  const take = (record: ParsedRecord): void => {
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
