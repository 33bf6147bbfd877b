import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { debuglog } from "node:util";
import { PROJECT } from "./project.mjs";

/**
 * The command line, the synthesis and the sandbox, bundled: they start in less than half of the CPU time that loading
 * each source through tsx takes, and each worker thread saves the same. A bundle is kept below `.trailwatch/`, where
 * `node_modules` resolves, under the hash of what it was built from.
 */
const BUNDLES = join(PROJECT, ".trailwatch", "bundles");

/** The files of a bundle, and what each is built from. */
const ENTRIES = {
  cli: "cli/main.ts",
  worker: "signals/pool/worker.ts",
  outliner: "signals/outlines/outline-worker.ts",
  bootstrap: "cli/commands/bootstrap/run.ts",
  synth: "main.ts",
  start: "sandbox/start.ts",
};

/** Folders with sources of these. A build fails if it reads another one, as changes there would go unnoticed. */
const SOURCES = [
  ...["adoption", "athena", "blindspots", "cli", "delivery", "detections", "inventory", "lib", "modules"],
  ...["organization", "report", "sandbox", "signals", "stacks", "verification"],
];
const OTHER_SOURCES = [
  "main.ts",
  "package-lock.json",
  "scripts/build-bundle.mjs",
  "scripts/bundle.mjs",
  "tsconfig.json",
];

/** Packages that look for files of their own, or start threads or programs of their own. */
const EXTERNAL = ["piscina", "esbuild"];

/** Bundles that are kept whatever their age, and how long others are after their last use: a process may still load them. */
const KEPT = 3;
const KEPT_MILLISECONDS = 3_600_000;

/** How the folder of a bundle that is not complete ends. */
const PART = ".part";

const debug = debuglog("trailwatch");

/**
 * The folder of the bundle, which is built if the sources have changed. Undefined with `TRAILWATCH_BUNDLE=0`, and where
 * it cannot be built, as in a read-only clone: `NODE_DEBUG=trailwatch` then shows why.
 */
export async function bundleFolder() {
  if (process.env.TRAILWATCH_BUNDLE === "0") return undefined;
  try {
    const folder = join(BUNDLES, hashOfSources());
    if (existsSync(folder)) noteUse(folder);
    else await build(folder);
    return folder;
  } catch (error) {
    debug("the sources are loaded one by one, as they cannot be bundled: %s", error);
    return undefined;
  }
}

/** The bundled form of a source that is run as a program; undefined if it has none, or where there is no bundle. */
export async function bundledProgram(source) {
  const [name] = Object.entries(ENTRIES).find(([, entry]) => entry === source) ?? [];
  const folder = name === undefined ? undefined : await bundleFolder();
  return folder === undefined ? undefined : join(folder, `${name}.mjs`);
}

/**
 * The exports of a source that is run in this very process: bundled, or without a bundle through tsx. The command `tsx`
 * would put a parent before it, which kills it outright when it is too busy to answer Ctrl-C at once
 * (scripts/processes.mjs).
 */
export async function loadSource(source) {
  const program = await bundledProgram(source);
  if (program !== undefined) return import(pathToFileURL(program).href);
  await import("tsx");
  return createRequire(import.meta.url)(join(PROJECT, source));
}

/** Also of the project's path, which a bundle contains. */
function hashOfSources() {
  const hash = createHash("sha256").update(PROJECT);
  const add = (file) => hash.update(`\0${file}\0`).update(readFileSync(join(PROJECT, file)));
  const addFolder = (folder) => {
    const entries = readdirSync(join(PROJECT, folder), { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) addFolder(path);
      else if (path.endsWith(".ts")) add(path);
    }
  };
  OTHER_SOURCES.forEach(add);
  SOURCES.forEach(addFolder);
  return hash.digest("hex").slice(0, 32);
}

async function build(folder) {
  const { buildBundle } = await import("./build-bundle.mjs");
  mkdirSync(BUNDLES, { recursive: true });
  const part = `${folder}.${process.pid}${PART}`;
  try {
    const inputs = await buildBundle({ entries: ENTRIES, external: EXTERNAL, folder, part });
    const unknown = inputs.filter((file) => !OTHER_SOURCES.includes(file) && !SOURCES.includes(file.split(sep)[0]));
    if (unknown.length > 0) throw new Error(`SOURCES in scripts/bundle.mjs leaves out ${unknown.join(", ")}`);
    moveTo(folder, part);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  removeOld(folder);
}

/** Another process may have built the same one in the meantime. */
function moveTo(folder, part) {
  try {
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function noteUse(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // It belongs to another user.
  }
}

/** What cannot be removed, or is removed by another process, is no reason to fail. */
function removeOld(current) {
  const oldest = Date.now() - KEPT_MILLISECONDS;
  const others = readdirSync(BUNDLES)
    .map((name) => join(BUNDLES, name))
    .filter((path) => path !== current)
    .map((path) => ({ path, used: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.used - one.used);
  // What another process is building takes no bundle's place.
  const isPart = ({ path }) => path.endsWith(PART);
  const notKept = [...others.filter((other) => !isPart(other)).slice(KEPT - 1), ...others.filter(isPart)];
  for (const { path, used } of notKept) {
    if (used >= oldest) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch (error) {
      debug("%s cannot be removed: %s", relative(PROJECT, path), error);
    }
  }
}
