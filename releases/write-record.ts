// npm run release:record: the record that the next release is compared with. Run it when a release is made.
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonText } from "../lib/support/json-text";
import { packageFile } from "../lib/support/package-file";
import { printError, printLines } from "../lib/support/print";
import { writeFile } from "../lib/support/write-file";
import { synthesizeStacks } from "../main";
import { loadOrganization } from "../organization/load";
import { recordOf, stacksIn } from "./record";
import { UPGRADE_NOTES } from "./upgrade-notes";

const { version } = packageFile();
const folder = join(__dirname, version);

if (UPGRADE_NOTES.length > 0) {
  printError("'UPGRADE_NOTES' in releases/upgrade-notes.ts must be empty: they are of the release before.");
  process.exitCode = 1;
} else {
  for (const entry of readdirSync(__dirname, { withFileTypes: true })) {
    if (entry.isDirectory()) rmSync(join(__dirname, entry.name), { recursive: true });
  }
  cpSync("accounts", join(folder, "accounts"), {
    recursive: true,
    filter: (path) => !path.endsWith(".schema.json"),
  });
  const outdir = mkdtempSync(join(tmpdir(), "trailwatch-release-"));
  try {
    synthesizeStacks(loadOrganization(join(folder, "accounts")), outdir);
    writeFile(join(folder, "record.json"), `${jsonText(recordOf(stacksIn(outdir)))}\n`);
  } finally {
    rmSync(outdir, { recursive: true });
  }
  printLines([`Wrote releases/${version}.`]);
}
