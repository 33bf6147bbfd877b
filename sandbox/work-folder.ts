import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { isSameProcess, processStart } from "../lib/support/process-identity";
import { endLeftProcesses } from "./process-record";

const OWNER_FILE = "sandbox.pid";

/**
 * Empties a folder for a sandbox, and records this process as its owner. Processes that a killed sandbox left running
 * there are ended.
 *
 * @param keep a folder of the user's that must not be emptied with it
 * @returns its absolute path
 */
export function prepareWorkFolder(folder: string, keep: string): string {
  const path = resolve(folder);
  if (!relative(path, resolve(keep)).startsWith("..")) {
    throw new Error(`'${keep}' is in '${folder}', which the sandbox empties: use another folder`);
  }
  mkdirSync(path, { recursive: true });
  const owner = ownerOf(path);
  if (owner !== undefined) throw inUse(folder, owner);
  rmSync(join(path, OWNER_FILE), { force: true });
  try {
    // If two processes start at once, only one creates the file.
    writeFileSync(join(path, OWNER_FILE), `${process.pid} ${processStart(process.pid) ?? ""}`, { flag: "wx" });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EEXIST" ? inUse(folder, ownerOf(path)) : error;
  }
  endLeftProcesses(path);
  for (const name of readdirSync(path)) {
    if (name !== OWNER_FILE) rmSync(join(path, name), { recursive: true, force: true });
  }
  return path;
}

function inUse(folder: string, owner: number | undefined): Error {
  return new Error(
    `process ${owner ?? "of another sandbox"} uses '${folder}': stop that sandbox first, or remove the folder if it is not a sandbox`,
  );
}

/** Releases the folder; its content stays for inspection. */
export function releaseWorkFolder(path: string): void {
  rmSync(join(path, OWNER_FILE), { force: true });
}

/** The running process that owns the folder; this process does not count. */
function ownerOf(path: string): number | undefined {
  const file = join(path, OWNER_FILE);
  if (!existsSync(file)) return undefined;
  const [, pid = "", start = ""] = /^([1-9]\d*) ?(.*)$/.exec(readFileSync(file, "utf8")) ?? [];
  const owner = Number(pid);
  if (!Number.isSafeInteger(owner) || owner <= 0 || owner === process.pid) return undefined;
  // A record without a start time was written by an older version.
  const isRunning = start === "" ? processStart(owner) !== undefined : isSameProcess(owner, start);
  return isRunning ? owner : undefined;
}
