import { writeFile } from "../../lib/support/write-file";
import { join } from "node:path";
import { reportUncaught } from "../../lib/support/failure";
import { jsonSchemas } from "./json-schemas";

const ACCOUNTS = join(__dirname, "..", "..", "accounts");

reportUncaught();
for (const [name, text] of Object.entries(jsonSchemas())) writeFile(join(ACCOUNTS, name), text);
