import { createWriteStream } from "node:fs";
import { dirname } from "node:path";
import pLimit from "p-limit";
import { inOrder } from "../delivery/schedule";
import { ALERT_HUB_STACK } from "../lib/naming/stack-ids";
import { readRegularFile } from "../lib/support/regular-file";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import { dependenciesOf, type StackSummary } from "../lib/terraform/read/stack";
import { ApplyOutput, type Changes, type DeployEvent } from "./apply-output";
import { runSandboxTerraform } from "./terraform";

/** Options of a deployment. */
export interface DeployOptions {
  /** Names of stacks in `outdir`, which must be synthesized already. */
  readonly stacks: readonly string[];
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  /** The sandbox's folder. */
  readonly workFolder: string;
  /** Receives the whole output. */
  readonly logFile: string;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: DeployEvent) => void;
  /**
   * Applies stacks in parts where that saves waiting, for three more runs of Terraform with the shipped accounts.
   *
   * @default false
   */
  readonly inParts?: boolean;
}

type Scheduled = Pick<StackSummary, "id" | "file" | "dependencies">;

/**
 * The provider waits 56 seconds after it has put one of these: 10 seconds, and ten answers at intervals of 5. No resource
 * depends on them, so in parts they come last. Source: terraform-provider-aws, `waitLifecycleConfigEquals`.
 */
const LATE_TYPE = "aws_s3_bucket_lifecycle_configuration";

/**
 * The provider waits for the propagation of these: 13 seconds for a key, 26 for a queue, and 25 for its policy. Most
 * resources of a stack depend on them, and they on no other stack. Source: terraform-provider-aws,
 * `waitKeyPolicyPropagated`, `waitQueueAttributesPropagated`.
 */
const EARLY_TYPES = ["aws_kms_key", "aws_sqs_queue", "aws_sqs_queue_policy"];

/** A stack that was applied. */
export interface DeployedStack {
  readonly stack: string;
  readonly changes: Changes;
  /** From the moment its own initialization began: stacks that it depends on come first. */
  readonly seconds: number;
}

/** Runs of Terraform at a time, which wait for AWS most of the time. Each takes some 700 MB. */
export const PARALLELISM = 8;

/**
 * Applies stacks with Terraform, each after those that it depends on, independent ones at once.
 *
 * @returns a promise that all stacks are applied as a whole
 * @throws Error with each failed stack's error
 */
export async function deploy(options: DeployOptions): Promise<DeployedStack[]> {
  const all = readStackSummaries(options.outdir);
  const chosen = all
    .filter(({ id }) => options.stacks.includes(id))
    .map((stack) => ({ ...stack, dependencies: neededBy(stack, all).filter((id) => options.stacks.includes(id)) }));
  const log = createWriteStream(options.logFile, { flags: "a" });
  const deployment = new Deployment(options, (text) => log.write(`${text}\n`));
  try {
    const begun = new Map(chosen.map((stack) => [stack.id, deployment.begin(stack)]));
    // Its stack may never come to wait for it.
    for (const beginning of begun.values()) beginning.catch(() => undefined);
    await inOrder(chosen, chosen.length, async (stack, before: ReadonlyMap<string, boolean>) => {
      const isBegun = await begun.get(stack.id);
      // A failure stops only the stacks that need the failed one.
      return isBegun === true && ![...before.values()].includes(false) && deployment.apply(stack);
    });
    return await deployment.end();
  } finally {
    // After an interruption, all of them end.
    await deployment.idle();
    await new Promise((closed) => log.end(closed));
  }
}

/**
 * What must be there before a stack. The alert hub need not: it only has to exist before an alarm goes off, and none does
 * before the signal path starts.
 */
function neededBy(stack: StackSummary, all: readonly StackSummary[]): string[] {
  return dependenciesOf(stack, all).filter((id) => id !== ALERT_HUB_STACK);
}

class Deployment {
  private readonly deployed: DeployedStack[] = [];
  private readonly failures: string[] = [];
  /** Work on stacks that no other stack waits for. */
  private readonly rest: Promise<unknown>[] = [];
  private readonly limited = pLimit(PARALLELISM);
  /** When each stack began, and what was applied of it. */
  private readonly parts = new Map<string, { readonly begun: number; readonly changes: Changes }>();
  private readonly running = new Set<Promise<unknown>>();
  private first: Promise<boolean> | undefined;

  constructor(
    private readonly options: DeployOptions,
    private readonly log: (text: string) => void,
  ) {}

  /**
   * Initializes a stack, and in parts applies what the provider waits for if the stack itself has to wait for others.
   * Resolves with whether that succeeded.
   */
  public async begin(stack: Scheduled): Promise<boolean> {
    this.parts.set(stack.id, { begun: Date.now(), changes: NONE });
    if (!(await this.initialize(stack))) return false;
    if (this.options.inParts !== true || stack.dependencies.length === 0) return true;
    const early = resourcesOf(stack.file, (type) => EARLY_TYPES.includes(type));
    return early.length === 0 || this.applyPart(stack, early);
  }

