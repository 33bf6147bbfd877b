import { createInterface } from "node:readline";
import execa, { type ExecaChildProcess, type ExecaError, type ExecaReturnValue, type Options } from "execa";

/** How a program is started. */
export interface ProgramOptions {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /**
   * Its whole environment.
   *
   * @default - the environment of this process
   */
  readonly env?: NodeJS.ProcessEnv;
  /** The command is a shell command line, including its arguments. */
  readonly shell?: boolean;
  /** Starts it in its own process group: Ctrl-C in the terminal reaches only this process. */
  readonly detached?: boolean;
  /** @default - no input; its output goes to pipes */
  readonly stdio?: Options["stdio"];
  /** Keeps what it writes to pipes, for `ProgramEnd`. */
  readonly keepOutput?: boolean;
}

/** A program run to its end. */
export interface ProgramRun extends ProgramOptions {
  /** Interrupts the program, as Ctrl-C would. */
  readonly signal?: AbortSignal;
  /**
   * Ends it after this time.
   *
   * @default - no timeout
   */
  readonly timeoutMilliseconds?: number;
  /** Receives each line that the program writes to standard error. */
  readonly onErrorLine?: (line: string) => void;
}

/** Its exit code, or the signal that ended it. */
export type Ending = number | NodeJS.Signals;

/** How a program ended. */
export interface ProgramEnd {
  readonly ending: Ending;
  /** Empty unless the output is kept. */
  readonly stdout: string;
  /** Empty unless the output is kept. */
  readonly stderr: string;
}

/** A program that was started. */
export interface StartedProgram {
  readonly child: ExecaChildProcess;
  /** Resolves when it has ended and its output is read; rejects with the system's error when it could not be started. */
  readonly ended: Promise<ProgramEnd>;
}

/** Starts a program. It is not ended when this process ends. */
export function startProgram(command: string, args: readonly string[], options: ProgramOptions = {}): StartedProgram {
  const { stdio = ["ignore", "pipe", "pipe"], keepOutput = false, ...others } = options;
  const child = execa(command, args, {
    ...others,
    ...{ stdio, buffer: keepOutput, maxBuffer: Infinity, stripFinalNewline: false },
    ...{ extendEnv: false, cleanup: false, reject: false },
  });
  return { child, ended: endOf(child) };
}

/**
 * Runs a program to its end and keeps what it prints.
 *
 * @throws Error when it cannot be started or takes too long, and the reason of `signal` once it was interrupted
 */
export async function runProgram(command: string, args: readonly string[], run: ProgramRun = {}): Promise<ProgramEnd> {
  const { signal, timeoutMilliseconds, onErrorLine, ...options } = run;
  signal?.throwIfAborted();
  const { child, ended } = startProgram(command, args, { keepOutput: true, ...options });
  if (onErrorLine !== undefined && child.stderr) {
    createInterface({ input: child.stderr }).on("line", onErrorLine);
  }
  const interrupt = (): void => {
    child.kill("SIGINT");
  };
  signal?.addEventListener("abort", interrupt);
  const state = { isLate: false };
  // execa sends SIGKILL to a program that does not end on SIGTERM. Its own timeout does not wait for the end.
  const stop = (): void => {
    state.isLate = true;
    child.kill("SIGTERM");
  };
  const timer = timeoutMilliseconds === undefined ? undefined : setTimeout(stop, timeoutMilliseconds);
  try {
    const end = await ended.catch((error: unknown) => {
      throw new Error(`'${command}' could not be started: ${error instanceof Error ? error.message : String(error)}`);
    });
    signal?.throwIfAborted();
    if (state.isLate) throw new Error(`'${command}' took longer than ${(timeoutMilliseconds ?? 0) / 1000} s`);
    return end;
  } finally {
    signal?.removeEventListener("abort", interrupt);
    clearTimeout(timer);
  }
}

async function endOf(child: ExecaChildProcess): Promise<ProgramEnd> {
  const closed = new Promise((resolve) => {
    void child.once("close", resolve);
  });
  // execa's own result and error describe the command at length: ours say what the callers need.
  const result = await child.catch((error: unknown) => error as ExecaError);
  if (child.pid === undefined) {
    const { originalMessage, message } = result as ExecaError;
    throw new Error(originalMessage ?? message, { cause: result });
  }
  // Without kept output, execa does not wait for the end of the pipes.
  await closed;
  // Without kept output they are undefined, whatever execa's types say.
  const { stdout, stderr } = result as Partial<ExecaReturnValue>;
  return { ending: child.exitCode ?? child.signalCode ?? 1, stdout: stdout ?? "", stderr: stderr ?? "" };
}
