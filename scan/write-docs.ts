import { join } from "node:path";
import { reportUncaught } from "../lib/support/failure";
import { writeFile } from "../lib/support/write-file";
import { compliancePage } from "./page";

reportUncaught();
writeFile(join(__dirname, "..", "docs", "compliance.md"), compliancePage());
