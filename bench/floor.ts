import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Serializes and writes the content of another folder of stacks from memory: the lower bound for synthesis time. */
function writeAgain(from: string, to: string): number {
  let seconds = 0;
  for (const id of readdirSync(join(from, "stacks"))) {
    const stack: unknown = JSON.parse(readFileSync(join(from, "stacks", id, "cdk.tf.json"), "utf8"));
    const started = process.hrtime.bigint();
    mkdirSync(join(to, "stacks", id), { recursive: true });
    writeFileSync(join(to, "stacks", id, "cdk.tf.json"), JSON.stringify(stack, undefined, 2));
    seconds += Number(process.hrtime.bigint() - started) / 1e9;
  }
  return seconds;
}

const [from = "", to = ""] = process.argv.slice(2);
process.stdout.write(`${writeAgain(from, to)}\n`);
