import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The published and recorded cases that stand beside the project where it is developed. A user's clone has none. */
const FOLDER = join(__dirname, "../../../shared/vectors");

/** The cases of one file; undefined when they are not at hand. */
export function readVectors(name: string): unknown {
  const file = join(FOLDER, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : undefined;
}
