import { spawn } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";

/** How Terraform is run. */
export interface DetachedRun {
  readonly command: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Its whole output is appended here. */
  readonly logFile: string;
  /** Interrupts it, once: on a second interruption it would exit with its state locked and outdated. */
  readonly signal: AbortSignal;
  /**
   * Interrupts it after this time.
   *
   * @default - no timeout
   */
  readonly timeoutMilliseconds?: number;
}

/**
 * The longest time that Terraform may take to shut down; after that it is killed. Applies only to runs that change
 * nothing in AWS.
 */
const GRACE_MILLISECONDS = 30_000;

/**
 * Runs Terraform in its own process group, so that Ctrl-C in the terminal reaches it through this process only.
 * Terraform writes to the log itself, and not to a pipe of `run-program.ts`: if this process is killed, Terraform continues, writes its state and unlocks it.
 *
 * @returns its exit code, or the signal that ended it
 * @throws Error when it cannot be started or takes too long
 */
export async function runTerraformDetached(
  args: readonly string[],
  run: DetachedRun,
): Promise<number | NodeJS.Signals> {
  const { command, folder, env, logFile, signal, timeoutMilliseconds } = run;
  signal.throwIfAborted();
  const log = openSync(logFile, "a", 0o600);
  writeSync(log, `$ ${command} ${args.join(" ")}\n`);
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);

  const state = { isLate: false };
  const timers: NodeJS.Timeout[] = [];
  const interrupt = (): void => {
    child.kill("SIGINT");
  };
  signal.addEventListener("abort", interrupt, { once: true });
  if (timeoutMilliseconds !== undefined) {
    const stop = (): void => {
      state.isLate = true;
      interrupt();
      timers.push(setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS));
    };
    timers.push(setTimeout(stop, timeoutMilliseconds));
  }
  try {
    const ending = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.on("error", (error) => {
        reject(new Error(`'${command}' could not be started: ${error.message}`));
      });
      child.on("exit", (code, killedBy) => {
        resolve(code ?? killedBy ?? 1);
      });
    });
    if (state.isLate)
      throw new Error(`'${command} ${args[0] ?? ""}' took longer than ${(timeoutMilliseconds ?? 0) / 60_000} min`);
    return ending;
  } finally {
    signal.removeEventListener("abort", interrupt);
    timers.forEach(clearTimeout);
  }
}
