import { runProgram } from "../../support/run-program";

/** Write-only arguments, which secrets require, were added in version 1.11 of both Terraform and OpenTofu. */
const MINIMUM = [1, 11] as const;

/** The program that runs plans and applies. */
export interface TerraformBinary {
  /** From `TERRAFORM_BINARY_NAME`; `terraform` unless set, as in cdktf. */
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
}

/**
 * Runs the program to find out its name and version.
 *
 * @throws Error when it cannot be run, or is too old
 */
export async function findTerraform(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<TerraformBinary> {
  const command = env.TERRAFORM_BINARY_NAME || "terraform";
  const quiet = { ...env, CHECKPOINT_DISABLE: "1" };
  const { stdout } = await runProgram(command, ["version"], { cwd: process.cwd(), env: quiet, signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw new Error(problem(command, "cannot be run"), { cause: error });
    },
  );
  const [, product, version = ""] = /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout) ?? [];
  if (product !== "Terraform" && product !== "OpenTofu") throw new Error(problem(command, "is neither"));
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    throw new Error(problem(command, `is ${product} ${version}`));
  }
  return { command, product };
}

function problem(command: string, what: string): string {
  return (
    `Terraform or OpenTofu >= ${MINIMUM.join(".")} is needed, '${command}' ${what}: install it ` +
    "(https://developer.hashicorp.com/terraform/install), or name another binary in TERRAFORM_BINARY_NAME."
  );
}
