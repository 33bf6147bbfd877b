import { join } from "node:path";
import type { Sandbox } from "../sandbox/sandbox";
import type { CommandContext } from "./measure";

/** One command of a way to deploy a stack. */
export interface DeployCommand {
  readonly command: readonly string[];
  readonly place: CommandContext;
}

/** A way to deploy one stack. */
export interface Way {
  readonly name: string;
  readonly steps: (stack: string) => readonly DeployCommand[];
}

const ROOT = join(__dirname, "..");

/** The ways to deploy one stack of an organization that is synthesized in the sandbox. The first is the bare one. */
export function waysToDeploy({ env, workFolder }: Sandbox): readonly Way[] {
  const terraform = env.TERRAFORM_BINARY_NAME ?? "terraform";
  const trailwatch = (...args: readonly string[]): DeployCommand => ({
    command: [process.execPath, join(ROOT, "bin/trailwatch.mjs"), ...args, "--out", join(workFolder, "plans")],
    // In the sandbox this loosens the lock file, which plans and applies are to hold on to.
    place: { cwd: ROOT, env: { ...env, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: undefined } },
  });
  const cdktf = (stack: string, variables: NodeJS.ProcessEnv): DeployCommand => ({
    command: [
      ...[join(ROOT, "node_modules/.bin/cdktf"), "deploy", stack, "--auto-approve", "--no-color"],
      // Terraform fetches checksums for other platforms from a registry, which may be unreachable.
      ...["--ignore-missing-stack-dependencies", "--skip-provider-lock", "--output", join(workFolder, "deploy.out")],
    ],
    // On a CI system it prints plain lines instead of repainting the screen.
    place: { cwd: ROOT, env: { ...env, ...variables, CI: "true", FORCE_COLOR: "0" } },
  });
  return [
    {
      name: "terraform init, apply",
      steps: (stack) =>
        [["init"], ["apply", "-auto-approve"]].map(([verb = "", ...options]) => ({
          command: [terraform, verb, "-input=false", "-no-color", ...options],
          place: { cwd: join(workFolder, "cdktf.out/stacks", stack), env },
        })),
    },
    { name: "trailwatch plan, apply", steps: (stack) => [trailwatch("plan", stack), trailwatch("apply", stack)] },
    { name: "cdktf deploy", steps: (stack) => [cdktf(stack, {})] },
    { name: "cdktf deploy, TRAILWATCH_STACKS", steps: (stack) => [cdktf(stack, { TRAILWATCH_STACKS: stack })] },
  ];
}
