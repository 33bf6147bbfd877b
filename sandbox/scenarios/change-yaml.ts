import { writeFile } from "../../lib/support/write-file";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

/** Sets a value in the file of an account, or of the organization for `organization`; undefined removes it. Comments stay. */
export function changeYaml(accountsFolder: string, account: string, path: readonly string[], value: unknown): void {
  const file = readdirSync(accountsFolder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(accountsFolder, name))
    .find((candidate) => isOf(candidate, account));
  if (file === undefined) {
    throw new Error(`this scenario needs an account '${account}', which '${accountsFolder}' does not describe`);
  }
  const document = parseDocument(readFileSync(file, "utf8"));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  writeFile(file, document.toString());
}

function isOf(file: string, account: string): boolean {
  if (account === "organization") return file.endsWith("organization.yaml");
  return parseDocument(readFileSync(file, "utf8")).get("name") === account;
}
