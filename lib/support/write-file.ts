import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileErrorText } from "./file-error";

export interface WriteOptions {
  /** Permissions of a file that did not exist. @default 0o666, less what the process masks */
  readonly mode?: number;
}

/** A file's new content, written to the disk next to it. */
export interface StagedFile {
  /** Replaces the file atomically. */
  readonly commit: () => void;
  /** Removes it, unless it is committed. */
  readonly discard: () => void;
}

/** A name may be 255 bytes long; a character takes up to four. */
const MOST_OF_NAME = 50;

/**
 * A file that a process with the same id left behind is overwritten, but links are not followed: others may write in
 * the folder.
 */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** Enough for any intended chain of links. Source: path_resolution(7), MAXSYMLINKS. */
const MOST_LINKS = 40;

/**
 * Writes a file completely or not at all: on a full disk, or if the process ends, the old content stays. Links are
 * followed, and permissions are kept. Devices and pipes, such as `/dev/stdout`, are written to directly.
 *
 * @throws Error that names the file, what is wrong and what to do
 */
export function writeFile(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const staged = stageFile(path, content, options);
  try {
    staged.commit();
  } finally {
    staged.discard();
  }
}

/**
 * Whether `writeFile` would be let write, as far as that is known before: nothing is opened.
 *
 * @throws Error that names the file, what is wrong and what to do
 */
export function checkWritable(path: string): void {
  try {
    const target = fileBehind(path);
    const present = target === undefined ? undefined : statSync(target, { throwIfNoEntry: false });
    if (present?.isDirectory() === true) throw folderError();
    if (present !== undefined) accessSync(path, constants.W_OK);
    // With the dot it has to be a folder.
    if (target !== undefined && present?.isFile() !== false) accessSync(`${dirname(target)}/.`, constants.W_OK);
  } catch (error) {
    throw named(error, path);
  }
}

/** The first half of `writeFile`, for several files that must change together. */
export function stageFile(path: string, content: string | Uint8Array, { mode = 0o666 }: WriteOptions = {}): StagedFile {
  try {
    const target = fileBehind(path);
    const present = target === undefined ? undefined : statSync(target, { throwIfNoEntry: false });
    if (target === undefined || (present !== undefined && !present.isFile() && !present.isDirectory())) {
      return {
        commit: naming(path, () => {
          writeFileSync(path, content);
        }),
        discard: () => undefined,
      };
    }
    // A rename would replace a read-only file, and its error for a folder would not say so.
    if (present !== undefined) accessSync(target, constants.W_OK);
    if (present?.isDirectory() === true) throw folderError();
    const temporary = join(dirname(target), `.${basename(target).slice(0, MOST_OF_NAME)}.trailwatch-${process.pid}`);
    const discard = (): void => {
      rmSync(temporary, { force: true, recursive: true });
    };
    try {
      writeSynced(temporary, content, present ?? { mode });
    } catch (error) {
      discard();
      throw error;
    }
    return {
      commit: naming(path, () => {
        renameSync(temporary, target);
      }),
      discard,
    };
  } catch (error) {
    throw named(error, path);
  }
}

function folderError(): Error {
  return Object.assign(new Error("folder"), { code: "EISDIR", syscall: "write" });
}

interface Attributes {
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

function writeSynced(file: string, content: string | Uint8Array, { mode, uid, gid }: Attributes): void {
  const descriptor = openSync(file, NEW_FILE, mode & 0o777);
  try {
    writeFileSync(descriptor, content);
    if (uid !== undefined && gid !== undefined) {
      if (uid !== process.getuid?.() || gid !== process.getgid?.()) keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Only an administrator can change a file's owner; otherwise the user who writes it owns the new file. */
function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    return;
  }
}

/** The file that links lead to, whether it exists or not; undefined for a special file such as `/dev/stdout`. */
function fileBehind(path: string): string | undefined {
  let file = resolve(path);
  for (let links = 0; links < MOST_LINKS; links += 1) {
    if (/^\/(?:dev|proc)\//.test(file)) return undefined;
    try {
      file = resolve(dirname(file), readlinkSync(file));
    } catch {
      return file;
    }
  }
  return file;
}

function naming(path: string, work: () => void): () => void {
  return () => {
    try {
      work();
    } catch (error) {
      throw named(error, path);
    }
  };
}

/** Names the file to be written in the error: system calls name the temporary file, or none. */
function named(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const text = fileErrorText({ code, syscall: "write", path });
  return text === undefined ? error : Object.assign(new Error(text, { cause: error }), { code });
}
