import { createInterface } from "node:readline/promises";
import { interruptByPrompt } from "../lib/support/interrupt-prompt";

/** Asks a person; anything but yes is no. Only where somebody can answer: see `canAsk`. */
export async function confirmed(question: string, output: NodeJS.WriteStream = process.stdout): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output });
  interruptByPrompt(prompt);
  // The end of the input closes it, and nothing is answered any more.
  const closed = new Promise<string>((resolve) =>
    prompt.once("close", () => {
      resolve("");
    }),
  );
  try {
    const answer = await Promise.race([prompt.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}

/** Whether somebody reads what the stream shows, and can answer. */
export function canAsk(output: NodeJS.WriteStream = process.stdout): boolean {
  return process.stdin.isTTY && output.isTTY;
}
