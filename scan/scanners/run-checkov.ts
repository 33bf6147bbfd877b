import { rmSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../lib/support/run-program";
import { showStatus } from "../../lib/support/status-line";
import type { Finding } from "../compare";
import { writeCheckovInput } from "./checkov-input";
import { checkovFindings } from "./checkov-results";
import { resultOf } from "./result-of";

/** Where checkov runs, and on what. */
export interface CheckovRun {
  /** The folder of the installed programs. */
  readonly bin: string;
  readonly workFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends checkov. */
  readonly signal: AbortSignal;
  /** Folders of synthesized stacks, by the name that they get in the results. */
  readonly outdirs: Readonly<Record<string, string>>;
}

/** Runs checkov on synthesized stacks. It sends nothing anywhere. */
export async function runCheckov({ bin, workFolder, outdirs, env, signal }: CheckovRun): Promise<Finding[]> {
  const input = join(workFolder, "checkov-input");
  rmSync(input, { recursive: true, force: true });
  for (const [name, outdir] of Object.entries(outdirs)) writeCheckovInput(outdir, join(input, name));
  const status = showStatus((elapsed) => `checkov: checking the stacks (${Math.round(elapsed / 1000)} s) ...`);
  try {
    const args = ["--framework", "terraform_json", "--output", "json", "--compact", "--skip-download"];
    const end = await runProgram(join(bin, "checkov"), ["--directory", ".", ...args], { cwd: input, env, signal });
    return checkovFindings(resultOf("checkov", end));
  } finally {
    status.stop();
  }
}
