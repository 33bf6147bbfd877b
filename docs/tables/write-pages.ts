import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportUncaught } from "../../lib/support/failure";
import { writeFile } from "../../lib/support/write-file";
import { updatedPages } from "./pages";

const ROOT = join(__dirname, "..", "..");

reportUncaught();
for (const [page, updated] of updatedPages((path) => readFileSync(join(ROOT, path), "utf8"))) {
  writeFile(join(ROOT, page), updated);
}