  /** Resolves with whether what others need of a stack is there. */
  public async apply(stack: Scheduled): Promise<boolean> {
    if (this.options.inParts !== true || resourcesOf(stack.file, (type) => type === LATE_TYPE).length === 0)
      return this.applyWhole(stack, []);
    const isUsable = await this.applyPart(
      stack,
      resourcesOf(stack.file, (type) => type !== LATE_TYPE),
    );
    if (!isUsable) return false;
    this.options.onEvent?.({ type: "usable", stack: stack.id });
    // What was applied just now need not be read again.
    const whole = this.applyWhole(stack, ["-refresh=false"]);
    whole.catch(() => undefined);
    this.rest.push(whole);
    return true;
  }

  /** Resolves when everything has ended. */
  public async end(): Promise<DeployedStack[]> {
    await Promise.all(this.rest);
    const { deployed, failures, options } = this;
    if (failures.length === 0) return deployed;
    throw new Error(`${failures.join("\n")}\nFull log: ${options.logFile}`);
  }

  /** Resolves when no Terraform runs or is about to. */
  public async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private applyPart(stack: Scheduled, addresses: readonly string[]): Promise<boolean> {
    return this.applyNow(
      stack,
      addresses.map((address) => `-target=${address}`),
    );
  }

  private async applyWhole(stack: Scheduled, args: readonly string[]): Promise<boolean> {
    if (!(await this.applyNow(stack, args))) return false;
    const { begun, changes } = this.partOf(stack);
    const seconds = Math.round((Date.now() - begun) / 1000);
    this.deployed.push({ stack: stack.id, changes, seconds });
    this.options.onEvent?.({ type: "applied", stack: stack.id, seconds });
    return true;
  }

  private partOf({ id }: Scheduled) {
    return this.parts.get(id) ?? { begun: Date.now(), changes: NONE };
  }

  /** Whether it succeeded. The cache of providers is not safe for concurrent writes: the first one fills it. */
  private async initialize(stack: Scheduled): Promise<boolean> {
    if (this.first === undefined) return (this.first = this.initializeNow(stack));
    await this.first;
    return this.initializeNow(stack);
  }

  private async initializeNow({ id, file }: Scheduled): Promise<boolean> {
    const lines: string[] = [];
    const ending = await this.run(id, file, ["init", "-input=false", "-no-color"], (line) => {
      lines.push(line);
      return line;
    });
    if (ending !== 0) this.fail(id, lines);
    return ending === 0;
  }

  private async applyNow(stack: Scheduled, args: readonly string[]): Promise<boolean> {
    const { id, file } = stack;
    const output = new ApplyOutput();
    const latest: string[] = [];
    const command = ["apply", "-json", "-input=false", "-auto-approve", ...args];
    const ending = await this.run(id, file, command, (line) => {
      const { text, done } = output.read(line);
      latest.push(text);
      if (done !== undefined) this.options.onEvent?.({ type: "resource", stack: id, address: done });
      return text;
    });
    if (ending !== 0) this.fail(id, output.errors.length > 0 ? output.errors : latest.slice(-LAST_LINES));
    const { begun, changes } = this.partOf(stack);
    this.parts.set(id, { begun, changes: sum(changes, output.changes) });
    return ending === 0;
  }

  private run(stack: string, file: string, args: readonly string[], read: (line: string) => string) {
    const { env, workFolder, signal } = this.options;
    const prefix = `${stack}  `;
    const ending = this.limited(runSandboxTerraform, args, {
      ...{ cwd: dirname(file), env, workFolder, signal },
      onLine: (line) => {
        this.log(prefix + read(line).replaceAll("\n", `\n${" ".repeat(prefix.length)}`));
      },
    });
    this.running.add(ending);
    const forget = () => this.running.delete(ending);
    ending.then(forget, forget);
    return ending;
  }

  private fail(stack: string, lines: readonly string[]): void {
    const text = lines.join("\n\n").replace(/^(?=.)/gm, "  ");
    this.failures.push(`stack '${stack}' was not applied:\n${text}`);
  }
}

/** Of a failure without an error. */
const LAST_LINES = 20;
const NONE: Changes = { added: 0, changed: 0, destroyed: 0 };

function sum(one: Changes, other: Changes): Changes {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    destroyed: one.destroyed + other.destroyed,
  };
}

/** Addresses of a stack's resources of certain types. */
function resourcesOf(file: string, isWanted: (type: string) => boolean): string[] {
  const { resource = {} } = JSON.parse(readRegularFile(file)) as { resource?: Record<string, Record<string, unknown>> };
  return Object.entries(resource)
    .filter(([type]) => isWanted(type))
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}
