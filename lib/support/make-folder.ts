import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder with those above it, unless it is there.
 *
 * @param mode permissions of those that are made. @default 0o777, less what the process masks
 * @throws Error of the system, with its `code` and the folder's path
 */
export function makeFolder(path: string, mode?: number): void {
  const options = mode === undefined ? {} : { mode };
  try {
    mkdirSync(path, { recursive: true, ...options });
  } catch (error) {
    // Node reports this for a read-only file system, too. Creating the first missing folder gives the real reason.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") mkdirSync(firstMissing(resolve(path)), options);
    throw error;
  }
}

function firstMissing(path: string): string {
  const above = dirname(path);
  return existsSync(above) ? path : firstMissing(above);
}
