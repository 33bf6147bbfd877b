import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { PROJECT } from "./project.mjs";

/** For packages in CommonJS. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * Builds a bundle with esbuild into a folder that is then renamed. ES modules, as only these have chunks, which a command
 * loads when it needs them.
 *
 * @returns the project's own sources that it read, relative to the project
 */
export async function buildBundle({ entries, external, folder, part }) {
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: entries,
    external,
    outdir: part,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    banner: { js: REQUIRE },
    define: {
      TRAILWATCH_WORKER: JSON.stringify(join(folder, "worker.mjs")),
      TRAILWATCH_OUTLINER: JSON.stringify(join(folder, "outliner.mjs")),
    },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    plugins: [foldersOfSources, patchableBuiltins],
  });
  return Object.keys(metafile.inputs)
    .map((file) => relative(PROJECT, join(PROJECT, file)))
    .filter((file) => !file.includes("node_modules") && !file.includes(":"));
}

/** Sources find files beside themselves. Of the packages, only cdktf does: it starts this file as a program. */
const foldersOfSources = {
  name: "folders-of-sources",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$|[\\/]cdktf[\\/]lib[\\/]private[\\/]fs\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!/\b__(?:dir|file)name\b/.test(text)) return undefined;
      const contents = text
        .replaceAll(/\b__dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\b__filename\b/g, JSON.stringify(path));
      return { contents, loader: path.endsWith(".ts") ? "ts" : "js" };
    });
  },
};

/** Node's own modules are required, as without a bundle: an ES import would not see what a `--require` replaces there. */
const patchableBuiltins = {
  name: "patchable-builtins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "require-call" ? { path, external: true } : { path, namespace: "builtin" },
    );
    onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
