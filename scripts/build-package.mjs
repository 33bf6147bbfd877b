// npm run build, and `npm pack` before it packs: writes dist/, which the published package consists of. It has no sources,
// and needs no esbuild where it is installed (docs/decisions/0031-package.md).
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { COMPILER_ENV, PROJECT } from "./project.mjs";

const DIST = join(PROJECT, "dist");
const COMPILER = join(PROJECT, "node_modules", "typescript-native", "bin", "tsc");
const PACKAGE = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));

/** Files of the package, and what each is built from. A worker is started as a program of its own. */
const ENTRIES = {
  index: "index.ts",
  app: "app.ts",
  cli: "cli/main.ts",
  bootstrap: "cli/commands/bootstrap/run.ts",
  worker: "signals/pool/worker.ts",
  outliner: "signals/outlines/outline-worker.ts",
};

/** Entries that users import, with declarations of types. */
const PUBLIC = ["index", "app"];

/** What code reads beside its source, or beside the project: it is at the same place below dist/. */
const READ = ["delivery/terraform.lock.hcl", "accounts"];

/** Sources find files beside themselves: in the package, these are at the same place below dist/. */
const foldersOfSources = {
  name: "folders-of-sources",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!/\b__dirname\b/.test(text)) return undefined;
      const folder = JSON.stringify(relative(PROJECT, dirname(path)).split(sep).join("/"));
      return {
        contents: text.replaceAll(/\b__dirname\b/g, `require("node:path").join(__dirname, ${folder})`),
        loader: "ts",
      };
    });
  },
};

// A clone before 'npm ci', or after 'npm start', which installs no packages for development.
if (!existsSync(COMPILER)) {
  console.error("The packages for development are needed to build the package: run 'npm ci' before 'npm pack'.");
  process.exit(1);
}
const { build } = await import("esbuild");
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
await compile();
declareTypes();
copyRead();
await buildReport();

async function compile() {
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: ENTRIES,
    outdir: DIST,
    bundle: true,
    // All of them: the user's app and the constructs must share one copy of cdktf, and npm can update the others.
    packages: "external",
    format: "cjs",
    platform: "node",
    target: "node20.19",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [foldersOfSources],
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const known = { ...PACKAGE.dependencies, ...PACKAGE.peerDependencies };
  const unknown = [...new Set(imported)].filter((path) => !path.startsWith("node:") && !(packageOf(path) in known));
  if (unknown.length > 0) throw new Error(`package.json does not have as dependencies: ${unknown.join(", ")}`);
}

function packageOf(path) {
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The declarations of the public entries, and those that they need; with the native compiler, as scripts/typecheck.mjs. */
function declareTypes() {
  const types = join(PROJECT, ".trailwatch", "declarations");
  rmSync(types, { recursive: true, force: true });
  const options = [
    "--noEmit",
    "false",
    "--declaration",
    "--emitDeclarationOnly",
    "--allowImportingTsExtensions",
    "false",
  ];
  const more = [
    "--rootDir",
    PROJECT,
    "--outDir",
    types,
    "--rewriteRelativeImportExtensions",
    "--removeComments",
    "false",
  ];
  const project = join(PROJECT, "tsconfig.package.json");
  // Several threads each check the types that they share.
  const args = [COMPILER, "--project", project, "--singleThreaded", ...options, ...more];
  const settings = { cwd: PROJECT, env: COMPILER_ENV, encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, settings);
  if (status !== 0) throw new Error(`the declarations cannot be written:\n${stdout}${stderr}`);
  const copied = new Set();
  const copy = (name) => {
    if (copied.has(name)) return;
    copied.add(name);
    const text = readFileSync(join(types, `${name}.d.ts`), "utf8");
    mkdirSync(dirname(join(DIST, name)), { recursive: true });
    writeFileSync(join(DIST, `${name}.d.ts`), text);
    for (const [, path] of text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) copy(posix.join(posix.dirname(name), path));
  };
  PUBLIC.forEach(copy);
}

function copyRead() {
  for (const path of READ) cpSync(join(PROJECT, path), join(DIST, path), { recursive: true });
  // For lib/support/package-file.ts.
  const { version, dependencies, optionalDependencies, overrides } = PACKAGE;
  const copy = { version, dependencies, optionalDependencies, overrides };
  writeFileSync(join(DIST, "package.json"), `${JSON.stringify(copy, undefined, 2)}\n`);
  for (const folder of ["pool", "outlines"]) mkdirSync(join(DIST, "signals", folder), { recursive: true });
  writeFileSync(join(DIST, "signals", "pool", "worker.cjs"), 'module.exports = require("../../worker.js").default;\n');
  writeFileSync(join(DIST, "signals", "outlines", "outline-worker.cjs"), 'require("../../outliner.js");\n');
}

/** The page of reports, whose script esbuild bundles: in a clone when a report is written. */
async function buildReport() {
  await import("tsx");
  const { bundle, BUILT } = createRequire(import.meta.url)("../report/html/bundle.ts");
  const file = join(DIST, relative(PROJECT, BUILT));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(await bundle()));
}
