import type { Interface } from "node:readline/promises";

/**
 * Lets Ctrl-C at a prompt do what it does elsewhere. A prompt reads keys itself: it would only close, and the process
 * would never get the signal.
 */
export function interruptByPrompt(prompt: Interface): void {
  prompt.once("SIGINT", () => {
    // Gives the terminal back first: the signal may end the process.
    prompt.close();
    process.kill(process.pid, "SIGINT");
  });
}
