import { printError } from "../../lib/support/print";
import { writeFile } from "../../lib/support/write-file";
import type { ReportSource } from "../../report/report-source";
import type { ReportRequest } from "./request";
import { unwritable } from "./request";

const KILOBYTE = 1000;

/** Writes a report where it was asked for. On standard output it stands alone: true then. */
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

/** What took long, or was paid for, is printed even where the report cannot be written, as a chart of what nothing matched. */
export async function writeOrPrint(write: () => Promise<boolean>, print: () => void): Promise<void> {
  let isAlone = false;
  try {
    isAlone = await write();
  } finally {
    if (!isAlone) print();
  }
}
