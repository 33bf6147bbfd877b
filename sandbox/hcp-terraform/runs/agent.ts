import { mkdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import { failureText } from "../../../lib/support/failure";
import { runProgram } from "../../../lib/support/run-program";
import { InstalledProviders } from "../../../lib/terraform/run/installed-providers";
import type { RunRecord } from "./run-record";
import type { Store } from "../store";
import { INPUT_FILE } from "./input-variables";
import { PhaseLog } from "./phase-log";
import type { RunEnvironments } from "./run-environment";
import { startTerraform, type Terraform, type TerraformCommand } from "./terraform";
import { PLAN_FILE, resourceCounts, terraformArguments } from "./terraform-arguments";

/** How a phase ended. */
export interface PhaseResult {
  readonly outcome: "changes" | "no changes" | "failed";
  readonly additions: number;
  readonly changes: number;
  readonly destructions: number;
}

/** A phase that runs. */
export interface RunningPhase {
  readonly ended: Promise<PhaseResult>;
  readonly interrupt: () => void;
  readonly kill: () => void;
}

/** Runs real Terraform for plans and applies, as HCP Terraform's agents do. */
export class Agent {
  /** `terraform init` is not safe beside another one, if they share a plugin cache. */
  private initialized: Promise<unknown> = Promise.resolve();
  private readonly installed = new InstalledProviders();

  constructor(
    private readonly store: Store,
    private readonly terraform: Terraform,
    private readonly environments: RunEnvironments,
  ) {}

  public start(run: RunRecord, phase: "plan" | "apply"): RunningPhase {
    const signals: NodeJS.Signals[] = [];
    let command: TerraformCommand | undefined;
    const send = (signal: NodeJS.Signals): void => {
      signals.push(signal);
      command?.signal(signal);
    };
    const { version, platform } = this.terraform;
    const heading = `Terraform v${version}\non ${platform}\nInitializing plugins and modules...`;
    const log = new PhaseLog(this.store.objectPath(run[phase].log), heading);
    const follow = async (started: TerraformCommand): Promise<unknown> => {
      command = started;
      if (signals.at(-1) !== undefined) started.signal(signals.at(-1) ?? "SIGINT");
      return started.ended;
    };
    const ended = this.perform(run, phase, log, follow)
      .catch((error: unknown) => {
        log.write(`\nError: ${failureText(error)}\n`);
        return "failed" as const;
      })
      .then((outcome) => {
        if (signals.length > 0) log.write("\nOperation canceled.\n");
        log.end();
        return { outcome, ...resourceCounts(log.text) };
      });
    return {
      ended,
      interrupt: () => {
        send("SIGINT");
      },
      kill: () => {
        send("SIGKILL");
      },
    };
  }

  /** The plan of a run as JSON; undefined when it has none. */
  public async planJson(run: RunRecord): Promise<Buffer | undefined> {
    const folder = this.store.runFolder(run.id);
    const planFile = join(folder, PLAN_FILE);
    if (!existsSync(planFile)) return undefined;
    const cwd = await this.configuration(run, folder);
    const { env, forget } = this.environments.open(run, "plan", { folder, inputFile: join(cwd, INPUT_FILE) });
    try {
      const { ending, stdout, stderr } = await runProgram(this.terraform.binary, ["show", "-json", planFile], {
        cwd,
        env,
      });
      if (ending !== 0) throw new Error(`the plan of run ${run.id} could not be read: ${stderr}`);
      return Buffer.from(stdout);
    } finally {
      forget();
    }
  }

  private async perform(
    run: RunRecord,
    phase: "plan" | "apply",
    log: PhaseLog,
    follow: (command: TerraformCommand) => Promise<unknown>,
  ): Promise<PhaseResult["outcome"]> {
    const folder = this.store.runFolder(run.id);
    const cwd = await this.configuration(run, folder);
    const { env, forget } = this.environments.open(run, phase, { folder, inputFile: join(cwd, INPUT_FILE) });
    const { binary } = this.terraform;
    try {
      if (phase === "plan") {
        const output: Buffer[] = [];
        const write = (chunk: Buffer) => output.push(chunk);
        const initialized = this.initialized.then(() => {
          const command = ["init", "-input=false", "-no-color"];
          return follow(startTerraform(binary, command, { cwd, env: { ...this.installed.link(cwd), ...env }, write }));
        });
        this.initialized = initialized.catch(() => undefined);
        if ((await initialized) !== 0) {
          log.write(Buffer.concat(output));
          return "failed";
        }
        this.installed.add(cwd);
      }
      const write = (chunk: Buffer) => {
        log.write(chunk);
      };
      const command = terraformArguments(run, phase, join(folder, PLAN_FILE));
      const ending = await follow(startTerraform(binary, command, { cwd, env, write }));
      if (ending === 2 && phase === "plan") return "changes";
      return ending !== 0 ? "failed" : phase === "plan" ? "no changes" : "changes";
    } finally {
      forget();
    }
  }

  /** Unpacks the configuration, and returns the folder where Terraform runs. */
  private async configuration({ configurationVersionId, workspaceId }: RunRecord, folder: string): Promise<string> {
    const version = this.store.find("configurationVersions", configurationVersionId);
    const settings = this.store.find("workspaces", workspaceId)?.settings;
    const root = join(folder, "configuration");
    if (!existsSync(root)) {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      const args = ["-xzf", this.store.objectPath(version?.object ?? ""), "-C", root];
      const { ending, stderr } = await runProgram("tar", args);
      if (ending !== 0) throw new Error(`the uploaded configuration could not be unpacked: ${stderr}`);
    }
    const workingDirectory = settings?.["working-directory"] ?? "";
    const cwd = join(root, workingDirectory);
    if (existsSync(cwd)) return cwd;
    throw new Error(`the working directory '${workingDirectory}' is not in the uploaded configuration`);
  }
}
