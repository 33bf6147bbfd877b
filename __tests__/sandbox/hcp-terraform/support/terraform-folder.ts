import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../../../lib/support/run-program";
import { ORGANIZATION_NAME, type StandIn } from "./stand-in";

/** How a command of Terraform ended. */
export interface TerraformEnd {
  readonly code: number | NodeJS.Signals;
  readonly output: string;
}

/** A folder with a small configuration, in which Terraform runs as a user of the stand-in. */
export class TerraformFolder {
  public readonly path: string;
  public readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly standIn: StandIn,
    name: string,
  ) {
    const { hcp, folder } = standIn;
    this.path = join(folder, "users", name);
    mkdirSync(this.path, { recursive: true });
    const config = join(folder, "users", "terraform.tfrc");
    writeFileSync(config, `credentials "${hcp.hostname}" {\n  token = "${hcp.token}"\n}\n`);
    const { PATH, HOME } = process.env;
    this.env = { PATH, HOME, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: config, SSL_CERT_FILE: hcp.certificateFile };
  }

  /** A configuration in a workspace of its own, initialized. */
  public static async initialized(standIn: StandIn, name: string, content: object): Promise<TerraformFolder> {
    const folder = new TerraformFolder(standIn, name);
    folder.write({ name }, content);
    await folder.succeeds("init", "-input=false");
    return folder;
  }

  /** Writes the configuration. `workspaces` as in a `cloud` block; undefined: local state. */
  public write(workspaces: object | undefined, content: object): void {
    const { hostname } = this.standIn.hcp;
    const cloud = workspaces && { hostname, organization: ORGANIZATION_NAME, workspaces };
    const terraform = cloud === undefined ? {} : { terraform: { cloud } };
    writeFileSync(join(this.path, "main.tf.json"), JSON.stringify({ ...terraform, ...content }));
  }

  public async run(...args: string[]): Promise<TerraformEnd> {
    const binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
    const run = await runProgram(binary, [...args, "-no-color"], { cwd: this.path, env: this.env });
    return { code: run.ending, output: run.stdout + run.stderr };
  }

  /** Runs a command that must succeed, and returns what it prints. */
  public async succeeds(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${output}`);
    return output;
  }

  /** Runs a command that asks, and answers it. */
  public answering(answer: string, ...args: string[]): Promise<TerraformEnd> {
    const child = spawn(process.env.TERRAFORM_BINARY_NAME ?? "terraform", [...args, "-no-color"], {
      ...{ cwd: this.path, env: this.env },
    });
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.stdin.end(`${answer}\n`);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        resolve({ code: code ?? signal ?? 1, output });
      });
    });
  }
}

/** Configuration with one resource of Terraform's built-in provider. */
export const oneResource = (input: unknown, more: object = {}) => ({
  resource: { terraform_data: { a: { input, ...more } } },
});
