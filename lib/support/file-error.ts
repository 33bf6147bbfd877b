/** Why the file system refused, and how to fix it. Source: errno(3). */
const REFUSALS = {
  EACCES: ["permission is denied", "change its permissions, or run this as its owner"],
  EBUSY: ["it is in use, or is a mount of its own", "end what uses it, or choose another place"],
  EDQUOT: ["the disk quota is used up", "free space, or choose another place"],
  EEXIST: ["something is there already", "remove it, or choose another place"],
  EFBIG: ["the file would be too large", "choose another place"],
  EIO: ["the disk failed", "check the disk, or choose another place"],
  EISDIR: ["it is a folder", "name a file"],
  ELOOP: ["its symbolic links form a loop", "fix the links"],
  EMFILE: ["too many files are open", "raise the limit with 'ulimit -n'"],
  ENAMETOOLONG: ["the name is too long", "choose a shorter one"],
  ENOENT: ["it does not exist", "check the path, and create its folder"],
  ENOSPC: ["the disk is full", "free space, or choose another place"],
  ENOTDIR: ["a part of the path is a file, not a folder", "choose another path, or remove that file"],
  ENOTEMPTY: ["the folder is not empty", "empty it, or choose another one"],
  EPERM: ["the operation is not permitted", "change its permissions or attributes, or choose another place"],
  EROFS: ["the file system is read-only", "choose another place"],
} as const satisfies Readonly<Record<string, readonly [why: string, remedy: string]>>;

/** What a system call does to a file. System calls for processes and networks are not listed. */
const ACTIONS: Readonly<Record<string, string>> = {
  access: "read",
  chmod: "written",
  close: "written",
  copyfile: "copied",
  cp: "copied",
  fchmod: "written",
  fsync: "written",
  link: "written",
  lstat: "read",
  mkdir: "created",
  mkdtemp: "created",
  open: "opened",
  opendir: "read",
  read: "read",
  readlink: "read",
  realpath: "read",
  rename: "written",
  rm: "removed",
  rmdir: "removed",
  scandir: "read",
  stat: "read",
  symlink: "created",
  unlink: "removed",
  write: "written",
};

/**
 * The message for a file system error: which file, why, what to do. Undefined for any other error.
 *
 * @param fallback the path, used if the error names none: writing to an open file fails without one
 */
export function fileErrorText(error: unknown, fallback?: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code = "", syscall = "", path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const refusal = isRefusal(code) ? REFUSALS[code] : undefined;
  const action = ACTIONS[syscall];
  if (refusal === undefined || action === undefined) return undefined;
  const [why, remedy] = refusal;
  const file = dest ?? path ?? fallback;
  const what = file === undefined ? "a file" : `'${file}'`;
  return `${what} cannot be ${action}: ${why} (${code}); ${remedy}`;
}

/** Why the file system refused, and how to fix it, by the error code; undefined for any other code. */
export function refusalText(code: string): string | undefined {
  return isRefusal(code) ? REFUSALS[code].join(": ") : undefined;
}

/** The message of an error, with the remedy if it is a file system error. */
export function errorText(error: unknown): string {
  const text = fileErrorText(error);
  if (text !== undefined) return text;
  // Errors of Node itself are not instances of a test's `Error`.
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}

function isRefusal(code: string): code is keyof typeof REFUSALS {
  return Object.hasOwn(REFUSALS, code);
}
