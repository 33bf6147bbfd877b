import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Trailwatch's package.json says, of which the published package has a copy beside its code. */
export interface PackageFile {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The package.json of this installation. */
export function packageFile(): PackageFile {
  return JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as PackageFile;
}
