import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./bootstrap/terraform-stub";

/**
 * Prints the file `<command>.out` of the stack's folder, and exits with what `<command>.code` says. An initialization
 * installs a provider if there is a file `installs`.
 */
const SCRIPT = `#!/bin/sh
echo "$(basename "$PWD") $*\${TF_REATTACH_PROVIDERS:+ with providers}" >> "$STUB_LOG"
provider=.terraform/providers/host/name/aws/5.100.0
case $1 in
  init) [ -e installs ] && [ ! -e $provider ] && mkdir -p $provider && ln -s "$(dirname "$STUB_LOG")" $provider/linux_amd64 ;;
  version) echo "Terraform v1.11.4"; exit ;;
  plan) : > saved.tfplan ;;
esac
[ -f "$1.hangs" ] && exec sleep 60
[ -f "$1.out" ] && cat "$1.out"
exit "$(cat "$1.code" 2>/dev/null || echo 0)"
`;

/** What a command of Terraform's does in a stack. */
export interface Part {
  readonly out?: string;
  readonly code?: number;
  /** It does not end by itself. */
  readonly hangs?: boolean;
}

/** A synthesized stack of the double. */
export interface DoubleStack {
  readonly dependencies?: readonly string[];
  /** Whether it reads its dependencies' states. */
  readonly reads?: boolean;
  /** Sources of the providers that it needs. */
  readonly providers?: readonly string[];
  readonly parts?: Readonly<Partial<Record<"init" | "plan" | "show" | "apply", Part>>>;
}

/** A plan that adds one resource. */
export const ADDS_ONE: Part = { out: "Plan: 1 to add, 0 to change, 0 to destroy.\n", code: 2 };

/** Writes synthesized stacks, with what a `terraform` of this test does in each. */
export function writeStacks(stacks: Readonly<Record<string, DoubleStack>>): string {
  const folder = temporaryFolder();
  const entries = Object.entries(stacks).map(
    ([name, { dependencies = [], reads = false, providers = [], parts = {} }]) => {
      const path = join(folder, "stacks", name);
      mkdirSync(path, { recursive: true });
      const states = reads ? dependencies.map((id) => [`cross-stack-reference-input-${id}`, {}]) : [];
      const required = providers.map((source) => [source.replace("hashicorp/", ""), { source }]);
      const json = {
        terraform: { required_providers: Object.fromEntries(required) as object },
        provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["444455556666"] }] },
        data: { terraform_remote_state: Object.fromEntries(states) as object },
      };
      writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(json));
      writeParts(path, { plan: ADDS_ONE, ...parts });
      return [name, { name, dependencies, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
    },
  );
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) as object }));
  return folder;
}

/** Changes what Terraform does from now on in a folder. */
export function writeParts(folder: string, parts: NonNullable<DoubleStack["parts"]>): void {
  for (const [command, { out, code, hangs }] of Object.entries(parts)) {
    writeFileSync(join(folder, `${command}.out`), out ?? "");
    writeFileSync(join(folder, `${command}.code`), String(code ?? 0));
    if (hangs === true) writeFileSync(join(folder, `${command}.hangs`), "");
  }
}

/** A `terraform` that does what the stacks' folders say, and the calls that it got: `<stack> <arguments>`. */
export function terraformDouble() {
  const folder = temporaryFolder();
  const [command, log] = [join(folder, "terraform"), join(folder, "calls.log")];
  writeFileSync(command, SCRIPT);
  chmodSync(command, 0o755);
  return {
    command,
    env: { PATH: process.env.PATH, STUB_LOG: log, TERRAFORM_BINARY_NAME: command },
    /** Calls since the previous call of this function. */
    calls: (): string[] => {
      const calls = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
      writeFileSync(log, "");
      return calls.filter(Boolean);
    },
  };
}
