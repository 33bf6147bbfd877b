// Unpacks an npm package that is no dependency: `node scripts/npm-package.mjs <spec> [member ...]` prints its folder.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT } from "./project.mjs";

const FOLDER = join(PROJECT, ".trailwatch", "packages");

/**
 * Unpacks a package, once for all runs.
 *
 * @param spec name and exact version, such as `cdktn@0.24.0`
 * @param members files and folders of the package to unpack. @default - all
 * @returns its folder
 * @throws Error that begins with the package, for example where npm reaches no registry
 */
export function npmPackage(spec, members = ["."]) {
  const choice = createHash("sha256").update(members.join("\n")).digest("hex").slice(0, 8);
  const folder = join(FOLDER, `${spec.replace("/", "+")}-${choice}`);
  if (existsSync(folder)) return folder;
  mkdirSync(FOLDER, { recursive: true });
  const work = mkdtempSync(join(FOLDER, ".unpacking-"));
  const run = (command, ...args) => {
    const options = { cwd: work, encoding: "utf8", maxBuffer: 2 ** 26 };
    const { error, status, stdout, stderr } = spawnSync(command, args, options);
    if (status !== 0) throw new Error(`${spec}: ${error?.message ?? stderr.split("\n", 1)[0]}`);
    return stdout;
  };
  try {
    run("npm", "pack", spec, "--loglevel=error", "--fetch-retries=1");
    const archive = readdirSync(work).find((file) => file.endsWith(".tgz")) ?? "";
    mkdirSync(join(work, "unpacked"));
    // npm's archives hold one folder, of any name. Their first entry is read only: to unpack them all takes seconds.
    const [top] = run("sh", "-c", `tar tzf "$1" 2>/dev/null | head -n 1`, "sh", archive).split("/", 1);
    const paths = members.map((member) => (member === "." ? top : `${top}/${member}`));
    run("tar", "xzf", archive, "-C", "unpacked", "--strip-components=1", ...paths);
    // Another process may have unpacked it in the meantime.
    if (!existsSync(folder)) renameSync(join(work, "unpacked"), folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [spec, ...members] = process.argv.slice(2);
  try {
    process.stdout.write(npmPackage(spec, members.length > 0 ? members : undefined));
  } catch ({ message }) {
    process.stderr.write(message);
    process.exitCode = 1;
  }
}
