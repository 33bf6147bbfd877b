import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { shownPath } from "../lib/support/printable";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { IMPORTS_HEAD, importsText, type ImportBlock } from "./import-blocks";

/**
 * Writes one file for each stack, and gives their paths.
 *
 * @throws Error when another file is in the way; then nothing is written
 */
export function writeImports(folder: string, blocks: readonly ImportBlock[]): string[] {
  const stacks = [...new Set(blocks.map(({ stack }) => stack))].sort();
  const files = stacks.map((stack) => ({
    path: join(folder, `${stack}.imports.tf`),
    text: importsText(blocks.filter((block) => block.stack === stack)),
  }));
  const foreign = files.filter(({ path }) => existsSync(path) && !readRegularFile(path).startsWith(IMPORTS_HEAD));
  if (foreign.length > 0) {
    const paths = foreign.map(({ path }) => `'${shownPath(path)}'`).join(", ");
    throw new Error(
      `'--imports' must name a folder without files of others, got ${paths}; move them, or give another folder`,
    );
  }
  if (files.length > 0) makeFolder(folder);
  for (const { path, text } of files) writeFile(path, text);
  return files.map(({ path }) => path);
}
