import { writeFile } from "../lib/support/write-file";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { lessGarbageCollection } from "../lib/terraform/run/garbage-collection";
import { findProviderMirror, onlyProviderIn, type Environment } from "./provider-mirror";

const AWS_PROVIDER = "registry.terraform.io/hashicorp/aws";

/** Kept between runs: the provider is some 700 MB unpacked. */
const PLUGIN_CACHE = resolve(__dirname, "..", ".trailwatch", "plugin-cache");

/** Terraform's settings in the sandbox. */
export interface TerraformEnvironment {
  /** Folder of the file-system mirror that the AWS provider comes from; undefined when it is the registry. */
  readonly mirror: string | undefined;

  /** Variables to add to the environment of Terraform. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Selects the source of the AWS provider, and writes the CLI configuration for it into `folder`. */
export function terraformEnvironment(folder: string, env: Environment): TerraformEnvironment {
  const mirror = findProviderMirror(env);
  return {
    mirror,
    variables: {
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...lessGarbageCollection(env),
      ...cliConfigVariable(folder, mirror, env),
      ...pluginCacheVariables(folder, mirror, env),
    },
  };
}

function cliConfigVariable(folder: string, mirror: string | undefined, env: Environment): Record<string, string> {
  // The user's own configuration may hold a network mirror or credentials, so it stays unless ours must replace it. A
  // configured file that is missing is replaced too, because Terraform complains about it in every command.
  const own = env.TF_CLI_CONFIG_FILE;
  if (mirror === undefined && (!own || existsSync(own))) return {};

  const file = join(resolve(folder), "terraform.tfrc");
  mkdirSync(folder, { recursive: true });
  writeFile(file, mirror === undefined ? "" : mirrorConfig(resolve(mirror)));
  return { TF_CLI_CONFIG_FILE: file };
}

/**
 * An override does not change what is installed, nor its check against the lock file by `terraform init`. But each later
 * command otherwise reads the whole package again, to check it once more: 700 MB.
 */
function mirrorConfig(mirror: string): string {
  const only = onlyProviderIn(mirror);
  const override =
    only === undefined
      ? ""
      : `  dev_overrides {
    ${JSON.stringify(AWS_PROVIDER)} = ${JSON.stringify(only)}
  }
`;
  return `provider_installation {
${override}  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${AWS_PROVIDER}"]
  }
  direct {
    exclude = ["${AWS_PROVIDER}"]
  }
}
`;
}

/**
 * One copy of the provider for all stacks. A shared cache is not safe for concurrent `terraform init`, so the first
 * stack is initialized alone (`deploy.ts`). Terraform uses a cached provider only if the lock file has its checksum;
 * generated stacks start without a lock file, so the second variable lifts that condition.
 */
function pluginCacheVariables(folder: string, mirror: string | undefined, env: Environment): Record<string, string> {
  // With a mirror, a cache may hold links into it. Such a cache must not outlive the run, because the mirror may move.
  const own = mirror === undefined ? PLUGIN_CACHE : join(resolve(folder), "plugin-cache");
  const cache = env.TF_PLUGIN_CACHE_DIR || own;
  // Terraform refuses a cache folder that does not exist.
  mkdirSync(cache, { recursive: true });
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}
