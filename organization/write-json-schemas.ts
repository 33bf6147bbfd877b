import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportUncaught } from "../lib/support/failure";
import { jsonSchemas } from "./json-schemas";

const ACCOUNTS = join(__dirname, "..", "accounts");

reportUncaught();
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(ACCOUNTS, name), text);
