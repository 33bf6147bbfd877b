import { problemsText } from "./problems-text";

/** One problem in `accounts/`, and where. */
export interface Problem {
  /** Path of the setting within its file, such as `notifications.email[0]`. */
  readonly property: string;
  /** What it must be; continues a sentence after "must". */
  readonly rule: string;
  /** The present value, as in the file; undefined if there is none. */
  readonly value: string | undefined;
  /** Relative to the working directory, so that terminals and editors can open it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What to do about it, if the rule does not say. */
  readonly hint?: string | undefined;
}

/** All problems of an accounts folder. */
export class OrganizationError extends Error {
  public override readonly name = "OrganizationError";

  /** @param message a problem of the folder itself, which has no location in a file */
  constructor(
    public readonly problems: readonly Problem[],
    message = problemsText(problems),
  ) {
    super(message);
  }
}

/** In reading order of the files. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column);
}

/** By code unit, not by locale: the order must not depend on the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
