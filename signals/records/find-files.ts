import { createReadStream, statSync } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { RecordFile } from "./record-file";

const ENDINGS = [".json", ".jsonl", ".json.gz", ".jsonl.gz"];
/** CloudTrail's hashes of its files lie beside them, and hold no records. */
export const DIGESTS = "CloudTrail-Digest";

/** The standard input among the paths. */
export const STANDARD_INPUT = "-";

/** Large enough that most of CloudTrail's files are one chunk. */
const CHUNK = 256 * 1024;

/**
 * Files that a path stands for: itself, or everything below it that is named like records. Never more than a folder's
 * list at a time is held. A path that does not exist is given back, so that reading it says so.
 */
export async function* findFiles(path: string): AsyncGenerator<RecordFile> {
  if (path === STANDARD_INPUT) {
    yield { name: path, bytes: 0, open: () => process.stdin };
    return;
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) yield* filesBelow(path);
  else yield localFile(path, found?.size ?? 0);
}

/** A file on this machine. */
export function localFile(path: string, bytes = 0): RecordFile {
  return { name: path, bytes, path, open: () => createReadStream(path, { highWaterMark: CHUNK }) };
}

async function* filesBelow(folder: string): AsyncGenerator<RecordFile> {
  const names: { readonly name: string; readonly isFolder: boolean }[] = [];
  for await (const entry of await opendir(folder)) names.push({ name: entry.name, isFolder: entry.isDirectory() });
  names.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, isFolder } of names) {
    const path = join(folder, name);
    if (isFolder && name !== DIGESTS) yield* filesBelow(path);
    else if (!isFolder && isNamedLikeRecords(path, sep)) {
      yield localFile(path, statSync(path, { throwIfNoEntry: false })?.size);
    }
  }
}

/** Whether a file below a folder, or an object below a prefix, is taken for records. */
export function isNamedLikeRecords(path: string, separator: string): boolean {
  return ENDINGS.some((ending) => path.endsWith(ending)) && !path.split(separator).includes(DIGESTS);
}
