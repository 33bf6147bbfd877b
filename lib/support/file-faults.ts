import { abbreviated } from "./abbreviated";
import { counted } from "./counted";
import { printableLine } from "./printable";

/** A file that was not read, or not completely. */
export interface FileFault {
  readonly file: string;
  readonly reason: string;
}

/** The files of one reason, as printable text. */
export interface FaultGroup {
  readonly reason: string;
  readonly files: readonly string[];
}

/** Files listed per reason. */
const SHOWN_FILES = 5;

/** The files of each reason, which is alike where only values and numbers in it differ; most files first. */
export function byReason(faults: readonly FileFault[]): FaultGroup[] {
  const groups = new Map<string, { readonly reasons: Set<string>; readonly files: string[] }>();
  for (const { file, reason } of faults) {
    const kind = reason.replace(/'.*?'(?!\w)/gs, "''").replace(/\d+/g, "0");
    const group = groups.get(kind) ?? { reasons: new Set(), files: [] };
    groups.set(kind, group);
    group.reasons.add(printableLine(reason));
    group.files.push(printableLine(file));
  }
  return [...groups.values()]
    .map(({ reasons: [first = "", ...others], files }) => ({
      reason: others.length === 0 ? first : `${first}, and similar`,
      files,
    }))
    .sort((one, other) => other.files.length - one.files.length);
}

/** Many files are counted, with some of their names. */
export function filesText(files: readonly string[]): string {
  const names = abbreviated(files, SHOWN_FILES);
  return files.length > SHOWN_FILES ? `${counted(files.length, "file")} (${names})` : names;
}

/** What to do about reasons that do not say it themselves. */
const REMEDIES: readonly (readonly [reason: RegExp, remedy: (files: string) => string])[] = [
  [/^(truncated|damaged) gzip|^empty$|in the middle/, (files) => `copy ${files} again, because content is missing`],
  [/^no permission/, (files) => `change the permissions of ${files}, or run this as the owner`],
  [/^not (JSON|CloudTrail)/, (files) => `leave out ${files}, because only CloudTrail records in JSON are read`],
];

/** What to do about the reason of the most files; undefined if nothing is known. */
export function remedyOf([most]: readonly FaultGroup[]): string | undefined {
  if (most === undefined || most.reason.includes("; ")) return undefined;
  const [first = ""] = most.files;
  const files = most.files.length === 1 ? first : `the ${counted(most.files.length, "file")}`;
  return REMEDIES.find(([reason]) => reason.test(most.reason))?.[1](files);
}
