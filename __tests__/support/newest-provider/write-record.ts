// npm run schema:provider: records the schema of the newest AWS provider, from the bindings of a version that is pinned
// here. The bindings have 500 MB, which is why they are no dependency.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printLines } from "../../../lib/support/print";
import { schemaOfBindings } from "./bindings";
import { RECORD_FILE, type ProviderRecord } from "./schema";

const BINDINGS = "@cdktn/provider-aws@25.7.0";
const FOLDERS_OF_RESOURCES = ["modules", "stacks", "delivery"];

/** The modules of the bindings that our sources import. */
function importedModules(): string[] {
  const sources = FOLDERS_OF_RESOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  const imports = sources.flatMap((text) =>
    Array.from(text.matchAll(/"@cdktf\/provider-aws\/lib\/([\w-]+)"/g), ([, name = ""]) => name),
  );
  // cdktf 0.21 has no bindings of ephemeral resources, which are added as overrides.
  const ephemeral = sources.flatMap((text) =>
    Array.from(text.matchAll(/[`"]ephemeral\.(aws_\w+)\./g), ([, type = ""]) => `ephemeral-${type.replace(/_/g, "-")}`),
  );
  return [...new Set([...imports, ...ephemeral])].filter((name) => name !== "provider").sort();
}

const folder = mkdtempSync(join(tmpdir(), "trailwatch-bindings-"));
try {
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  };
  run("npm", "pack", BINDINGS, "--silent");
  run("tar", "xzf", readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "");
  const unpacked = join(folder, "package");
  const { cdktf } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
    cdktf: { provider: { version: string } };
  };
  const record: ProviderRecord = {
    bindings: BINDINGS,
    provider: cdktf.provider.version,
    types: schemaOfBindings(unpacked, importedModules()),
  };
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
  printLines([`Recorded ${Object.keys(record.types).length} types of provider ${record.provider}.`]);
} finally {
  rmSync(folder, { recursive: true });
}
