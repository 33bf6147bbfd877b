import { createWriteStream } from "node:fs";
import { inOrder } from "../delivery/schedule";
import { ALERT_HUB_STACK } from "../lib/naming/stack-ids";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import { dependenciesOf, type StackSummary } from "../lib/terraform/read/stack";
import type { Changes, DeployEvent } from "./apply-output";
import { EARLY_TYPES, LATE_TYPE, neededResources, addressesOfTypes } from "./stack-resources";
import { type StackRunOptions, StackRuns } from "./stack-runs";

/** Options of a deployment. */
export interface DeployOptions extends StackRunOptions {
  /** Names of stacks in `outdir`, which must be synthesized already. */
  readonly stacks: readonly string[];
  readonly outdir: string;
  /** Receives the whole output. */
  readonly logFile: string;
  readonly onEvent?: (event: DeployEvent) => void;
  /**
   * Applies stacks in parts where that saves waiting, for three more runs of Terraform with the shipped accounts.
   *
   * @default false
   */
  readonly inParts?: boolean;
}

type Scheduled = Pick<StackSummary, "id" | "file" | "dependencies">;

interface Part {
  readonly begun: number;
  readonly changes: Changes;
  readonly needed: Set<string>;
}

/** A stack that was applied. */
export interface DeployedStack {
  readonly stack: string;
  readonly changes: Changes;
  /** From the moment its own initialization began: stacks that it depends on come first. */
  readonly seconds: number;
}

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
  const runs = new StackRuns(options, (text) => log.write(`${text}\n`));
  const deployment = new Deployment(options, runs);
  try {
    const begun = new Map(urgentFirst(chosen, options).map((stack) => [stack.id, deployment.begin(stack)]));
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
    await runs.idle();
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

/** What is needed first begins first: runs take turns in this order. */
function urgentFirst<T extends Scheduled>(stacks: readonly T[], { first = [] }: DeployOptions): T[] {
  const isUrgent = ({ id }: T) => first.includes(id);
  return [...stacks.filter(isUrgent), ...stacks.filter((stack) => !isUrgent(stack))];
}

class Deployment {
  private readonly deployed: DeployedStack[] = [];
  /** Work on stacks that no other stack waits for. */
  private readonly rest: Promise<unknown>[] = [];
  /** When each stack began, what was applied of it, and the resources that it cannot be used without. */
  private readonly parts = new Map<string, Part>();

  constructor(
    private readonly options: DeployOptions,
    private readonly runs: StackRuns,
  ) {}

  /**
   * Initializes a stack, and in parts applies what the provider waits for if the stack itself has to wait for others.
   * Resolves with whether that succeeded.
   */
  public async begin(stack: Scheduled): Promise<boolean> {
    const needed = this.options.inParts === true ? neededResources(stack.file) : new Set<string>();
    this.parts.set(stack.id, { begun: Date.now(), changes: NONE, needed });
    if (!(await this.runs.initialize(stack))) return false;
    if (this.options.inParts !== true || stack.dependencies.length === 0) return true;
    const early = addressesOfTypes(stack.file, (type) => EARLY_TYPES.includes(type));
    return early.length === 0 || this.applyPart(stack, early);
  }

  /** Resolves with whether what others need of a stack is there. */
  public async apply(stack: Scheduled): Promise<boolean> {
    if (this.options.inParts !== true || addressesOfTypes(stack.file, (type) => type === LATE_TYPE).length === 0)
      return this.applyWhole(stack, []);
    const isUsable = await this.applyPart(
      stack,
      addressesOfTypes(stack.file, (type) => type !== LATE_TYPE),
    );
    if (!isUsable) return false;
    // What was applied just now need not be read again.
    const whole = this.applyWhole(stack, ["-refresh=false"]);
    whole.catch(() => undefined);
    this.rest.push(whole);
    return true;
  }

  /** Resolves when everything has ended. */
  public async end(): Promise<DeployedStack[]> {
    await Promise.all(this.rest);
    const { deployed, options } = this;
    const { failures } = this.runs;
    if (failures.length === 0) return deployed;
    throw new Error(`${failures.join("\n")}\nFull log: ${options.logFile}`);
  }

  private applyPart(stack: Scheduled, addresses: readonly string[]): Promise<boolean> {
    return this.applyTo(
      stack,
      addresses.map((address) => `-target=${address}`),
    );
  }

  private async applyWhole(stack: Scheduled, args: readonly string[]): Promise<boolean> {
    if (!(await this.applyTo(stack, args))) return false;
    const { begun, changes } = this.partOf(stack);
    const seconds = Math.round((Date.now() - begun) / 1000);
    this.deployed.push({ stack: stack.id, changes, seconds });
    this.options.onEvent?.({ type: "applied", stack: stack.id, seconds });
    return true;
  }

  private partOf({ id }: Scheduled) {
    return this.parts.get(id) ?? { begun: Date.now(), changes: NONE, needed: new Set<string>() };
  }

  /** Reports a resource, and after the last needed one that the stack can be used although it is still being applied. */
  private done(stack: Scheduled, address: string): void {
    const { onEvent } = this.options;
    onEvent?.({ type: "resource", stack: stack.id, address });
    const { needed } = this.partOf(stack);
    if (needed.delete(address) && needed.size === 0) onEvent?.({ type: "usable", stack: stack.id });
  }

  /** Whether it succeeded. */
  private async applyTo(stack: Scheduled, args: readonly string[]): Promise<boolean> {
    const changes = await this.runs.apply(stack, args, (address) => {
      this.done(stack, address);
    });
    if (changes === undefined) return false;
    const part = this.partOf(stack);
    this.parts.set(stack.id, { ...part, changes: sum(part.changes, changes) });
    return true;
  }
}

const NONE: Changes = { added: 0, changed: 0, destroyed: 0 };

function sum(one: Changes, other: Changes): Changes {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    destroyed: one.destroyed + other.destroyed,
  };
}
