import { jsonText } from "../../../lib/support/json-text";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planStacks } from "../../../delivery/plan-stacks";
import { synthesize } from "../../../delivery/synthesis";
import { findTerraform } from "../../../lib/terraform/run/terraform-binary";
import { elapsedText, showStatus } from "../../../lib/support/status-line";
import { DoneText, exitCodeOf, planJson, totalText } from "../../delivery/text";
import { interruptibly } from "../../interruption";
import type { PlanCommandOptions } from "./command";
import { printLines } from "../../../lib/support/print";

/** In a log, one line per stack is enough progress. */
const ON_TERMINAL = { onTerminalOnly: true } as const;

/** Runs `trailwatch plan`. */
export async function runPlan(patterns: readonly string[], options: PlanCommandOptions): Promise<void> {
  const { out, parallelism, allowDestroy, json } = options;
  const [env, project] = [process.env, process.cwd()];
  const say = (line: string): void => {
    printLines([line], process.stderr);
  };
  await interruptibly(async (signal) => {
    const terraform = await findTerraform(env, signal);
    const temporary = mkdtempSync(join(tmpdir(), "trailwatch-plan-"));
    try {
      const synthesized = options.synthesized ?? temporary;
      if (options.synthesized === undefined) {
        say("Synthesizing ...");
        const { accounts: accountsFolder } = options;
        const status = showStatus((elapsed) => `Synthesizing ...${elapsedText(elapsed)}`, ON_TERMINAL);
        await synthesize({
          project,
          accountsFolder,
          outdir: temporary,
          env,
          signal,
          stacks: patterns,
          report: say,
        }).finally(status.stop);
      }
      const texts = new DoneText();
      let done = 0;
      const status = showStatus((elapsed) => `Planning, ${done} stacks done ...${elapsedText(elapsed)}`, ON_TERMINAL);
      const records = await planStacks({
        ...{ synthesized, patterns, out, parallelism, allowDestroy, terraform, env, signal, project },
        onWarning: say,
        onDone: (record, seconds) => {
          done += 1;
          status.clear();
          printLines(texts.lines(record, seconds), json ? process.stderr : process.stdout);
        },
      }).finally(status.stop);
      printLines(
        json
          ? [jsonText({ stacks: records.map((record) => planJson(record, out)) })]
          : [...texts.firstLines(), `${totalText(records)}; plans and logs are in ${out}`],
      );
      process.exitCode = exitCodeOf(records);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}
