import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { awsProviderRange } from "../lib/terraform/aws-provider";
import { writeFile } from "../lib/support/write-file";
import { terraformEnvironment } from "./terraform-environment";

const LOCK_FILE = resolve(__dirname, "..", "delivery", "terraform.lock.hcl");

/** What our stacks require. */
const AWS = { source: "hashicorp/aws", version: awsProviderRange() };

/**
 * Downloads the AWS provider into the plugin cache, for programs that initialize stacks at the same time: the cache is
 * not safe for concurrent writes. It takes the locked version, which `trailwatch plan` uses, and the newest one, which
 * the sandbox and `cdktf deploy` use. With a mirror nothing is downloaded.
 *
 * @param folder is emptied
 * @returns Terraform's exit code
 */
export function fillPluginCache(folder: string, env: NodeJS.ProcessEnv): number {
  const { mirror, variables } = terraformEnvironment(folder, env);
  if (mirror !== undefined) return 0;
  for (const version of ["locked", "newest"] as const) {
    const cwd = join(folder, version);
    rmSync(cwd, { recursive: true, force: true });
    mkdirSync(cwd, { recursive: true });
    writeFile(join(cwd, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws: AWS } } }));
    if (version === "locked") copyFileSync(LOCK_FILE, join(cwd, ".terraform.lock.hcl"));
    const { status } = spawnSync(env.TERRAFORM_BINARY_NAME || "terraform", ["init", "-input=false", "-no-color"], {
      ...{ cwd, env: { ...env, ...variables } },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}
