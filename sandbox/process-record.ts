import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSameProcess, processStart } from "../lib/support/process-identity";

/**
 * A file for each running program, named by its pid: programs that start at the same time cannot overwrite each other's
 * record.
 */
const FOLDER = "processes";

/** Records in a work folder that a program runs, so that the next sandbox there can end it if this one cannot. */
export function recordProcess(workFolder: string, pid: number): void {
  const start = processStart(pid);
  if (start === undefined) return;
  mkdirSync(join(workFolder, FOLDER), { recursive: true });
  writeFileSync(join(workFolder, FOLDER, String(pid)), start);
}

/** Removes the record of a program that has ended. */
export function forgetProcess(workFolder: string, pid: number): void {
  rmSync(join(workFolder, FOLDER, String(pid)), { force: true });
}

/**
 * Ends what a killed sandbox left running: each program that the folder records, with its process group. A process that
 * only reuses the pid has another start time, and is not touched.
 *
 * @returns pids of the programs that were ended
 */
export function endLeftProcesses(workFolder: string): number[] {
  return recordedIn(workFolder).flatMap(([pid, start]) => {
    if (!isSameProcess(pid, start)) return [];
    try {
      // An orderly end has no use any more: they worked for the sandbox that is gone.
      process.kill(-pid, "SIGKILL");
      return [pid];
    } catch {
      return [];
    }
  });
}

function recordedIn(workFolder: string): [number, string][] {
  const folder = join(workFolder, FOLDER);
  try {
    return readdirSync(folder)
      .filter((name) => /^[1-9]\d*$/.test(name) && Number(name) > 1)
      .map((name) => [Number(name), readFileSync(join(folder, name), "utf8")]);
  } catch {
    return [];
  }
}
