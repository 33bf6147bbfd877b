import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../lib/support/is-record";
import { jsonText } from "../../lib/support/json-text";
import { makeFolder } from "../../lib/support/make-folder";
import { writeFile } from "../../lib/support/write-file";

/**
 * Blocks of Terraform JSON that checkov 3.3 reads. It fails on others: on `terraform` with "this method receives only
 * dicts", because `required_version` is a string there.
 */
const READ_BLOCKS = ["resource", "data"];

/** Writes a copy of each synthesized stack that checkov can read, in a folder of its own. */
export function writeCheckovInput(outdir: string, folder: string): void {
  for (const stack of readdirSync(join(outdir, "stacks"))) {
    const synthesized: unknown = JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
    makeFolder(join(folder, stack));
    writeFile(join(folder, stack, "stack.tf.json"), jsonText(checkovInput(synthesized)));
  }
}

/** The part of a synthesized stack that checkov reads. */
export function checkovInput(synthesized: unknown): Record<string, unknown> {
  if (!isRecord(synthesized)) return {};
  return Object.fromEntries(Object.entries(synthesized).filter(([block]) => READ_BLOCKS.includes(block)));
}
