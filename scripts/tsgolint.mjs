// Runs tsgolint, which oxlint starts for rules that need types, in the same way: for a rule that oxlint does not know, and
// for the errors of TypeScript 7 in files that read differently. As a program, it reads its input from the standard input
// and prints the messages as JSON.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PROJECT } from "./project.mjs";

/** A message: the length of its text as 4 bytes, its kind as one byte, and its text, which is JSON. */
const HEAD_BYTES = 5;

/**
 * @param input as oxlint gives it, in tsgolint's format 2
 * @returns its exit code, which is 0 whatever it found, and the messages: each with `file_path`, `range` in bytes and
 *   `message`, which has an `id` and a `description`
 */
export function tsgolint(input) {
  const program = createRequire(import.meta.url).resolve("oxlint-tsgolint/bin/tsgolint.js");
  const options = { cwd: PROJECT, input: JSON.stringify({ version: 2, ...input }), maxBuffer: 2 ** 28 };
  const stdio = ["pipe", "pipe", "inherit"];
  const { status, stdout } = spawnSync(process.execPath, [program, "headless"], { ...options, stdio });
  return { status: status ?? 1, messages: [...messagesIn(stdout)] };
}

function* messagesIn(output) {
  for (let at = 0; at < output.length;) {
    const end = at + HEAD_BYTES + output.readUInt32LE(at);
    yield JSON.parse(output.toString("utf8", at + HEAD_BYTES, end));
    at = end;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, messages } = tsgolint(JSON.parse(readFileSync(0, "utf8")));
  process.stdout.write(JSON.stringify(messages));
  process.exitCode = status;
}
