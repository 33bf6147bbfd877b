import { jsonText } from "../../../lib/support/json-text";
import { applyStacks } from "../../../delivery/apply-stacks";
import { findTerraform } from "../../../lib/terraform/run/terraform-binary";
import { elapsedText, showStatus } from "../../../lib/support/status-line";
import type { ApplyCommandOptions } from "./command";
import { DoneText, exitCodeOf, totalText } from "../../delivery/text";
import { interruptibly } from "../../interruption";
import { printLines } from "../../../lib/support/print";

/** Runs `trailwatch apply`. */
export async function runApply(patterns: readonly string[], options: ApplyCommandOptions): Promise<void> {
  const { out, parallelism, json } = options;
  const [env, project] = [process.env, process.cwd()];
  await interruptibly(async (signal) => {
    const terraform = await findTerraform(env, signal);
    const texts = new DoneText();
    let count = 0;
    const status = showStatus((elapsed) => `Applying, ${count} stacks done ...${elapsedText(elapsed)}`, {
      onTerminalOnly: true,
    });
    const applied = await applyStacks({
      ...{ patterns, out, parallelism, terraform, env, signal, project },
      onDone: (done, seconds) => {
        count += 1;
        status.clear();
        printLines(texts.lines(done, seconds), json ? process.stderr : process.stdout);
      },
    }).finally(status.stop);
    printLines(
      json ? [jsonText({ stacks: applied })] : [...texts.firstLines(), `${totalText(applied)}; logs are in ${out}`],
    );
    process.exitCode = exitCodeOf(applied);
  });
}
