import { createReadStream, lstatSync, readdirSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { irregularity } from "../../lib/support/regular-file";
import { codeOf, reasonOf } from "./read-chunks";
import type { RecordFile } from "./record-file";
import { RecordError } from "./record-error";
import { skipReason, type OnSkipped } from "./skipped-names";

/** The path that means standard input. */
export const STANDARD_INPUT = "-";

/** Large enough that most CloudTrail files are one chunk. */
const CHUNK = 256 * 1024;

/**
 * The files of a path: the path itself, or every file below it with any name, except hidden files and digests. At most
 * one folder's list is held at a time. What cannot be read, such as a folder without permission or a named pipe, is
 * returned as a file that gives the reason when it is opened. Not asynchronous: a promise for each file at each depth
 * would cost more than listing.
 */
export function* findFiles(path: string, onSkipped: OnSkipped = () => undefined): Generator<RecordFile> {
  if (path === STANDARD_INPUT) {
    yield { name: path, bytes: 0, open: () => process.stdin };
    return;
  }
  const stats = statsOf(path);
  if (stats instanceof RecordError) yield unreadableFile(path, stats);
  else if (stats.isDirectory()) yield* new FolderWalk(onSkipped).below(path, stats);
  else yield fileOf(path, stats);
}

/** A file on this machine. */
export function localFile(path: string, bytes = 0): RecordFile {
  return { name: path, bytes, path, open: () => createReadStream(path, { highWaterMark: CHUNK }) };
}

class FolderWalk {
  /**
   * Folders already entered, by an identity that is the same behind every link: links may lead back, or to one place
   * twice.
   */
  private readonly entered = new Map<string, string>();

  constructor(private readonly onSkipped: OnSkipped) {}

  *below(folder: string, { dev, ino }: Stats): Generator<RecordFile> {
    const key = `${dev} ${ino}`;
    const known = this.entered.get(key);
    if (known !== undefined) {
      this.onSkipped({ file: folder, reason: `the same folder as ${known}` });
      return;
    }
    this.entered.set(key, folder);
    let names: string[] = [];
    try {
      names = readdirSync(folder);
    } catch (error) {
      yield unreadableFile(folder, new RecordError(reasonOf(error), { cause: error }));
    }
    for (const name of names.sort((one, other) => (one < other ? -1 : 1))) {
      const path = join(folder, name);
      const reason = skipReason(name);
      if (reason === undefined) yield* this.entry(path);
      else this.onSkipped({ file: path, reason });
    }
  }

  private *entry(path: string): Generator<RecordFile> {
    const stats = statsOf(path);
    if (stats instanceof RecordError) yield unreadableFile(path, stats);
    else if (stats.isDirectory()) yield* this.below(path, stats);
    else yield fileOf(path, stats);
  }
}

function fileOf(path: string, stats: Stats): RecordFile {
  const what = irregularity(stats);
  if (what === undefined) return localFile(path, stats.size);
  return unreadableFile(path, new RecordError(`${what}: only regular files are read; pipe records into '-' instead`));
}

function unreadableFile(name: string, error: RecordError): RecordFile {
  const open = (): never => {
    throw error;
  };
  return { name, bytes: 0, open };
}

function statsOf(path: string): Stats | RecordError {
  try {
    return statSync(path);
  } catch (error) {
    // Only a link can exist and lead nowhere.
    const isBroken = codeOf(error) === "ENOENT" && lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return new RecordError(isBroken ? "a link to what is not there" : reasonOf(error), { cause: error });
  }
}
