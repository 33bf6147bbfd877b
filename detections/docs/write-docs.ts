import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages, RUNBOOKS } from "./pages";

const DOCS = join(__dirname, "..", "..", "docs");

// Anew each time, so that the runbook of a detection that is gone goes too.
rmSync(join(DOCS, RUNBOOKS), { recursive: true, force: true });
mkdirSync(join(DOCS, RUNBOOKS), { recursive: true });
for (const [path, text] of pages()) writeFileSync(join(DOCS, path), text);
