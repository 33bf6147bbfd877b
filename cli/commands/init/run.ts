import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { jsonText } from "../../../lib/support/json-text";
import { makeFolder } from "../../../lib/support/make-folder";
import { packageFile } from "../../../lib/support/package-file";
import { printLines } from "../../../lib/support/print";
import { readRegularFile } from "../../../lib/support/regular-file";
import { writeFile } from "../../../lib/support/write-file";
import { withEntries } from "./package-entries";

/** The example of the documentation, with the schemas that editors read. */
const EXAMPLE = join(__dirname, "..", "..", "..", "accounts");

const MAIN = `import { synthesizeAccounts } from "trailwatch/app";

// Writes the stacks of accounts/. Constructs of your own belong in another app, with an output folder of its own.
synthesizeAccounts();
`;

const CDKTF = { language: "typescript", app: "node --import tsx main.ts", sendCrashReports: "false" };

const IGNORED = ["node_modules/", "cdktf.out/", ".trailwatch/", ".terraform/", "*.tfstate", "*.tfstate.*"];

/**
 * Writes a new project into a folder: the example of account files, and an app that synthesizes them.
 *
 * @throws Error that lists what exists already; then nothing is written
 */
export function runInit(folder: string): void {
  const files = { ...exampleFiles(), "main.ts": MAIN, "cdktf.json": jsonFile(CDKTF) };
  const existing = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  const entries = withEntries(textOf(folder, "package.json"), packageFile());
  const problems = [
    ...existing.map((path) => `'${path}' must not exist yet`),
    ...entries.conflicts.map((entry) => `'${entry}' in package.json must not have another value yet`),
  ];
  if (problems.length > 0) {
    throw new Error([...problems, "Nothing was written: use an empty folder, or move these away."].join("\n"));
  }

  makeFolder(join(folder, "accounts"));
  const written = { ...files, ".gitignore": withLines(textOf(folder, ".gitignore")), "package.json": entries.text };
  for (const [path, text] of Object.entries(written)) writeFile(join(folder, path), text);
  printLines([
    `Wrote ${Object.keys(written).join(", ")}.`,
    "Next:",
    "  npm install",
    "  Describe your organization in accounts/: organization.yaml, and one file per account.",
    "  npx cdktf synth                 # then: npx trailwatch replay <records>",
    "  npm run bootstrap               # creates the bucket for Terraform's state in AWS; then: npx cdktf deploy",
  ]);
}

function exampleFiles(): Record<string, string> {
  const names = readdirSync(EXAMPLE).sort();
  return Object.fromEntries(names.map((name) => [join("accounts", name), readRegularFile(join(EXAMPLE, name))]));
}

function textOf(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readRegularFile(relative(process.cwd(), path) || path) : undefined;
}

function jsonFile(value: unknown): string {
  return `${jsonText(value)}\n`;
}

/** With what git must ignore; lines that are there stay. */
function withLines(text = ""): string {
  const there = text.split("\n");
  const missing = IGNORED.filter((line) => !there.includes(line));
  return [...(text === "" ? [] : [text.trimEnd()]), ...missing, ""].join("\n");
}
