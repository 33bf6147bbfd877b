import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { lessGarbageCollection } from "../lib/terraform/run/garbage-collection";
import { InstalledProviders } from "../lib/terraform/run/installed-providers";
import type { TerraformBinary } from "../lib/terraform/run/terraform-binary";
import { runTerraformDetached } from "../lib/terraform/run/run-terraform-detached";

/** Settings that all runs of Terraform share. */
export interface TerraformSettings {
  readonly terraform: TerraformBinary;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Folder of the app; provider packages are cached in its `.trailwatch`. */
  readonly project: string;
  /**
   * Time limit of an initialization: a registry that does not answer must not block a pipeline for hours.
   *
   * @default - 10 minutes
   */
  readonly initMilliseconds?: number;
}

const INIT_MILLISECONDS = 600_000;
const LOCK_FILE = ".terraform.lock.hcl";

/** Provider and checksums of every stack. OpenTofu's registry has its own packages, and therefore its own checksums. */
const LOCKS = { Terraform: "terraform.lock.hcl", OpenTofu: "tofu.lock.hcl" } as const;

interface StackJson {
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, { readonly source: string }>> };
}

/** Runs Terraform in the folders of stacks, with one provider and one lock file for all of them. */
export class TerraformFolders {
  /** The lock file that is copied to each stack; undefined when the product has none. */
  public readonly lockFile: string | undefined;
  private readonly env: NodeJS.ProcessEnv;
  /** Initializations that may have to fill the cache run one after another. */
  private turns: Promise<unknown> = Promise.resolve();
  private isCacheFilled = false;
  private readonly installed = new InstalledProviders();

  constructor(private readonly settings: TerraformSettings) {
    const lockFile = join(__dirname, LOCKS[settings.terraform.product]);
    this.lockFile = existsSync(lockFile) ? lockFile : undefined;
    this.env = environmentOf(settings);
  }

  /** Initializes a folder, and downloads the provider unless it is cached. Resolves to the exit code. */
  public async init(folder: string, logFile: string): Promise<number | string> {
    // The cache is not safe for concurrent writes: one initialization fills it, the others reuse it. Source: Terraform
    // CLI configuration, "Provider Plugin Cache".
    const turn = this.turns.then(async () => {
      if (this.isCacheFilled) return undefined;
      const ending = await this.initNow(folder, logFile);
      this.isCacheFilled = ending === 0;
      return ending;
    });
    // Other failures are particular to one stack, but a registry that does not answer is not tried again for each
    // stack.
    this.turns = turn;
    return (await turn) ?? this.initNow(folder, logFile);
  }

  /** Runs Terraform in an initialized folder. Resolves to the exit code. */
  public run(args: readonly string[], folder: string, logFile: string): Promise<number | string> {
    const { terraform, signal } = this.settings;
    return runTerraformDetached(args, { command: terraform.command, folder, env: this.env, logFile, signal });
  }

  /** Terraform's environment, for other commands. */
  public get environment(): NodeJS.ProcessEnv {
    return this.env;
  }

  private async initNow(folder: string, logFile: string): Promise<number | string> {
    const { terraform, signal, initMilliseconds: timeoutMilliseconds = INIT_MILLISECONDS } = this.settings;
    const args = ["init", "-input=false", "-no-color"];
    if (this.lockFile !== undefined) {
      writeFile(join(folder, LOCK_FILE), readRegularFile(this.lockFile));
      if (knowsProvidersOf(folder, this.lockFile)) args.push("-lockfile=readonly");
    }
    const ending = await runTerraformDetached(args, {
      ...{ command: terraform.command, folder, logFile, signal, timeoutMilliseconds },
      env: { ...this.installed.link(folder), ...this.env },
    });
    if (ending === 0) this.installed.add(folder);
    return ending;
  }
}

/** A stack may need a provider that is not locked yet: locked providers keep their version, the new one may be any. */
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
    // One data folder for all stacks would mix up their states.
    TF_DATA_DIR: undefined,
  };
}

/** A log's text, to find the error in. */
export function readLog(file: string): string {
  return existsSync(file) ? readRegularFile(file) : "";
}
