import { randomBytes } from "node:crypto";
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { fileErrorText } from "./file-error";
import { isSameProcess, processStart } from "./process-identity";

/** The process that uses a folder. The start time distinguishes a process from a later one with the same id. */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly host: string;
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

const LOCK = ".trailwatch.lock";

const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** A stale lock is taken over at once. Several in a row mean that other processes take it over too. */
const ATTEMPTS = 5;

/**
 * Locks a folder for this process, for work that two processes must not do in it at the same time. A lock whose process
 * has ended is taken over.
 *
 * @param folder must exist
 * @returns a function that releases the lock
 * @throws Error that names the process that uses the folder
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, LOCK);
  const own = `${JSON.stringify(thisProcess())}\n`;
  const temporary = `${lock}-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(temporary, own);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw named(error, folder);
  }
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (isLinked(temporary, lock)) return releasing(lock, own);
      const text = read(lock);
      if (text === undefined) continue;
      const holder = parse(text);
      if (holder !== undefined && isRunning(holder)) throw new Error(inUse(folder, holder));
      takeAway(lock, text);
    }
    throw new Error(`'${folder}' must be used by one process at a time, got several that begin now: run it again`);
  } catch (error) {
    throw named(error, folder);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Names the folder in the error: the lock file's name would not help, and some system errors name no file. */
function named(error: unknown, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const text = syscall === undefined ? undefined : fileErrorText({ code, syscall: "write", path: folder });
  return text === undefined ? error : Object.assign(new Error(text, { cause: error }), { code });
}

function thisProcess(): Holder {
  const [, program = "node", ...args] = process.argv;
  return {
    pid: process.pid,
    started: processStart(process.pid) ?? "",
    host: hostname(),
    command: [basename(program, ".mjs"), ...args].join(" "),
    since: new Date().toISOString(),
  };
}

/** A process on another machine cannot be checked: the folder was copied from there together with its lock. */
function isRunning({ pid, started, host }: Holder): boolean {
  return host === hostname() && isSameProcess(pid, started);
}

function inUse(folder: string, { pid, command, since }: Holder): string {
  return (
    `'${folder}' is in use by process ${pid} ('${command}', since ${since}): ` +
    "wait until it has ended, or name another folder"
  );
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some file systems have no hard links; there, the lock file is empty for a moment.
    if (code !== undefined && NO_LINKS.includes(code)) return isCopied(from, to);
    throw error;
  }
}

function isCopied(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a stale lock away. If another process has taken it over meanwhile, the lock is put back. */
function takeAway(lock: string, stale: string): void {
  const aside = `${lock}-stale-${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (read(aside) !== stale) isLinked(aside, lock);
  rmSync(aside, { force: true });
}

function releasing(lock: string, own: string): () => void {
  const release = (): void => {
    process.off("exit", release);
    if (read(lock) === own) rmSync(lock, { force: true });
  };
  process.on("exit", release);
  return release;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { pid, started, host, command, since } = JSON.parse(text) as Partial<Holder>;
    if (pid === undefined || started === undefined || host === undefined) return undefined;
    return { pid, started, host, command: command ?? "", since: since ?? "" };
  } catch {
    return undefined;
  }
}
