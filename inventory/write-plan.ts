import { rmSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "../lib/support/folder-lock";
import { readRegularFile } from "../lib/support/regular-file";
import { type StagedFile, stageFile, writeFile } from "../lib/support/write-file";
import { errorCodeOf } from "../organization/yaml/yaml-file";
import type { FileChange } from "./plan";

/**
 * Writes all changes or none. New texts are first written beside their files, under hidden names that the folder's
 * readers ignore; then each replaces its file atomically. On an error, the changes are undone.
 *
 * @throws Error when a file changed since the changes were computed
 */
export function writeChanges(folder: string, changes: readonly FileChange[]): void {
  const unlock = lockFolder(folder);
  const staged: StagedFile[] = [];
  const done: FileChange[] = [];
  try {
    for (const { file, before } of changes) requireUntouched(folder, file, before);
    // Last, as a file that is gone cannot be brought back to a full disk.
    const ordered = [...changes].sort((one, other) => Number(isRemoval(one)) - Number(isRemoval(other)));
    const steps = ordered.map(({ file, after }) => {
      const path = join(folder, file);
      if (after === undefined)
        return () => {
          rmSync(path);
        };
      const one = stageFile(path, after);
      staged.push(one);
      return one.commit;
    });
    for (const [index, change] of ordered.entries()) {
      done.push(change);
      steps[index]?.();
    }
  } catch (error) {
    for (const { file, before } of done) {
      if (before === undefined) rmSync(join(folder, file), { force: true });
      else if (textOf(join(folder, file)) !== before) writeFile(join(folder, file), before);
    }
    throw error;
  } finally {
    for (const { discard } of staged) discard();
    unlock();
  }
}

function isRemoval({ after }: FileChange): boolean {
  return after === undefined;
}

function requireUntouched(folder: string, file: string, before: string | undefined): void {
  const path = join(folder, file);
  if (textOf(path) === before) return;
  throw new Error(`'${path}' changed during the sync; nothing was written: run it again`);
}

function textOf(path: string): string | undefined {
  try {
    return readRegularFile(path);
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
