import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../lib/support/regular-file";
import { errorCodeOf } from "../organization/yaml-file";
import type { FileChange } from "./plan";

/**
 * Writes all changes or none. New texts are first written beside their files, under hidden names that no reader of the
 * folder looks at; then each takes its file's place at once. What fails on the way is undone.
 *
 * @throws Error when a file is no longer what the changes were made for
 */
export function writeChanges(folder: string, changes: readonly FileChange[]): void {
  for (const { file, before } of changes) requireUntouched(folder, file, before);

  const temporary = (file: string) => join(folder, `.${file}.trailwatch-${process.pid}`);
  const done: FileChange[] = [];
  try {
    for (const { file, after } of changes) {
      if (after !== undefined) writeFileSync(temporary(file), after, { mode: modeOf(join(folder, file)) });
    }
    for (const change of changes) {
      const path = join(folder, change.file);
      done.push(change);
      if (change.after === undefined) rmSync(path);
      else renameSync(temporary(change.file), path);
    }
  } catch (error) {
    for (const { file, before } of done) {
      if (before === undefined) rmSync(join(folder, file), { force: true });
      else writeFileSync(join(folder, file), before);
    }
    throw error;
  } finally {
    for (const { file } of changes) rmSync(temporary(file), { force: true, recursive: true });
  }
}

function requireUntouched(folder: string, file: string, before: string | undefined): void {
  const path = join(folder, file);
  if (textOf(path) === before) return;
  throw new Error(
    `'${path}' must stay as it was while it is synced, got another text; nothing was written: run it again`,
  );
}

function textOf(path: string): string | undefined {
  try {
    return readRegularFile(path);
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function modeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666;
}
