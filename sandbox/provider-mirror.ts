import { awsProviderRange, isAwsProviderSupported } from "../lib/terraform/aws-provider";
import { shownPath } from "../lib/support/printable";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** Names of Go, in which Terraform is written, for what Node calls otherwise. */
const GO_NAMES: Readonly<Record<string, string>> = { win32: "windows", x64: "amd64", ia32: "386" };

/** The platform in the names that Terraform's mirrors use, for example `linux_amd64`. */
export const TERRAFORM_PLATFORM = [process.platform, process.arch].map((name) => GO_NAMES[name] ?? name).join("_");

/**
 * The file-system mirror for Terraform's AWS provider: the one that `TRAILWATCH_PROVIDER_MIRROR` names, otherwise one
 * of Terraform's implied mirror folders, otherwise a `registry.terraform.io` tree directly below a folder in `/opt`.
 *
 * @returns undefined when there is none: the provider then comes from the registry
 */
export function findProviderMirror(env: Environment, home = homedir(), opt = "/opt"): string | undefined {
  const named = env.TRAILWATCH_PROVIDER_MIRROR;
  if (!named) return [...impliedMirrors(env, home), ...foldersIn(opt)].find(holdsProvider);
  if (holdsProvider(named)) return named;
  throw new Error(
    `'TRAILWATCH_PROVIDER_MIRROR' must be a folder with ${PROVIDER} in a version ${awsProviderRange()} for ` +
      `${TERRAFORM_PLATFORM}, got '${shownPath(named)}': fill it with 'terraform providers mirror', or unset the variable ` +
      "to use the registry",
  );
}

/** The folders that Terraform uses as mirrors without configuration ("Implied Local Mirror Directories"). */
export function impliedMirrors(env: Environment, home: string, platform: string = process.platform): string[] {
  switch (platform) {
    case "win32": {
      const appData = env.APPDATA ?? join(home, "AppData", "Roaming");
      return [join(appData, "terraform.d", "plugins"), join(appData, "HashiCorp", "Terraform", "plugins")];
    }
    case "darwin":
      return [
        join(home, ".terraform.d", "plugins"),
        join(home, "Library", "Application Support", "io.terraform", "plugins"),
        "/Library/Application Support/io.terraform/plugins",
      ];
    default: {
      // By the XDG specification, an empty variable counts as unset.
      const dataHome = env.XDG_DATA_HOME || join(home, ".local", "share");
      const dataDirs = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":");
      return [
        join(home, ".terraform.d", "plugins"),
        ...[dataHome, ...dataDirs].map((folder) => join(folder, "terraform", "plugins")),
      ];
    }
  }
}

function holdsProvider(mirror: string): boolean {
  const provider = join(mirror, PROVIDER);
  return entriesOf(provider).some((entry) => isProvider(provider, entry));
}

/** Whether an entry of the provider's folder is a supported version for this platform. */
function isProvider(folder: string, entry: string): boolean {
  // packed: terraform-provider-aws_5.100.0_linux_amd64.zip
  const packed = /^terraform-provider-aws_([^_]+)_(.+)\.zip$/.exec(entry);
  if (packed) return isAwsProviderSupported(packed[1] ?? "") && packed[2] === TERRAFORM_PLATFORM;
  // unpacked: 5.100.0/linux_amd64/
  return isAwsProviderSupported(entry) && existsSync(join(folder, entry, TERRAFORM_PLATFORM));
}

/**
 * Folder of the unpacked provider that every stack gets from a mirror. Undefined when the mirror holds several versions,
 * of which each stack takes the newest that it accepts, or a packed one.
 */
export function onlyProviderIn(mirror: string): string | undefined {
  const provider = join(mirror, PROVIDER);
  const [only, ...others] = entriesOf(provider).filter((entry) => isProvider(provider, entry));
  return only === undefined || others.length > 0 || only.endsWith(".zip")
    ? undefined
    : join(provider, only, TERRAFORM_PLATFORM);
}

function foldersIn(parent: string): string[] {
  return entriesOf(parent).map((name) => join(parent, name));
}

/** Names in a folder, sorted; empty when it is missing, is a file or cannot be read. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
