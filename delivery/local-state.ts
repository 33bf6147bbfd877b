import { dirname, resolve } from "node:path";
import { readRegularFile } from "../lib/support/regular-file";

interface Backend {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
}

/** Folders below the app in which `npx cdktf` runs Terraform: `cdktf.out/stacks/<stack>`. */
const CDKTF_FOLDER = ["cdktf.out", "stacks", "stack"];

/**
 * Paths of local states are relative to Terraform's working directory. In a folder of another depth, Terraform would
 * find no state and create everything anew.
 *
 * @param file a stack's `cdk.tf.json`
 * @param folder where it is to be planned
 * @throws Error when the stack's state is local and would not be the state of `npx cdktf deploy`
 */
export function checkLocalState(file: string, folder: string): void {
  const path = (JSON.parse(readRegularFile(file)) as Backend).terraform?.backend?.local?.path;
  if (path === undefined || resolve(folder, path) === resolve(...CDKTF_FOLDER, path)) return;
  throw new Error(
    `'--out' must be a folder two levels below this one, as '.trailwatch/plans', where state is kept by 'local', got ` +
      `'${dirname(folder)}': the state would be looked for in '${resolve(folder, path)}'`,
  );
}
