import { join, resolve } from "node:path";
import { synthesize } from "../delivery/synthesis";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import type { StackSummary } from "../lib/terraform/read/stack";
import { bootstrapState } from "../delivery/bootstrap/bootstrap-state";
import { loadOrganization } from "../organization/load";
import type { Organization } from "../organization/organization";
import type { DeployEvent } from "./apply-output";
import type { Cloud } from "./cloud/cloud";
import { deployToCloud } from "./cloud/deploy-to-cloud";
import { type DeployedStack, type DeployOptions, deploy } from "./deploy";
import type { DeploymentCalls } from "./deployment-calls";
import type { ConfirmedSubscriptions } from "./proxy/confirmed-subscriptions";
import type { Proxy } from "./proxy/proxy";
import type { Mailbox } from "./mailbox/mailbox";
import type { Moto } from "./moto";
import type { SharedState } from "./shared-state";
import type { SandboxClock } from "./signal-path/clock";
import type { SignalPath } from "./signal-path/signal-path";
import { releaseWorkFolder } from "./work-folder";

const PROJECT = resolve(__dirname, "..");

/** The parts of a sandbox, which `startSandbox` assembles. */
export interface SandboxParts {
  readonly moto: Moto;
  readonly proxy: Proxy;
  readonly shared: SharedState;
  readonly clock: SandboxClock;
  readonly signalPath: SignalPath;
  readonly stateBucketMade: Promise<void>;
  /** The stand-in for HCP Terraform, if state and runs are there. */
  readonly cloud: Cloud | undefined;
  readonly deploymentCalls: DeploymentCalls;
  readonly env: NodeJS.ProcessEnv;
  readonly accountsFolder: string;
  readonly workFolder: string;
  /** Ids of the stacks to synthesize, besides what they depend on; undefined: all. */
  readonly stacks: readonly string[] | undefined;
}

/** A local AWS with an organization in it, to deploy to. */
export class Sandbox {
  /** The organization as it is in the local AWS, with the ids that were assigned there. */
  public readonly organization: Organization;
  /** The copy of the accounts folder that describes it. */
  public readonly accountsFolder: string;
  /** The folder for everything that the sandbox writes. */
  public readonly workFolder: string;
  /** Environment for programs that must use this local AWS and no other. */
  public readonly env: NodeJS.ProcessEnv;
  /** Where AWS clients send their calls. */
  public readonly endpoint: string;
  /** Confirms email subscriptions. */
  public readonly subscriptions: ConfirmedSubscriptions;
  /** Processes the calls as AWS does, after `start`. */
  public readonly signalPath: SignalPath;
  /** The sandbox's time. */
  public readonly clock: SandboxClock;
  /** Receives the mail that SNS sends. */
  public readonly mailbox: Mailbox;
  /** The stand-in for HCP Terraform, if state and runs are there. */
  public readonly cloud: Cloud | undefined;
  /** Resolves once stacks may be deployed; the bootstrap continues with its own state. */
  public readonly stateBucketMade: Promise<void>;
  /** Resolves with an error if the local AWS exits without having been stopped. */
  public readonly crashed: Promise<Error>;

  private readonly outdir: string;
  private readonly interruption = new AbortController();
  /** Work in progress, which `stop` waits for. */
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly parts: SandboxParts) {
    this.organization = loadOrganization(parts.accountsFolder);
    this.accountsFolder = parts.accountsFolder;
    this.workFolder = parts.workFolder;
    this.env = parts.env;
    this.endpoint = parts.proxy.endpoint;
    this.subscriptions = parts.shared.subscriptions;
    this.signalPath = parts.signalPath;
    this.clock = parts.clock;
    this.mailbox = parts.shared.mailbox;
    this.stateBucketMade = parts.stateBucketMade;
    this.crashed = parts.moto.crashed;
    this.cloud = parts.cloud;
    this.outdir = join(parts.workFolder, "cdktf.out");
  }

  /** Creates the state bucket and moves the state of its own stack into it. */
  public async bootstrap(report: (message: string) => void): Promise<void> {
    const { accountsFolder, env } = this;
    const workFolder = join(this.workFolder, "bootstrap");
    await this.unlessCrashed(bootstrapState({ accountsFolder, env, workFolder, autoApprove: true, report }));
  }

  /** Synthesizes the stacks, for `deploy`. */
  public async synthesize(): Promise<StackSummary[]> {
    const { accountsFolder, env, outdir } = this;
    const { stacks } = this.parts;
    const { signal } = this.interruption;
    const report = () => undefined;
    await this.unlessCrashed(synthesize({ project: PROJECT, accountsFolder, outdir, env, signal, stacks, report }));
    return readStackSummaries(outdir);
  }

  /** Applies synthesized stacks. If the signal path starts meanwhile, it follows each stack as soon as it can be used. */
  public deploy(
    stacks: readonly string[],
    progress: Pick<DeployOptions, "onEvent" | "inParts" | "first"> = {},
  ): Promise<DeployedStack[]> {
    const { outdir, env, workFolder, cloud, signalPath } = this;
    const accounts = new Map(readStackSummaries(outdir).map(({ id, accountId }) => [id, accountId]));
    const onEvent = (event: DeployEvent): void => {
      if (event.type !== "resource") signalPath.readAgain(accounts.get(event.stack));
      progress.onEvent?.(event);
    };
    const logFile = join(workFolder, "deploy.log");
    const signal = this.interruption.signal;
    const options = { stacks, outdir, env, workFolder, logFile, signal, ...progress, onEvent };
    const deploying = cloud === undefined ? deploy(options) : deployToCloud(cloud, options);
    const isFirst = !signalPath.isStarted;
    return this.unlessCrashed(isFirst ? this.parts.deploymentCalls.until(deploying) : deploying);
  }

  /**
   * Interrupts running work, waits for it, and ends what the sandbox started. The work folder is kept for inspection.
   */
  public async stop(): Promise<void> {
    this.interruption.abort(new Error("the sandbox was stopped"));
    await Promise.all(this.running);
    await this.cloud?.stop();
    await this.parts.signalPath.stop();
    await this.parts.proxy.stop();
    await this.parts.moto.stop();
    releaseWorkFolder(this.workFolder);
  }

  /** Work that a crash of the local AWS ends: the crash explains more than the failures that follow. */
  private async unlessCrashed<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => undefined);
    this.running.add(settled);
    const crash = this.crashed.then((error) => {
      this.interruption.abort(error);
      return Promise.reject(error);
    });
    try {
      return await Promise.race([work, crash]);
    } finally {
      void settled.then(() => this.running.delete(settled));
    }
  }
}
