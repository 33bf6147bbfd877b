import { printError } from "../lib/support/print";

/** Exit code of a program that Ctrl-C ended, by shell convention. */
const INTERRUPTED = 130;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const running = new Set<AbortController>();

/** Interrupts what `interruptibly` runs now, as Ctrl-C would. Returns whether something was running. */
export function interruptRunning(): boolean {
  for (const interruption of running) interruption.abort(new Error("interrupted"));
  return running.size > 0;
}

/**
 * Runs work that Ctrl-C, or a request to end, interrupts in order: first its children end, then temporary files are
 * removed. The exit code is then 130. A second Ctrl-C changes nothing.
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
