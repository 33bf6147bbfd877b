import { spawnSync } from "node:child_process";
import { printError } from "../../lib/support/print";

/**
 * Unpacks a package that is no dependency, once for all runs: see scripts/npm-package.mjs.
 *
 * @param spec name and exact version, such as `cdktn@0.24.0`
 * @param members files and folders of the package to unpack; none: all
 * @throws Error where npm cannot download it
 */
export function unpackedPackage(spec: string, members: readonly string[] = []): string {
  const args = ["scripts/npm-package.mjs", spec, ...members];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${stderr}\nnpm must reach a registry that has ${spec}`);
  return stdout;
}

/** The folder of a package that a test needs; undefined, after a message, where npm cannot download it. */
export function unpackedPackageIfReachable(spec: string, members: readonly string[] = []): string | undefined {
  try {
    return unpackedPackage(spec, members);
  } catch (error) {
    printError(`Not tested: ${String(error)}`);
    return undefined;
  }
}
