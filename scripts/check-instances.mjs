// Runs the rule no-unsafe-class-instance-assignment: where a class is expected, only what its constructor made. tsgolint
// has it, and oxlint, which starts tsgolint for rules that need types, does not know it yet. So this starts tsgolint as
// oxlint does. Remove it once oxlint has the rule. Fails when tsgolint does not have it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";
import { filesIn } from "./project-files.mjs";

const RULE = "no-unsafe-class-instance-assignment";

/** AssemblyScript. */
const OTHER_LANGUAGE = join("signals", "outlines", "assembly");

/** A message of tsgolint: the length of its text as 4 bytes, its kind as one byte, and its text, which is JSON. */
const HEAD_BYTES = 5;

const named = process.argv.slice(2);
const files = (named.length > 0 ? named : filesIn("."))
  .filter((file) => file.endsWith(".ts") && !file.startsWith(OTHER_LANGUAGE))
  .map((file) => join(PROJECT, file));
const tsgolint = createRequire(import.meta.url).resolve("oxlint-tsgolint/bin/tsgolint.js");
const input = JSON.stringify({ version: 2, configs: [{ file_paths: files, rules: [{ name: RULE }] }] });
const options = { cwd: PROJECT, input, maxBuffer: 2 ** 28, stdio: ["pipe", "pipe", "inherit"] };
const { status, stdout } = spawnSync(process.execPath, [tsgolint, "headless"], options);
const problems = [...messagesIn(stdout)];
for (const { file_path: file, range, message } of problems) {
  const place = file === undefined ? "" : `${file}:${lineOf(file, range.pos)}: `;
  console.error(`${place}${message.description} (${RULE})`);
}
process.exitCode = status === 0 && problems.length > 0 ? 1 : status;

function* messagesIn(output) {
  for (let at = 0; at < output.length;) {
    const end = at + HEAD_BYTES + output.readUInt32LE(at);
    yield JSON.parse(output.toString("utf8", at + HEAD_BYTES, end));
    at = end;
  }
}

/** tsgolint counts bytes. */
function lineOf(file, position) {
  return readFileSync(file).subarray(0, position).toString().split("\n").length;
}
