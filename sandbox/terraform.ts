import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import type { Ending } from "../lib/support/run-program";
import { ProcessGroup } from "./process-group";

const STOP_MILLISECONDS = 5_000;

/** One run of Terraform. */
export interface SandboxTerraformRun {
  /** Folder of the stack. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The sandbox's folder. */
  readonly workFolder: string;
  /** Interrupts the run, as Ctrl-C would. */
  readonly signal: AbortSignal;
  /**
   * Whether other runs come first on a busy machine.
   *
   * @default false
   */
  readonly inBackground?: boolean;
  readonly onLine: (line: string) => void;
}

/** Runs Terraform to its end, and resolves with its exit. */
export async function runSandboxTerraform(args: readonly string[], run: SandboxTerraformRun): Promise<Ending> {
  const { env, signal, onLine } = run;
  signal.throwIfAborted();
  const group = new ProcessGroup(env.TERRAFORM_BINARY_NAME || "terraform", args, { ...run, output: "pipe" });
  if (run.inBackground === true) lowerPriority(group.child.pid);
  for (const stream of [group.child.stdout, group.child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", onLine);
  }
  const interrupt = () => {
    group.interrupt();
  };
  signal.addEventListener("abort", interrupt);
  try {
    return await group.ended;
  } finally {
    signal.removeEventListener("abort", interrupt);
    await group.stop(STOP_MILLISECONDS);
    signal.throwIfAborted();
  }
}

/** Its child processes, such as the provider, inherit the priority. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not permit it: it runs like the others.
  }
}
