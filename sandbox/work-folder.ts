import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const OWNER_FILE = "sandbox.pid";

/**
 * Empties a folder for a sandbox, and marks it as this process's.
 *
 * @param keep a folder of the user's that must not be emptied with it
 * @returns its absolute path
 */
export function prepareWorkFolder(folder: string, keep: string): string {
  const path = resolve(folder);
  if (!relative(path, resolve(keep)).startsWith("..")) {
    throw new Error(`'${keep}' must not lie in '${folder}', which is emptied: give another folder`);
  }
  const owner = ownerOf(path);
  if (owner !== undefined) {
    throw new Error(`process ${owner} uses '${folder}': end that sandbox first, or remove the folder if it is none`);
  }
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, OWNER_FILE), String(process.pid));
  return path;
}

/** Gives the folder up; what is in it stays, to be looked at. */
export function releaseWorkFolder(path: string): void {
  rmSync(join(path, OWNER_FILE), { force: true });
}

/** The running process that the folder belongs to; itself does not count. */
function ownerOf(path: string): number | undefined {
  const file = join(path, OWNER_FILE);
  if (!existsSync(file)) return undefined;
  const owner = Number(readFileSync(file, "utf8"));
  return Number.isSafeInteger(owner) && owner > 0 && owner !== process.pid && isRunning(owner) ? owner : undefined;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process: it runs.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
