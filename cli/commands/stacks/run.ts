import { jsonText } from "../../../lib/support/json-text";
import { listStacks } from "../../../delivery/list-stacks";
import { interruptibly } from "../../interruption";
import { printError, printLines } from "../../../lib/support/print";
import type { StacksOptions } from "./command";
import { stacksJson, stacksText } from "./text";

/** Runs `trailwatch stacks`. */
export async function runStacks(patterns: readonly string[], options: StacksOptions): Promise<void> {
  await interruptibly(async (signal) => {
    const listed = await listStacks({
      patterns,
      except: options.except,
      changedSince: options.changedSince,
      project: process.cwd(),
      accountsFolder: options.accounts,
      env: process.env,
      signal,
      report: (line) => {
        printError(line);
      },
    });
    // On one line: an output of a CI job is one line of a file.
    printLines(options.json ? [jsonText(stacksJson(listed, options.jobs), 0)] : stacksText(listed));
  });
}
