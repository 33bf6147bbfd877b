import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { lessGarbageCollection } from "../lib/terraform/run/garbage-collection";
import type { TerraformBinary } from "../lib/terraform/run/terraform-binary";
import { runTerraform } from "../lib/terraform/run/terraform-process";

/** What all runs of Terraform have in common. */
export interface TerraformSettings {
  readonly terraform: TerraformBinary;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Folder of the app; packages of the provider are kept in its `.trailwatch`. */
  readonly project: string;
  /**
   * After so long an initialization is given up: a registry that does not answer must not stop a pipeline for hours.
   *
   * @default - 10 minutes
   */
  readonly initMilliseconds?: number;
}

const INIT_MILLISECONDS = 600_000;
const LOCK_FILE = ".terraform.lock.hcl";

/** Provider and checksums of every stack. OpenTofu's registry has packages, and so checksums, of its own. */
const LOCKS = { Terraform: "terraform.lock.hcl", OpenTofu: "tofu.lock.hcl" } as const;

interface StackJson {
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, { readonly source: string }>> };
}

/** Runs Terraform in the folders of stacks: one provider, one lock file for all of them. */
export class TerraformFolders {
  /** The lock file that each stack gets a copy of; undefined when the product has none. */
  public readonly lockFile: string | undefined;
  private readonly env: NodeJS.ProcessEnv;
  /** Those that may have to fill the cache, one after another. */
  private turns: Promise<unknown> = Promise.resolve();
  private isCacheFilled = false;

  constructor(private readonly settings: TerraformSettings) {
    const lockFile = join(__dirname, LOCKS[settings.terraform.product]);
    this.lockFile = existsSync(lockFile) ? lockFile : undefined;
    this.env = environmentOf(settings);
  }

  /** Initializes a folder, and fetches the provider if no other has before. Resolves to the exit code. */
  public async init(folder: string, logFile: string): Promise<number | string> {
    // The cache is not safe for several who fill it: one does, the others find it filled. Source: Terraform CLI
    // configuration, "Provider Plugin Cache".
    const turn = this.turns.then(async () => {
      if (this.isCacheFilled) return undefined;
      const ending = await this.initNow(folder, logFile);
      this.isCacheFilled = ending === 0;
      return ending;
    });
    // Who fails has its own reasons, but a registry that does not answer one is not asked again for each of the others.
    this.turns = turn;
    return (await turn) ?? this.initNow(folder, logFile);
  }

  /** Runs Terraform in an initialized folder. Resolves to the exit code. */
  public run(args: readonly string[], folder: string, logFile: string): Promise<number | string> {
    const { terraform, signal } = this.settings;
    return runTerraform(args, { command: terraform.command, folder, env: this.env, logFile, signal });
  }

  /** Environment of Terraform, for what is run otherwise. */
  public get environment(): NodeJS.ProcessEnv {
    return this.env;
  }

  private initNow(folder: string, logFile: string): Promise<number | string> {
    const { terraform, signal, initMilliseconds: timeoutMilliseconds = INIT_MILLISECONDS } = this.settings;
    const args = ["init", "-input=false", "-no-color"];
    if (this.lockFile !== undefined) {
      writeFile(join(folder, LOCK_FILE), readRegularFile(this.lockFile));
      if (knowsProvidersOf(folder, this.lockFile)) args.push("-lockfile=readonly");
    }
    return runTerraform(args, {
      command: terraform.command,
      folder,
      env: this.env,
      logFile,
      signal,
      timeoutMilliseconds,
    });
  }
}

/** A stack may need a provider that nobody has locked yet: those that are known stay as they are, that one is free. */
function knowsProvidersOf(folder: string, lockFile: string): boolean {
  const lock = readRegularFile(lockFile);
  const { terraform } = JSON.parse(readRegularFile(join(folder, "cdk.tf.json"))) as StackJson;
  return Object.values(terraform?.required_providers ?? {}).every(({ source }) => {
    const address = source.includes("/") ? source : `hashicorp/${source}`;
    return lock.includes(`/${address}" {`);
  });
}

function environmentOf({ env, project }: TerraformSettings): NodeJS.ProcessEnv {
  const cache = env.TF_PLUGIN_CACHE_DIR || resolve(project, ".trailwatch", "plugin-cache");
  // Terraform refuses a cache folder that does not exist.
  makeFolder(cache);
  return {
    ...env,
    ...lessGarbageCollection(env),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: cache,
    // One folder for all stacks would mix up their states.
    TF_DATA_DIR: undefined,
  };
}

/** A log's text, for reading what went wrong. */
export function readLog(file: string): string {
  return existsSync(file) ? readRegularFile(file) : "";
}
