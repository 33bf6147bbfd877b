// npm run schema:provider: records the schema of the newest AWS provider, from the bindings of a version that is pinned
// here. The bindings have 500 MB, which is why they are no dependency, and only those in use are unpacked.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printLines } from "../../../lib/support/print";
import { unpackedPackage } from "../npm-package";
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
