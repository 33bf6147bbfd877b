import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformEnvironment } from "../../sandbox/terraform-environment";
import type { StackJson } from "./synth";

/**
 * What Terraform plans of all stacks at once, each a module, without what has to ask AWS. They share one provider with
 * the default tags of all: Terraform starts a process for each configuration of a provider.
 *
 * @param folder where it writes
 */
export function offlinePlan(stacks: Readonly<Record<string, StackJson>>, folder: string): unknown {
  const root = mkdtempSync(join(folder, "plan-"));
  const modules = Object.entries(stacks).map(([id, stack]) => {
    mkdirSync(join(root, id));
    writeFileSync(join(root, id, "main.tf.json"), JSON.stringify(offline(stack)));
    return [id, { source: `./${id}` }];
  });
  writeFileSync(
    join(root, "main.tf.json"),
    JSON.stringify({
      provider: { aws: { ...OFFLINE_PROVIDER, default_tags: { tags: tagsOf(stacks) } } },
      module: Object.fromEntries(modules) as unknown,
    }),
  );
  const env = { PATH: process.env.PATH, HOME: root, ...terraformEnvironment(root, process.env).variables };
  const terraform = (...args: string[]) =>
    execFileSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: root,
      env,
      encoding: "utf8",
      maxBuffer: 1e9,
      stdio: ["ignore", "pipe", "pipe"],
    });
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-out=saved");
  const { planned_values: values } = JSON.parse(terraform("show", "-json", "saved")) as Record<string, unknown>;
  return values;
}

const OFFLINE_PROVIDER = {
  region: "eu-west-1",
  access_key: "test",
  secret_key: "test",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** What has to ask AWS while it is planned. */
const ASKING = ["aws_secretsmanager_secret_version", "allowed_account_ids", "assume_role", "precondition"];

interface ProviderConfig {
  readonly default_tags?: readonly { readonly tags: Readonly<Record<string, string>> }[];
}

/** Default tags of all stacks. A tag of the same key and another value, such as the stack's name, gets a key of its own. */
function tagsOf(stacks: Readonly<Record<string, StackJson>>): Record<string, string> {
  const configs = Object.values(stacks).flatMap(({ provider }) => (provider["aws"] ?? []) as readonly ProviderConfig[]);
  const tags: Record<string, string> = {};
  for (const { tags: own } of configs.flatMap((config) => config.default_tags ?? [])) {
    for (const [key, value] of Object.entries(own)) {
      let free = key;
      while ((tags[free] ?? value) !== value) free += "+";
      tags[free] = value;
    }
  }
  return tags;
}

function offline({ terraform, resource }: StackJson): unknown {
  const whole = { terraform: { required_providers: terraform.required_providers }, resource };
  const isLeftOut = (key: string, value: unknown): boolean =>
    ASKING.includes(key) || (key === "provider" && typeof value === "string" && value.startsWith("aws."));
  return JSON.parse(
    JSON.stringify(whole, (key, value: unknown) => (isLeftOut(key, value) ? undefined : value)).replace(
      /\$\{data\.[^{}]*\}/g,
      "arn:aws:kms:eu-west-1:222222222222:key/example",
    ),
  );
}
