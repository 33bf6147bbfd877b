import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportUncaught } from "../../lib/support/failure";
import { writeFile } from "../../lib/support/write-file";
import { updatedReadme } from "./readme";

const README = join(__dirname, "..", "..", "README.md");

reportUncaught();
writeFile(README, updatedReadme(readFileSync(README, "utf8")));
