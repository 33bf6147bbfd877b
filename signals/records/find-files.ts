import { opendir, stat } from "node:fs/promises";
import { join, sep } from "node:path";

const ENDINGS = [".json", ".jsonl", ".json.gz", ".jsonl.gz"];
/** CloudTrail's hashes of its files lie beside them, and hold no records. */
const DIGESTS = "CloudTrail-Digest";

/** The standard input among the paths. */
export const STANDARD_INPUT = "-";

/** A file, and its size where that is known. */
export interface FoundFile {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Files that a path stands for: itself, or everything below it that is named like records. Never more than a folder's
 * list at a time is held. A path that does not exist is given back, so that reading it says so.
 */
export async function* findFiles(path: string): AsyncGenerator<FoundFile> {
  const found = path === STANDARD_INPUT ? undefined : await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    yield { file: path, bytes: found?.size ?? 0 };
    return;
  }
  yield* filesBelow(path);
}

async function* filesBelow(folder: string): AsyncGenerator<FoundFile> {
  const names: { readonly name: string; readonly isFolder: boolean }[] = [];
  for await (const entry of await opendir(folder)) names.push({ name: entry.name, isFolder: entry.isDirectory() });
  names.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, isFolder } of names) {
    const path = join(folder, name);
    if (isFolder && name !== DIGESTS) yield* filesBelow(path);
    else if (!isFolder && ENDINGS.some((ending) => name.endsWith(ending)) && !path.includes(`${sep}${DIGESTS}${sep}`)) {
      yield { file: path, bytes: (await stat(path).catch(() => undefined))?.size ?? 0 };
    }
  }
}
