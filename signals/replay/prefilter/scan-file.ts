import type { FileOutline } from "../../outlines/file-outline";
import { FileFaults } from "../../records/file-faults";
import { readChunks, reasonOf } from "../../records/read-chunks";
import { readWhole } from "../../records/read-whole";
import { RecordError } from "../../records/record-error";
import type { RecordFile } from "../../records/record-file";
import { EMPTY_FILE } from "../../records/record-splitter";
import type { Scanner } from "./scanner";

/** What another thread found in a file; undefined if it is not one that CloudTrail wrote. */
type Outlined = FileOutline | undefined;

/**
 * Scans a file, or notes under its number why it, or part of it, cannot be read. `outlined`: by another thread, which is
 * done here otherwise.
 */
export async function scanFile(
  scanner: Scanner,
  file: RecordFile,
  number: number,
  outlined?: readonly [Outlined],
): Promise<void> {
  const faults = new FileFaults();
  let end: string | undefined;
  try {
    await scanParts(scanner, file, faults, outlined);
  } catch (error) {
    end = reasonOf(error);
  }
  const reason = faults.reason(end);
  if (reason !== undefined) scanner.unreadable(number, reason);
}

async function scanParts(
  scanner: Scanner,
  file: RecordFile,
  faults: FileFaults,
  outlined?: readonly [Outlined],
): Promise<void> {
  const { path, bytes } = file;
  const outline = outlined === undefined && path !== undefined ? scanner.outline(path, bytes) : outlined?.[0];
  if (scanner.scanWhole(outline, faults)) return;
  const splitter = scanner.splitter();
  const whole = path === undefined ? undefined : readWhole(path, bytes);
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
