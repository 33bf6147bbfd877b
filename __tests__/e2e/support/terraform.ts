import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../../sandbox/sandbox";

/** How a run of Terraform ended, and all that it printed. */
export interface TerraformResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs Terraform in the folder of a synthesized stack, initialized first unless it is. */
export async function terraformIn(sandbox: Sandbox, stack: string, ...args: string[]): Promise<TerraformResult> {
  const folder = join(sandbox.workFolder, "cdktf.out", "stacks", stack);
  if (existsSync(join(folder, ".terraform"))) return terraform(sandbox, folder, args);
  const init = await terraform(sandbox, folder, ["init", "-input=false"]);
  return init.exitCode === 0 ? terraform(sandbox, folder, args) : init;
}

function terraform(sandbox: Sandbox, folder: string, args: string[]): Promise<TerraformResult> {
  return new Promise((resolve, reject) => {
    const binary = sandbox.env.TERRAFORM_BINARY_NAME ?? "terraform";
    const child = spawn(binary, [...args, "-no-color"], { cwd: folder, env: sandbox.env });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}
