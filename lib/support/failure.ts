import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { inspect } from "node:util";
import { fileErrorText } from "./file-error";
import { packageFile } from "./package-file";
import { printError } from "./print";
import { withSourcePlaces } from "./source-places";

const LOGS_FOLDER = join(".trailwatch", "logs");

/**
 * Names of errors that only a bug in the code raises, never a mistake in a user's input: those of JavaScript itself, of
 * `node:assert`, and of a zod schema whose issues were not turned into messages. They are compared by name, because an
 * error of another realm (a worker, a test) is not an instance of this realm's classes.
 */
const INTERNAL_NAMES = new Set([
  "AssertionError",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
  "ZodError",
  "$ZodError",
]);

/**
 * Codes of Node.js for wrong use of its APIs. Excluded are codes for files, for connections that break or cannot be
 * trusted, and for memory limits.
 */
const NODE_CODE =
  /^ERR_(?!FS_|SSL_|TLS_|SOCKET_CONNECTION_TIMEOUT|STREAM_PREMATURE_CLOSE|STRING_TOO_LONG|WORKER_(?:INIT_FAILED|OUT_OF_MEMORY))/;

/** Errors of JavaScript's own classes with an external cause, and their messages. */
const OUTSIDE: readonly {
  readonly is: (error: Error, code: string) => boolean;
  readonly text: (error: Error) => string;
}[] = [
  // fetch() hides why it failed in its cause.
  { is: ({ message }) => message === "fetch failed", text: (error) => `${error.message}: ${causeOf(error)}` },
  // From a variable or a setting, such as AWS_ENDPOINT_URL.
  {
    is: (_, code) => code === "ERR_INVALID_URL",
    text: (error) => `'${"input" in error ? String(error.input) : ""}' is not a URL`,
  },
  // The AWS SDK adds these to any error from parsing a response, for example the HTML page of a proxy.
  {
    is: (error) => "$metadata" in error || "$response" in error,
    text: (error) => `AWS sent an answer that cannot be read: ${error.message}`,
  },
];

/** Whether the error is a bug in Trailwatch. Any other error has a message for the user. */
export function isInternal(error: unknown): boolean {
  if (!isError(error)) return true;
  return looksInternal(error) && outsideText(error) === undefined;
}

function looksInternal(error: Error): boolean {
  return INTERNAL_NAMES.has(error.name) || NODE_CODE.test(codeOf(error));
}

function outsideText(error: Error): string | undefined {
  if (!looksInternal(error)) return undefined;
  return OUTSIDE.find(({ is }) => is(error, codeOf(error)))?.text(error);
}

/**
 * The text to print for an error that ends a command: its message. For a bug in Trailwatch, the text says so, and names
 * the log and what to report. This call writes the log.
 *
 * @param error - anything that was thrown
 */
export function failureText(error: unknown): string {
  if (isInternal(error)) return internalText(error);
  return messageOf(error as Error);
}

/**
 * The message of an expected error, for use in a longer message. A bug in Trailwatch is rethrown: no message may make
 * it look like the user's mistake, or like an answer of AWS.
 */
export function expectedMessage(error: unknown): string {
  if (isInternal(error)) throw error;
  return messageOf(error as Error);
}

function messageOf(error: Error): string {
  // A refused connection has no message of its own.
  return fileErrorText(error) ?? outsideText(error) ?? (error.message || codeOf(error) || error.name);
}

/**
 * Ends the process with exit code 1 and one message, instead of a stack trace, when an error is not caught. Programs
 * that the process started and that end with it are ended too.
 */
export function reportUncaught(): void {
  const end = (error: unknown): void => {
    printError(failureText(error));
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}

function internalText(error: unknown): string {
  const what = isError(error)
    ? `${error.name}: ${error.message}`
    : `a value that is no error was thrown: ${valueText(error)}`;
  const { version } = packageFile();
  const report = [
    `version:      ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
    `command line: ${commandLine()}`,
  ];
  const log = writeLog([...report, `folder:       ${process.cwd()}`, "", stackOf(error), ""].join("\n"));
  return [
    `This is a bug in Trailwatch, not a mistake of yours (${what.split("\n")[0] ?? ""}).`,
    "Please report it with these three:",
    ...report.map((line) => `  ${line}`),
    `  log:          ${log}`,
  ].join("\n");
}

/** @returns the file, or why it could not be written */
function writeLog(text: string): string {
  const name = `${new Date().toISOString().replace(/[:.]/g, "-")}-${process.pid}.log`;
  let reason: unknown;
  for (const folder of [resolve(LOGS_FOLDER), join(tmpdir(), "trailwatch-logs")]) {
    try {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file.startsWith(process.cwd()) ? relative(process.cwd(), file) : file;
    } catch (error) {
      reason = error;
    }
  }
  return `none, it cannot be written (${String(reason)}); the stack:\n${text}`;
}

function commandLine(): string {
  return process.argv
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/** The stack of an error and of each cause, outermost first. */
function stackOf(error: unknown): string {
  if (!isError(error)) return valueText(error);
  const stack = withSourcePlaces(error.stack ?? `${error.name}: ${error.message}`);
  const aggregated = "errors" in error && Array.isArray(error.errors) ? error.errors.map(stackOf) : [];
  const causes = error.cause === undefined ? aggregated : [...aggregated, stackOf(error.cause)];
  return [stack, ...causes].join("\nCaused by: ");
}

function causeOf({ cause }: Error): string {
  return isError(cause) ? cause.message || codeOf(cause) : String(cause);
}

/** Also for errors of another realm. */
function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (typeof value === "object" && value !== null && Object.prototype.toString.call(value) === "[object Error]")
  );
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function valueText(value: unknown): string {
  return inspect(value, { depth: 4 });
}
