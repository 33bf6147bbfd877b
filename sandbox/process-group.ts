import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { type Ending, startProgram } from "../lib/support/run-program";
import { forgetProcess, recordProcess } from "./process-record";

/** How a program of the sandbox is started. */
export interface ProcessGroupOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the program writes: a file descriptor for both streams, or pipes to read from. */
  readonly output: number | "pipe";
  /** The sandbox's folder, where it is recorded as long as it runs. */
  readonly workFolder: string;
}

/**
 * A program and all its child processes, in their own process group: Ctrl-C reaches only the sandbox, which then ends
 * them in order.
 */
export class ProcessGroup {
  /** The program itself. */
  public readonly child: ChildProcess;
  /** Resolves when the program itself has ended; rejects when it could not be started. */
  public readonly ended: Promise<Ending>;

  constructor(command: string, args: readonly string[], options: ProcessGroupOptions) {
    const { cwd, env, output, workFolder } = options;
    const stdio = ["ignore", output, output] as const;
    const { child, ended } = startProgram(command, args, { cwd, env, detached: true, stdio });
    this.child = child;
    const { pid } = child;
    if (pid !== undefined) recordProcess(workFolder, pid);
    this.ended = ended.then(({ ending }) => {
      if (pid !== undefined) forgetProcess(workFolder, pid);
      return ending;
    });
    // Callers that need the result await it. A failed start must not end the process before they do.
    this.ended.catch(() => undefined);
    process.once("exit", this.kill);
  }

  /** Signals the program alone, which forwards the signal if it supports that. */
  public interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Sends the group a signal to end and waits until all of it has ended. After the grace period it is killed. */
  public async stop(graceMilliseconds: number): Promise<void> {
    this.signal("SIGTERM");
    const deadline = Date.now() + graceMilliseconds;
    while (this.signal(0) && Date.now() < deadline) await sleep(20);
    // A zombie process, which has ended but was not reaped, still counts as running: do not wait for it.
    if (this.signal(0)) this.kill();
    process.removeListener("exit", this.kill);
  }

  private readonly kill = (): void => {
    this.signal("SIGKILL");
  };

  /** Whether there was a process to signal. */
  private signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.child;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, signal);
    } catch {
      return false;
    }
  }
}
