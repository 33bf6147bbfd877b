// npm run schema:provider: records the schema of the newest AWS provider, from the bindings of a version that is pinned
// here. The bindings have 500 MB, which is why they are no dependency, and only those in use are unpacked. Then it records
// what the oldest provider fills in by itself, which bindings do not say, by Terraform.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printLines } from "../../../lib/support/print";
import { unpackedPackage } from "../npm-package";
import { recordAwsProviderSchema } from "../provider-schema";
import { schemaOfBindings } from "./bindings";
import { bindingMembers, bindingsInUse } from "./bindings-in-use";
import { RECORD_FILE, type ProviderRecord } from "./schema";

const BINDINGS = "@cdktn/provider-aws@25.7.0";

const folder = unpackedPackage(BINDINGS, bindingMembers());
const { cdktf } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
  cdktf: { provider: { version: string } };
};
const record: ProviderRecord = {
  bindings: BINDINGS,
  provider: cdktf.provider.version,
  types: schemaOfBindings(folder, bindingsInUse()),
};
writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
printLines([`Recorded ${Object.keys(record.types).length} types of provider ${record.provider}.`]);

const work = mkdtempSync(join(tmpdir(), "trailwatch-schema-"));
recordAwsProviderSchema(work, Object.keys(record.types));
rmSync(work, { recursive: true });
