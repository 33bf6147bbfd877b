#!/usr/bin/env node
// trailwatch <command>. A clone bundles its sources when they have changed (scripts/bundle.mjs); the published package has
// no sources, but what was compiled from them.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import "./optimize-later.cjs";

const isClone = existsSync(fileURLToPath(new URL("../cli/main.ts", import.meta.url)));
const { reportUncaught, main } = isClone ? await ofClone() : createRequire(import.meta.url)("../dist/cli.js");
reportUncaught();
await main(process.argv);

async function ofClone() {
  const { loadSource } = await import("../scripts/bundle.mjs");
  return loadSource("cli/main.ts");
}
