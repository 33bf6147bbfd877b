import type { Interface } from "node:readline/promises";

/**
 * Makes Ctrl-C at a prompt interrupt the process as it does elsewhere. A prompt reads keys itself: by default it would
 * only close, and the process would not get the signal.
 */
export function interruptByPrompt(prompt: Interface): void {
  prompt.once("SIGINT", () => {
    // Restore the terminal first: the signal may end the process.
    prompt.close();
    process.kill(process.pid, "SIGINT");
  });
}
