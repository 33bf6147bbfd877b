// Runs tsgolint, which oxlint starts for rules that need types, in the same way: with a rule that oxlint does not know
// (scripts/lint/one-more-rule.mjs), and for the errors of TypeScript 7 in files that read differently. As a program, it
// reads its input from the standard input and prints the messages as JSON.
import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { COMPILER_ENV, PROJECT } from "./project.mjs";

/** A message: the length of its text as 4 bytes, its kind as one byte, and its text, which is JSON. */
const HEAD_BYTES = 5;

/**
 * @param input as oxlint gives it, in tsgolint's format 2
 * @returns its exit code, which is 0 whatever it found, and the messages: `kind`, and `text`, which is JSON with
 *   `file_path`, `range` in bytes, `rule` and `message`, which has an `id` and a `description`
 */
export function tsgolint(input) {
  const program = createRequire(import.meta.url).resolve("oxlint-tsgolint/bin/tsgolint.js");
  const { status, stdout } = spawnSync(process.execPath, [program, "headless"], {
    cwd: PROJECT,
    env: COMPILER_ENV,
    input: JSON.stringify({ version: 2, ...input }),
    maxBuffer: 2 ** 28,
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { status: status ?? 1, messages: [...messagesIn(stdout)] };
}

function* messagesIn(output) {
  for (let at = 0; at < output.length;) {
    const start = at + HEAD_BYTES;
    const end = start + output.readUInt32LE(at);
    yield { kind: output[start - 1], text: output.toString("utf8", start, end) };
    at = end;
  }
}

/** A message as tsgolint writes it. */
export function encoded({ kind, text }) {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(HEAD_BYTES, kind);
  head.writeUInt32LE(bytes.length);
  return Buffer.concat([head, bytes]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, messages } = tsgolint(JSON.parse(readFileSync(0, "utf8")));
  process.stdout.write(JSON.stringify(messages.map(({ text }) => JSON.parse(text))));
  process.exitCode = status;
}
