import { listStacks } from "../delivery/list-stacks";
import { interruptibly } from "./interruption";
import { printLines } from "./print";
import type { StacksOptions } from "./stacks";
import { stacksJson, stacksText } from "./stacks-text";

/** Does what `trailwatch stacks` is asked for. */
export async function runStacks(patterns: readonly string[], options: StacksOptions): Promise<void> {
  await interruptibly(async (signal) => {
    const listed = await listStacks({
      patterns,
      except: options.except,
      ...(options.changedSince === undefined ? {} : { changedSince: options.changedSince }),
      project: process.cwd(),
      accountsFolder: options.accounts,
      env: process.env,
      signal,
      report: (line) => process.stderr.write(`${line}\n`),
    });
    // On one line: an output of a CI job is one line of a file.
    printLines(options.json ? [JSON.stringify(stacksJson(listed, options.jobs))] : stacksText(listed));
  });
}
