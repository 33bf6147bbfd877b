import { basename } from "node:path";
import { type Ending, runProgram, startProgram } from "../../../lib/support/run-program";

/** Terraform on this machine. */
export interface Terraform {
  readonly binary: string;
  /** For example `1.11.4`. */
  readonly version: string;
  /** For example `linux_amd64`. */
  readonly platform: string;
}

/** A command of Terraform that runs. */
export interface TerraformCommand {
  readonly ended: Promise<Ending>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Finds out which Terraform the agent runs. */
export async function readTerraform(binary: string, env: NodeJS.ProcessEnv): Promise<Terraform> {
  const { ending, stdout, stderr } = await runProgram(binary, ["version", "-json"], { env });
  if (ending !== 0) throw new Error(`'${basename(binary)} version' failed: ${stderr}`);
  const { terraform_version, platform } = JSON.parse(stdout) as { terraform_version: string; platform: string };
  return { binary, version: terraform_version, platform };
}

/** Starts a command in its own process group, so that Ctrl-C reaches it only through its run. */
export function startTerraform(
  binary: string,
  args: readonly string[],
  { cwd, env, write }: { cwd: string; env: NodeJS.ProcessEnv; write: (chunk: Buffer) => void },
): TerraformCommand {
  const { child, ended } = startProgram(binary, args, { cwd, env, detached: true });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", write);
  return {
    ended: ended.then(({ ending }) => ending),
    signal: (signal) => {
      if (child.pid === undefined) return;
      try {
        // Only Terraform itself is interrupted: it ends its providers. Killing takes the whole group.
        process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
      } catch {
        // It has ended meanwhile.
      }
    },
  };
}
