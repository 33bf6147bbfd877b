import { readdirSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";

const IGNORED = ["node_modules", "cdktf.out", "dist", ".trailwatch", ".git", "coverage"];

/** Files in a folder of the project and below it, but not what is installed or generated. Paths from the project's root. */
export function filesIn(folder) {
  return readdirSync(join(PROJECT, folder), { withFileTypes: true })
    .filter(({ name }) => !IGNORED.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() ? [path] : [];
    });
}
