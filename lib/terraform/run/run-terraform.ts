import { startProgram } from "../../support/run-program";

export interface TerraformRun {
  /** Folder with the stack's `cdk.tf.json`. */
  readonly folder: string;
  /** Environment of the process; credentials and endpoint come from here. */
  readonly env: NodeJS.ProcessEnv;
  /** Connects Terraform to the terminal, so that a person can answer it; otherwise its output is kept for the error. */
  readonly interactive?: boolean;
}

/** Terraform ended with an error; the message ends with the last lines it printed. */
export class TerraformError extends Error {}

const LAST_LINES = 30;

/**
 * Runs Terraform to its end.
 *
 * @throws TerraformError when it cannot be started or does not exit with 0
 */
export async function runTerraform(args: readonly string[], run: TerraformRun): Promise<void> {
  const binary = run.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const { child, ended } = startProgram(binary, args, {
    cwd: run.folder,
    env: { ...run.env, TF_IN_AUTOMATION: "1" },
    stdio: run.interactive === true ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: string): void => {
    output = (output + chunk)
      .split("\n")
      .slice(-LAST_LINES - 1)
      .join("\n");
  };
  // Decoded as a stream: a chunk may end in the middle of a line, or of a character.
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);

  const { ending } = await ended.catch((error: unknown) => {
    throw new TerraformError(`'${binary}' must be on the PATH: ${error instanceof Error ? error.message : ""}`);
  });
  if (ending !== 0) {
    const lastLines = output.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
    throw new TerraformError(`'${binary} ${args.join(" ")}' failed${lastLines === "" ? "." : `:\n${lastLines}`}`);
  }
}
