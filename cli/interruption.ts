import { printError } from "../lib/support/print";

/** Exit code of a program that Ctrl-C ended, by convention of shells. */
const INTERRUPTED = 130;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const running = new Set<AbortController>();

/** Interrupts what `interruptibly` does now, as Ctrl-C would; whether there was anything. */
export function interruptRunning(): boolean {
  for (const interruption of running) interruption.abort(new Error("interrupted"));
  return running.size > 0;
}

/**
 * Does work that Ctrl-C, or a request to end, interrupts in order: what it started ends first, what it made temporarily
 * is removed. The exit code is 130 then. A second Ctrl-C changes nothing.
 */
export async function interruptibly(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort(new Error("interrupted"));
  };
  running.add(interruption);
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    await work(interruption.signal);
    if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    printError("interrupted");
    process.exitCode = INTERRUPTED;
  } finally {
    running.delete(interruption);
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}
