import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
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

/** Runs CDKTF's CLI on what is synthesized. Never synchronously: the local AWS answers from this process. */
export async function cdktfIn(sandbox: Sandbox, ...args: readonly string[]): Promise<string> {
  const outdir = join(sandbox.workFolder, "cdktf.out");
  // On a CI system it prints plain lines instead of repainting the screen.
  const env = { ...sandbox.env, CI: "true", FORCE_COLOR: "0" };
  const { stdout } = await promisify(execFile)("node_modules/.bin/cdktf", [...args, "--output", outdir], { env });
  return stdout;
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
