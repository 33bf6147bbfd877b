import { dirname } from "node:path";
import pLimit from "p-limit";
import type { StackSummary } from "../lib/terraform/read/stack";
import { InstalledProviders } from "../lib/terraform/run/installed-providers";
import { ApplyOutput, type Changes } from "./apply-output";
import { runSandboxTerraform } from "./terraform";

/** How Terraform runs for stacks. */
export interface StackRunOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The sandbox's folder. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  /**
   * Whether HCP Terraform may run the applies: it rejects a number of resources at a time.
   *
   * @default false
   */
  readonly isRemote?: boolean;
  /**
   * Names of stacks that are needed before the others, which get less of the machine.
   *
   * @default - all are equal
   */
  readonly first?: readonly string[];
}

type RunStack = Pick<StackSummary, "id" | "file">;

/** Runs of Terraform at a time, which wait for AWS most of the time. Each takes some 700 MB. */
export const RUNS_AT_A_TIME = 8;

/**
 * Resources that a run works on at a time. Of Terraform's default of ten, most would wait for keys and queues, and a few
 * remain for hundreds of others.
 */
const RESOURCES_AT_A_TIME = 100;

/** Lines of output that explain a failure without an error. */
const LAST_LINES = 20;

/** Runs Terraform for stacks, keeps the errors of failed runs, and logs the whole output. */
export class StackRuns {
  /** The text of each failed run. */
  public readonly failures: string[] = [];
  private readonly limited = pLimit(RUNS_AT_A_TIME);
  private readonly running = new Set<Promise<unknown>>();
  private firstInitialization: Promise<boolean> | undefined;
  private readonly installed = new InstalledProviders();

  constructor(
    private readonly options: StackRunOptions,
    private readonly log: (text: string) => void,
  ) {}

  /**
   * Whether it succeeded. The cache of providers is not safe for concurrent writes: the first one fills it, and the others
   * take what it installed.
   */
  public async initialize(stack: RunStack): Promise<boolean> {
    if (this.firstInitialization === undefined) return (this.firstInitialization = this.initializeNow(stack));
    await this.firstInitialization;
    return this.initializeNow(stack);
  }

  /**
   * Applies a stack, or what `args` name of it.
   *
   * @param onResource gets the address of each resource that is done
   * @returns what changed; undefined: it failed
   */
  public async apply(
    stack: RunStack,
    args: readonly string[],
    onResource: (address: string) => void,
  ): Promise<Changes | undefined> {
    const output = new ApplyOutput();
    const latest: string[] = [];
    const parallelism = this.options.isRemote === true ? [] : [`-parallelism=${RESOURCES_AT_A_TIME}`];
    const command = ["apply", "-json", "-input=false", "-auto-approve", ...parallelism, ...args];
    const ending = await this.run(stack, command, (line) => {
      const { text, done } = output.read(line);
      latest.push(text);
      if (done !== undefined) onResource(done);
      return text;
    });
    if (ending === 0) return output.changes;
    this.fail(stack.id, output.errors.length > 0 ? output.errors : latest.slice(-LAST_LINES));
    return undefined;
  }

  /** Resolves when no Terraform runs or is about to. */
  public async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private async initializeNow(stack: RunStack): Promise<boolean> {
    const lines: string[] = [];
    const folder = dirname(stack.file);
    const read = (line: string) => {
      lines.push(line);
      return line;
    };
    const ending = await this.run(stack, ["init", "-input=false", "-no-color"], read, this.installed.link(folder));
    if (ending === 0) this.installed.add(folder);
    else this.fail(stack.id, lines);
    return ending === 0;
  }

  private run(
    { id, file }: RunStack,
    args: readonly string[],
    read: (line: string) => string,
    variables: NodeJS.ProcessEnv = {},
  ) {
    const { workFolder, signal, first } = this.options;
    const env = { ...variables, ...this.options.env };
    const prefix = `${id}  `;
    const ending = this.limited(runSandboxTerraform, args, {
      ...{ cwd: dirname(file), env, workFolder, signal },
      inBackground: first !== undefined && !first.includes(id),
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
