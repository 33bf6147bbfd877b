import { writeFileSync } from "node:fs";
import type { ReportSource } from "../report/report-source";
import type { ReportRequest } from "./report-request";

const KILOBYTE = 1000;

/** Writes a report where it was asked for. On standard output it stands alone: true then. */
export async function writeReport({ file, ...request }: ReportRequest, source: ReportSource): Promise<boolean> {
  const { renderReport } = await import("../report/render.ts");
  const content = await renderReport(source, request);
  if (file === undefined) {
    process.stdout.write(content);
    return true;
  }
  try {
    writeFileSync(file, content);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`'--report' must be a file that can be written, got '${file}' (${code})`, { cause: error });
  }
  const kilobytes = Math.ceil(Buffer.byteLength(content) / KILOBYTE);
  process.stderr.write(`Wrote ${file} (${kilobytes.toLocaleString("en")} kB).\n`);
  return false;
}
