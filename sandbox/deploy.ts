import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import { cdktfError, runCdktf } from "./cdktf";
import { DeployOutput, type Changes, type DeployEvent } from "./deploy-output";

/** Options of a deployment. */
export interface DeployOptions {
  /** Names of stacks in `outdir`, which must be synthesized already. */
  readonly stacks: readonly string[];
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  /** The provider comes from a mirror, but `terraform providers lock` would still contact the registry. */
  readonly skipProviderLock: boolean;
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
  /** From the moment its own apply began: stacks that it depends on come first. */
  readonly seconds: number;
}

/**
 * Applies stacks with `cdktf deploy`, which orders them by their dependencies and applies independent ones at once.
 *
 * @throws Error with each failed stack's error, or the log's last lines
 */
export async function deploy(options: DeployOptions): Promise<DeployedStack[]> {
  const { stacks, outdir, logFile, onEvent } = options;
  const output = new DeployOutput();
  const startedAt = new Map<string, number>();
  const deployed: DeployedStack[] = [];

  const args = ["deploy", ...stacks, "--skip-synth", "--auto-approve", "--no-color", "--output", outdir];
  if (options.skipProviderLock) args.push("--skip-provider-lock");
  if (lacksDependency(stacks, outdir)) args.push("--ignore-missing-stack-dependencies");
  const ending = await runCdktf(args, {
    ...options,
    onLine: (line) => {
      for (const event of output.read(line)) {
        const now = Date.now();
        if (event.type === "started") startedAt.set(event.stack, now);
        if (event.type === "applied") {
          const { stack, changes } = event;
          deployed.push({ stack, changes, seconds: Math.round((now - (startedAt.get(stack) ?? now)) / 1000) });
        }
        onEvent?.(event);
      }
    },
  });
  if (ending === 0) return deployed;

  const failures = output.failures();
  for (const failure of failures) onEvent?.(failure);
  throw failures.length === 0
    ? await cdktfError("'cdktf deploy' failed", logFile)
    : new Error(
        failures.map(({ stack, text }) => `stack '${stack}' was not applied:\n${indent(text)}`).join("\n") +
          `\nFull log: ${logFile}`,
      );
}

/**
 * Whether a dependency of a chosen stack is not chosen, because it is deployed already. cdktf gives up all ordering for
 * such a choice.
 */
function lacksDependency(chosen: readonly string[], outdir: string): boolean {
  return readStackSummaries(outdir)
    .filter(({ id }) => chosen.includes(id))
    .some(({ dependencies }) => dependencies.some((dependency) => !chosen.includes(dependency)));
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
