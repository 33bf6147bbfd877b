#!/usr/bin/env node
// trailwatch <command>. Without a bundle, with tsx as the loader of this very process: the command `tsx` would put a
// parent before it, which kills it outright when it is too busy to answer Ctrl-C at once (scripts/processes.mjs).
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleFolder } from "../scripts/bundle.mjs";

const folder = await bundleFolder();
const { reportUncaught, main } = folder === undefined ? await sources() : await bundle(folder);
reportUncaught();
await main(process.argv);

function bundle(of) {
  return import(pathToFileURL(join(of, "cli.mjs")).href);
}

async function sources() {
  await import("tsx");
  return createRequire(import.meta.url)("../cli/main.ts");
}
