import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { readRegularFile } from "../../support/regular-file";

const PROVIDERS = join(".terraform", "providers");
const LOCK_FILE = ".terraform.lock.hcl";

/** Nothing listens there, and nothing needs to: an initialization starts no provider. */
const NO_SERVER = {
  ...{ Protocol: "grpc", ProtocolVersion: 5, Pid: 1, Test: true },
  Addr: { Network: "unix", String: "unused" },
};

/**
 * Providers that are installed in the folder of one stack, for the folders of others. Each `terraform init` reads the AWS
 * provider of 700 MB one to three times, to compare it with the lock file. Every plan and apply compares it again, so in
 * folders with the same providers and the same lock file the initialization need not.
 */
export class InstalledProviders {
  /** Initialized folders, by the providers that their stacks require. */
  private readonly folders = new Map<string, string>();

  /**
   * Links the installed providers into a folder, before its initialization.
   *
   * @returns variables to add to the environment of `terraform init`, by which it installs the other providers only. None
   *   when the folder requires others, or its lock file is another. Source: Terraform, "Debugging providers",
   *   `TF_REATTACH_PROVIDERS`; OpenTofu has the same variable
   */
  public link(folder: string): Readonly<Record<string, string>> {
    const from = this.folders.get(requiredProviders(folder) ?? "");
    if (from === undefined || !takesLockFile(from, folder)) return {};
    const packages = packagesIn(join(from, PROVIDERS));
    const isLinked = (name: string) =>
      leadsTo(realpathSync(join(from, PROVIDERS, name)), join(folder, PROVIDERS, name));
    if (packages.length === 0 || !packages.every(isLinked)) return {};
    // <host>/<namespace>/<type>/<version>/<platform>
    const addresses = packages.map((name) => name.split(sep).slice(0, 3).join("/"));
    return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(addresses.map((name) => [name, NO_SERVER]))) };
  }

  /** Adds a folder that was initialized. */
  public add(folder: string): void {
    const required = requiredProviders(folder);
    if (required !== undefined && !this.folders.has(required)) this.folders.set(required, folder);
  }
}

/** What a synthesized stack requires; undefined when the folder has none. */
function requiredProviders(folder: string): string | undefined {
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return undefined;
  const { terraform } = JSON.parse(readRegularFile(file)) as { terraform?: { required_providers?: unknown } };
  return JSON.stringify(terraform?.required_providers);
}

/** Whether the folder has the same lock file. It gets a copy if it has none. */
function takesLockFile(from: string, folder: string): boolean {
  const [locked, own] = [from, folder].map((path) => join(path, LOCK_FILE)) as [string, string];
  if (!existsSync(locked)) return false;
  if (!existsSync(own)) copyFileSync(locked, own);
  return readRegularFile(locked) === readRegularFile(own);
}

/** Whether a link leads to a package; it is made if it is missing. */
function leadsTo(path: string, link: string): boolean {
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) {
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link, "junction");
  }
  return existsSync(link) && realpathSync(link) === path;
}

/** Installed packages, as paths of links. Terraform copies packages where it cannot link: those are not shared. */
function packagesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (entries.some((entry) => entry.isFile())) return [];
  return entries.flatMap((entry) =>
    entry.isSymbolicLink() ? [relative(folder, join(entry.parentPath, entry.name))] : [],
  );
}
