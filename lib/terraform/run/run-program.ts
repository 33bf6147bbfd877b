import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program is run. */
export interface ProgramRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Interrupts the program, as Ctrl-C would. */
  readonly signal: AbortSignal;
  /** The command is a shell command line, including its arguments. */
  readonly shell?: boolean;
  /** Receives each line that the program writes to standard error. */
  readonly onErrorLine?: (line: string) => void;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Its exit code, or the signal that ended it. */
  readonly ending: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end and keeps what it prints.
 *
 * @throws Error when it cannot be started, and the reason of `signal` once it was interrupted
 */
export async function runProgram(command: string, args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
  const { cwd, env, signal, shell = false, onErrorLine } = run;
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  if (onErrorLine !== undefined) createInterface({ input: child.stderr }).on("line", onErrorLine);
  const interrupt = (): void => {
    child.kill("SIGINT");
  };
  signal.addEventListener("abort", interrupt);
  try {
    const ending = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.on("error", (error) => {
        reject(new Error(`'${command}' could not be started: ${error.message}`));
      });
      child.on("close", (code, killedBy) => {
        resolve(code ?? killedBy ?? 1);
      });
    });
    signal.throwIfAborted();
    return { ending, ...output };
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
