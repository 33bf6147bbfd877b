import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSameProcess, processStart } from "../lib/support/process-identity";

/** A file for each program that runs, named by its pid: programs that start at once cannot lose each other's. */
const FOLDER = "processes";

/** Notes in a work folder that a program runs, so that the next sandbox there can end it if this one cannot. */
export function recordProcess(workFolder: string, pid: number): void {
  const start = processStart(pid);
  if (start === undefined) return;
  mkdirSync(join(workFolder, FOLDER), { recursive: true });
  writeFileSync(join(workFolder, FOLDER, String(pid)), start);
}

/** Notes that a program has ended. */
export function forgetProcess(workFolder: string, pid: number): void {
  rmSync(join(workFolder, FOLDER, String(pid)), { force: true });
}

/**
 * Ends what a sandbox left that was killed itself: each program that the folder records, with its process group. One that
 * only has the same pid started at another time, and is left alone.
 *
 * @returns pids of the programs that were ended
 */
export function endLeftProcesses(workFolder: string): number[] {
  return recordedIn(workFolder).flatMap(([pid, start]) => {
    if (!isSameProcess(pid, start)) return [];
    try {
      // Nothing is left that would take what they do in order: they worked for the sandbox that is gone.
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
