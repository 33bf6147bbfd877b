import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { printError } from "../../lib/support/print";

const FOLDER = resolve(".trailwatch", "packages");

/**
 * Unpacks a package that is no dependency, once for all runs.
 *
 * @param spec name and exact version, such as `cdktn@0.24.0`
 * @param members files and folders of the package to unpack. @default - all
 * @returns its folder, or undefined with a message when no registry answers
 */
export function npmPackage(spec: string, members: readonly string[] = ["."]): string | undefined {
  const choice = createHash("sha256").update(members.join("\n")).digest("hex").slice(0, 8);
  const folder = join(FOLDER, `${spec.replace("/", "+")}-${choice}`);
  if (existsSync(folder)) return folder;
  mkdirSync(FOLDER, { recursive: true });
  const work = mkdtempSync(join(FOLDER, ".unpacking-"));
  try {
    run("npm", ["pack", spec, "--silent", "--fetch-retries=1"], work);
    const archive = readdirSync(work).find((file) => file.endsWith(".tgz")) ?? "";
    mkdirSync(join(work, "unpacked"));
    // npm's archives hold one folder, of any name.
    const [top = "package"] = run("tar", ["tzf", archive], work).split("/", 1);
    const paths = members.map((member) => (member === "." ? top : `${top}/${member}`));
    run("tar", ["xzf", archive, "-C", "unpacked", "--strip-components=1", ...paths], work);
    renameSync(join(work, "unpacked"), folder);
    return folder;
  } catch (error) {
    printError(`Not tested, because npm could not download ${spec}: ${String(error).split("\n", 1)[0] ?? ""}`);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 26 });
}
