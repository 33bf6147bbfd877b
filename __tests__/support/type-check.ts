import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** A replacement: a text that is there exactly once, and what is there instead. */
export type Change = readonly [from: string, to: string];

interface Message {
  readonly file_path?: string;
  readonly message: { readonly id: string; readonly description: string };
}

/**
 * The compiler's errors in each file that has some, if some files read differently; nothing is written. Each file is
 * checked with the tsconfig.json that it belongs to.
 *
 * @param files paths of the files to check, from the project's root; what they import is read, but not checked
 * @param changes what reads differently, by path
 */
export function typeErrors(
  files: readonly string[],
  changes: Readonly<Record<string, Change>>,
): Readonly<Record<string, string>> {
  const input = {
    // Without a rule, nothing is checked; this one has nothing to say about types that are wrong.
    configs: [{ file_paths: files.map((file) => join(ROOT, file)), rules: [{ name: "no-array-delete" }] }],
    source_overrides: Object.fromEntries(
      Object.entries(changes).map(([file, change]) => [join(ROOT, file), replaced(file, change)]),
    ),
    report_syntactic: true,
    report_semantic: true,
  };
  const options = { cwd: ROOT, encoding: "utf8", input: JSON.stringify(input) } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/tsgolint.mjs"], options);
  if (status !== 0) throw new Error(stderr);
  const errors = new Map<string, string[]>();
  for (const { file_path: path = "", message } of JSON.parse(stdout) as readonly Message[]) {
    errors.set(path, [...(errors.get(path) ?? []), `${message.id}: ${message.description}`]);
  }
  return Object.fromEntries(
    files.flatMap((file) => {
      const found = errors.get(join(ROOT, file));
      return found === undefined ? [] : [[file, found.join("\n")]];
    }),
  );
}

function replaced(file: string, [from, to]: Change): string {
  const parts = readFileSync(join(ROOT, file), "utf8").split(from);
  if (parts.length !== 2) throw new Error(`'${file}' must hold '${from}' once, got it ${parts.length - 1} times`);
  return parts.join(to);
}
