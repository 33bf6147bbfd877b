import { open } from "node:fs/promises";

/** Enough for a traceback or an error of Terraform with its context. */
const TAIL_BYTES = 32_768;

/** The end of a log file; empty when there is none yet. */
export async function endOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The last lines of a log file, indented, for an error message. */
export async function lastLines(file: string, count: number): Promise<string> {
  const lines = (await endOf(file)).split("\n").filter((line) => line.trim() !== "");
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join("\n");
}
