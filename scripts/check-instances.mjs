// Runs the rule no-unsafe-class-instance-assignment: where a class is expected, only what its constructor made. tsgolint
// has it, and oxlint does not know it yet: remove this once it does. Fails when tsgolint does not have the rule.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";
import { filesIn } from "./project-files.mjs";
import { tsgolint } from "./tsgolint.mjs";

const RULE = "no-unsafe-class-instance-assignment";

/** AssemblyScript. */
const OTHER_LANGUAGE = join("signals", "outlines", "assembly");

const named = process.argv.slice(2);
const files = (named.length > 0 ? named : filesIn("."))
  .filter((file) => file.endsWith(".ts") && !file.startsWith(OTHER_LANGUAGE))
  .map((file) => join(PROJECT, file));
const { status, messages } = tsgolint({ configs: [{ file_paths: files, rules: [{ name: RULE }] }] });
for (const { file_path: file, range, message } of messages) {
  const place = file === undefined ? "" : `${file}:${lineOf(file, range.pos)}: `;
  console.error(`${place}${message.description} (${RULE})`);
}
process.exitCode = status === 0 && messages.length > 0 ? 1 : status;

/** tsgolint counts bytes. */
function lineOf(file, position) {
  return readFileSync(file).subarray(0, position).toString().split("\n").length;
}
