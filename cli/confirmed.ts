import { createInterface } from "node:readline/promises";
import { interruptByPrompt } from "../lib/support/interrupt-prompt";

/** Prompts for confirmation; any answer but yes is no. Call it only where a person can answer: see `canPrompt`. */
export async function confirmed(question: string, output: NodeJS.WriteStream = process.stdout): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output });
  interruptByPrompt(prompt);
  // The end of the input closes the interface without an answer.
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

/** Whether the stream is a terminal at which a person can answer. */
export function canPrompt(output: NodeJS.WriteStream = process.stdout): boolean {
  return process.stdin.isTTY && output.isTTY;
}
