import { writeFile } from "../../lib/support/write-file";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { reportUncaught } from "../../lib/support/failure";
import { generatedPages, RUNBOOKS } from "./pages";

const DOCS = join(__dirname, "..", "..", "docs");

reportUncaught();
// Recreated each time, so that the runbook of a removed detection is removed too.
rmSync(join(DOCS, RUNBOOKS), { recursive: true, force: true });
mkdirSync(join(DOCS, RUNBOOKS), { recursive: true });
for (const [path, text] of generatedPages()) writeFile(join(DOCS, path), text);
