import { printError } from "../../lib/support/print";
import { writeFile } from "../../lib/support/write-file";
import type { ReportSource } from "../../report/report-source";
import type { ReportRequest } from "./request";
import { unwritable } from "./request";

const KILOBYTE = 1000;

/** Writes a report to its destination. Returns true if it went to standard output, which then holds nothing else. */
export async function writeReport({ file, ...request }: ReportRequest, source: ReportSource): Promise<boolean> {
  const { renderReport } = await import("../../report/render.ts");
  const content = await renderReport(source, request);
  if (file === undefined) {
    process.stdout.write(content);
    return true;
  }
  try {
    writeFile(file, content);
  } catch (error) {
    throw unwritable(file, error);
  }
  const kilobytes = Math.ceil(Buffer.byteLength(content) / KILOBYTE);
  printError(`Wrote ${file} (${kilobytes.toLocaleString("en")} kB).`);
  return false;
}

/**
 * Print the result even if the report cannot be written, such as a chart of a detection without matches: it took long
 * or was paid for.
 */
export async function writeOrPrint(write: () => Promise<boolean>, print: () => void): Promise<void> {
  let isAlone = false;
  try {
    isAlone = await write();
  } finally {
    if (!isAlone) print();
  }
}
