import { FileFaults } from "../../records/file-faults";
import { readChunks, reasonOf } from "../../records/read-chunks";
import { readWhole } from "../../records/read-whole";
import { RecordError } from "../../records/record-error";
import type { RecordFile } from "../../records/record-file";
import { EMPTY_FILE } from "../../records/record-splitter";
import type { Scanner } from "./scanner";

/** Scans a file, or notes under its number why it, or part of it, cannot be read. */
export async function scanFile(scanner: Scanner, file: RecordFile, number: number): Promise<void> {
  const faults = new FileFaults();
  let end: string | undefined;
  try {
    await scanParts(scanner, file, faults);
  } catch (error) {
    end = reasonOf(error);
  }
  const reason = faults.reason(end);
  if (reason !== undefined) scanner.unreadable(number, reason);
}

async function scanParts(scanner: Scanner, file: RecordFile, faults: FileFaults): Promise<void> {
  if (file.path !== undefined && scanner.scanWhole(file.path, file.bytes, faults)) return;
  const splitter = scanner.splitter();
  const whole = file.path === undefined ? undefined : readWhole(file.path, file.bytes);
  if (whole !== undefined) {
    splitter.add(whole);
  } else {
    for await (const chunk of readChunks(file)) {
      splitter.add(chunk);
      scanner.scan(splitter, faults);
    }
  }
  splitter.end();
  scanner.scan(splitter, faults);
  if (splitter.isEmpty) throw new RecordError(EMPTY_FILE);
}
