import { shownPath } from "../../lib/support/printable";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { findChromium } from "../../report/find-chromium";
import { formatOf, type ReportFormat } from "../../report/format";
import type { ReportOptions } from "./options";
import { expectedMessage } from "../../lib/support/failure";
import { checkWritable } from "../../lib/support/write-file";

/** A requested report that can be written, as far as can be checked ahead. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** @default - standard output */
  readonly file?: string;
  readonly chart?: string;
  /** The program that renders a PNG. */
  readonly chromium?: string;
}

/**
 * What to write; undefined: no report. Checked before anything is read, because reading may take long.
 *
 * @throws Error for a report that cannot be written
 */
export function reportRequest(options: ReportOptions & { readonly json?: boolean }): ReportRequest | undefined {
  const { report: file, format: named, chart, json = false } = options;
  const format = named ?? (file === undefined ? undefined : formatOf(file));
  if (file === undefined && format === undefined) {
    if (chart === undefined) return undefined;
    throw new Error("'--chart' must come with '--report <file>.svg' or '--format svg'");
  }
  if (format === undefined) {
    throw new Error(
      `'--report' must end in .html, .md, .svg or .png, or '--format' must be given, got '${shownPath(file ?? "")}'`,
    );
  }
  if (chart !== undefined && format !== "svg" && format !== "png") {
    throw new Error(`'--chart' must come with a report of one chart, .svg or .png, got ${format}`);
  }
  if (file === undefined && format === "png") {
    throw new Error("'--format png' must come with '--report <file>': a terminal cannot show an image");
  }
  if (file === undefined && json) {
    throw new Error("'--json' must come without '--format', or with '--report <file>': both are for standard output");
  }
  if (file !== undefined) checkFile(file);
  return {
    format,
    file,
    chart,
    ...(format === "png" ? { chromium: chromiumFor() } : {}),
  };
}

function checkFile(file: string): void {
  if (!existsSync(dirname(file))) {
    throw new Error(
      `'--report' must be a file in a folder that exists, got '${shownPath(file)}': create '${dirname(file)}'`,
    );
  }
  if (existsSync(file)) checkPresent(file);
  try {
    checkWritable(file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function checkPresent(file: string): void {
  const found = statSync(file);
  if (found.isDirectory()) throw new Error(`'--report' must be a file, got the folder '${shownPath(file)}'`);
  // With --format any file name works, so a file of records or an account file could be named by mistake.
  if (found.isFile() && formatOf(file) === undefined) {
    throw new Error(
      `refusing to overwrite '${shownPath(file)}' with '--report': it is not a Trailwatch report; name one that ends in .html, .md, .svg or .png, or that does not exist`,
    );
  }
}

/** What is said of a report that cannot be written, ahead or at last. */
export function unwritable(file: string, error: unknown): Error {
  const why = expectedMessage(error);
  const code = error instanceof Error && "code" in error ? `(${String(error.code)}); ` : "";
  return new Error(`'--report' must be a file that can be written, got '${shownPath(file)}' ${code}${why}`, {
    cause: error,
  });
}

function chromiumFor(): string {
  const chromium = findChromium();
  if (chromium !== undefined) return chromium;
  throw new Error(
    "a PNG is rendered by Chromium or Chrome, and none was found: install one, name it in TRAILWATCH_CHROMIUM, or use .svg",
  );
}
