import { isRecord } from "../../../lib/support/is-record";
import { jsonText } from "../../../lib/support/json-text";
import type { PackageFile } from "../../../lib/support/package-file";

/** Packages of Trailwatch's that the app runs with, and the one that `npx cdktf` is. */
const [LOADER, CDKTF_CLI] = ["tsx", "cdktf-cli"] as const;

/**
 * A project's package.json with the entries that Trailwatch needs; entries that are there stay.
 *
 * @param text what the file has; undefined: there is none
 * @returns the file's text, and the scripts that it has with another command
 */
export function withEntries(
  text: string | undefined,
  { version, dependencies, optionalDependencies, overrides }: PackageFile,
): { readonly text: string; readonly conflicts: readonly string[] } {
  const known = text === undefined ? { private: true } : parsed(text);
  const scripts = {
    synth: "node --import tsx main.ts",
    bootstrap: "node node_modules/trailwatch/dist/bootstrap.js",
  };
  const there = recordIn(known, "scripts");
  const conflicts = Object.entries(scripts)
    .filter(([name, command]) => there[name] !== undefined && there[name] !== command)
    .map(([name]) => `scripts.${name}`);
  const needed = { [LOADER]: dependencies[LOADER], trailwatch: version };
  // npm does not install an override in a project that has a lock file already, unless it is also a dependency.
  const tools = { ...overrides, [CDKTF_CLI]: optionalDependencies[CDKTF_CLI] };
  const entries = {
    ...known,
    scripts: { ...there, ...scripts },
    dependencies: { ...needed, ...recordIn(known, "dependencies") },
    devDependencies: { ...tools, ...recordIn(known, "devDependencies") },
    overrides: { ...overrides, ...recordIn(known, "overrides") },
  };
  return { text: `${jsonText(entries)}\n`, conflicts };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`'package.json' must be JSON (${error instanceof Error ? error.message : String(error)})`, {
      cause: error,
    });
  }
  if (!isRecord(value)) throw new Error("'package.json' must hold an object");
  return value;
}

function recordIn(of: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = of[key] ?? {};
  if (!isRecord(value)) throw new Error(`'${key}' in package.json must be an object`);
  return value;
}
