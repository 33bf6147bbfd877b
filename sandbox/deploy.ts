import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { inOrder } from "../delivery/schedule";
import { readRegularFile } from "../lib/support/regular-file";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import { dependenciesOf, type StackSummary } from "../lib/terraform/read/stack";
import { ApplyOutput, type Changes, type DeployEvent } from "./apply-output";
import { runTerraform } from "./terraform";

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
}

/** A stack that was applied. */
export interface DeployedStack {
  readonly stack: string;
  readonly changes: Changes;
  /** From the moment its own initialization began: stacks that it depends on come first. */
  readonly seconds: number;
}

/** More at a time would only wait for the local AWS, which is one process. */
const PARALLELISM = 6;

/**
 * The provider waits for 56 seconds after it has put one of these: 10 seconds, and ten answers at intervals of 5. No
 * resource depends on them. Source: terraform-provider-aws, `waitLifecycleConfigEquals`.
 */
const SLOW_TYPE = "aws_s3_bucket_lifecycle_configuration";

/**
 * Applies stacks with Terraform, each after those that it depends on, independent ones at once. A stack with slow
 * resources is applied without them first, so that those that depend on it need not wait, and then as a whole.
 *
 * @returns a promise that all stacks are applied as a whole
 * @throws Error with each failed stack's error
 */
export async function deploy(options: DeployOptions): Promise<DeployedStack[]> {
  const all = readStackSummaries(options.outdir);
  const chosen = all
    .filter(({ id }) => options.stacks.includes(id))
    .map((stack) => ({ ...stack, dependencies: dependenciesOf(stack, all) }));
  const log = createWriteStream(options.logFile, { flags: "a" });
  const deployment = new Deployment(options, (text) => log.write(`${text}\n`));
  try {
    await inOrder(chosen, PARALLELISM, async (stack, before: ReadonlyMap<string, boolean>) => {
      // A failure stops only the stacks that need the failed one.
      if ([...before.values()].includes(false)) return false;
      return deployment.begin(stack);
    });
    return await deployment.end();
  } finally {
    await new Promise((closed) => log.end(closed));
  }
}

class Deployment {
  private readonly deployed: DeployedStack[] = [];
  private readonly failures: string[] = [];
  /** Work on stacks that no other stack waits for. */
  private readonly rest: Promise<void>[] = [];
  private first: Promise<boolean> | undefined;

  constructor(
    private readonly options: DeployOptions,
    private readonly log: (text: string) => void,
  ) {}

  /** Resolves with whether what others need of a stack is there. */
  public async begin(stack: StackSummary): Promise<boolean> {
    const begun = Date.now();
    if (!(await this.initialize(stack))) return false;
    const others = othersThanSlow(stack.file);
    if (others === undefined) return this.finish(stack, begun, []);

    const targets = others.map((address) => `-target=${address}`);
    const changes = await this.apply(stack, targets);
    if (changes === undefined) return false;
    this.options.onEvent?.({ type: "usable", stack: stack.id });
    // What was applied just now need not be read again.
    const finished = this.finish(stack, begun, ["-refresh=false"], changes).then(() => undefined);
    finished.catch(() => undefined);
    this.rest.push(finished);
    return true;
  }

  /** Resolves when everything has ended. */
  public async end(): Promise<DeployedStack[]> {
    await Promise.all(this.rest);
    const { deployed, failures, options } = this;
    if (failures.length === 0) return deployed;
    throw new Error(`${failures.join("\n")}\nFull log: ${options.logFile}`);
  }

  private async finish({ id, file }: StackSummary, begun: number, args: string[], before = NONE): Promise<boolean> {
    const changes = await this.apply({ id, file }, args);
    if (changes === undefined) return false;
    const seconds = Math.round((Date.now() - begun) / 1000);
    this.deployed.push({ stack: id, changes: sum(before, changes), seconds });
    this.options.onEvent?.({ type: "applied", stack: id, seconds });
    return true;
  }

  /** Whether it succeeded. The cache of providers is not safe for concurrent writes: the first one fills it. */
  private async initialize(stack: Pick<StackSummary, "id" | "file">): Promise<boolean> {
    if (this.first === undefined) return (this.first = this.initializeNow(stack));
    await this.first;
    return this.initializeNow(stack);
  }

  private async initializeNow({ id, file }: Pick<StackSummary, "id" | "file">): Promise<boolean> {
    const lines: string[] = [];
    const ending = await this.run(id, file, ["init", "-input=false", "-no-color"], (line) => {
      lines.push(line);
      return line;
    });
    if (ending !== 0) this.fail(id, lines);
    return ending === 0;
  }

  private async apply(
    { id, file }: Pick<StackSummary, "id" | "file">,
    args: readonly string[],
  ): Promise<Changes | undefined> {
    const output = new ApplyOutput();
    const latest: string[] = [];
    const command = ["apply", "-json", "-input=false", "-auto-approve", ...args];
    const ending = await this.run(id, file, command, (line) => {
      const { text, done } = output.read(line);
      latest.push(text);
      if (done !== undefined) this.options.onEvent?.({ type: "resource", stack: id, address: done });
      return text;
    });
    if (ending === 0) return output.changes;
    this.fail(id, output.errors.length > 0 ? output.errors : latest.slice(-LAST_LINES));
    return undefined;
  }

  private run(stack: string, file: string, args: string[], read: (line: string) => string) {
    const { env, workFolder, signal } = this.options;
    const prefix = `${stack}  `;
    return runTerraform(args, {
      ...{ cwd: join(file, ".."), env, workFolder, signal },
      onLine: (line) => {
        this.log(prefix + read(line).replaceAll("\n", `\n${" ".repeat(prefix.length)}`));
      },
    });
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

/** Addresses of a stack's other resources; undefined when it has no slow ones. */
function othersThanSlow(file: string): string[] | undefined {
  const { resource = {} } = JSON.parse(readRegularFile(file)) as { resource?: Record<string, Record<string, unknown>> };
  if (!(SLOW_TYPE in resource)) return undefined;
  return Object.entries(resource)
    .filter(([type]) => type !== SLOW_TYPE)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}
