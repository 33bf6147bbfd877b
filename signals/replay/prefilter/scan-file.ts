import { FileFaults } from "../../records/file-faults";
import { readChunks, reasonOf } from "../../records/read-chunks";
import { readWhole } from "../../records/read-whole";
import { RecordError } from "../../records/record-error";
import type { RecordFile } from "../../records/record-file";
import { EMPTY_FILE } from "../../records/record-splitter";
import type { Examiner } from "./scanner";

/** Examines a file, or notes under its number why it, or some of it, cannot be read. */
export async function examineFile(examiner: Examiner, file: RecordFile, number: number): Promise<void> {
  const faults = new FileFaults();
  let end: string | undefined;
  try {
    await examineParts(examiner, file, faults);
  } catch (error) {
    end = reasonOf(error);
  }
  const reason = faults.reason(end);
  if (reason !== undefined) examiner.unreadable(number, reason);
}

async function examineParts(examiner: Examiner, file: RecordFile, faults: FileFaults): Promise<void> {
  const splitter = examiner.splitter();
  const whole = file.path === undefined ? undefined : readWhole(file.path, file.bytes);
  if (whole !== undefined) {
    splitter.add(whole);
  } else {
    for await (const chunk of readChunks(file)) {
      splitter.add(chunk);
      examiner.examine(splitter, faults);
    }
  }
  splitter.end();
  examiner.examine(splitter, faults);
  if (splitter.isEmpty) throw new RecordError(EMPTY_FILE);
}
