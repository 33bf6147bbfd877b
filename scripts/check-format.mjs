// Fails unless Prettier would leave every file as it is. Prettier needs 45 s for all of them, oxfmt one second for the
// code, with the width in .editorconfig. The two format alike, but for a union of types over several lines. So Prettier
// checks files with such a union, files that oxfmt would change, and files that are not code.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";
import { filesIn } from "./project-files.mjs";

const CODE = /\.[cm]?[jt]s$/;
const UNION_OVER_LINES = /^\s*\| /m;

const oxfmt = tool("oxfmt", ["--list-different", "."], "pipe");
// It fails with a list of the files that it would change; without a list, it did not check them.
if (oxfmt.status !== 0 && oxfmt.stdout.trim() === "") {
  process.stderr.write(oxfmt.stderr);
  process.exit(oxfmt.status ?? 1);
}
const changed = new Set(oxfmt.stdout.split("\n").map((line) => join(line.trim())));
const left = filesIn(".").filter(
  (file) => !CODE.test(file) || changed.has(file) || UNION_OVER_LINES.test(readFileSync(join(PROJECT, file), "utf8")),
);
const options = ["--check", "--ignore-unknown", "--cache", "--cache-strategy", "content"];
const location = ["--cache-location", ".trailwatch/cache/prettier"];
process.exitCode = tool("prettier", [...options, ...location, ...left], "inherit").status ?? 1;

function tool(name, args, stdio) {
  const command = join(PROJECT, "node_modules", name, "bin", name === "prettier" ? "prettier.cjs" : name);
  return spawnSync(process.execPath, [command, ...args], { cwd: PROJECT, encoding: "utf8", stdio, maxBuffer: 2 ** 26 });
}
