// npm run schema:provider: records the schema of the newest AWS provider, from the bindings of a version that is pinned
// here. The bindings have 500 MB, which is why they are no dependency.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printLines } from "../../../lib/support/print";
import { schemaOfBindings } from "./bindings";
import { bindingsInUse } from "./bindings-in-use";
import { RECORD_FILE, type ProviderRecord } from "./schema";

const BINDINGS = "@cdktn/provider-aws@25.7.0";
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
    types: schemaOfBindings(unpacked, bindingsInUse()),
  };
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
  printLines([`Recorded ${Object.keys(record.types).length} types of provider ${record.provider}.`]);
} finally {
  rmSync(folder, { recursive: true });
}
