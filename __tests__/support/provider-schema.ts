import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformEnvironment } from "../../sandbox/terraform-environment";

/** Arguments of each resource type that the provider fills in by itself when they are omitted. */
export type ProviderSchema = ReadonlyMap<string, readonly string[]>;

interface SchemaJson {
  readonly provider_schemas: Readonly<
    Record<
      string,
      {
        readonly resource_schemas: Readonly<
          Record<
            string,
            { readonly block: { readonly attributes?: Readonly<Record<string, { optional?: true; computed?: true }>> } }
          >
        >;
      }
    >
  >;
}

/** Asks the AWS provider for its schema, by Terraform, in an empty folder. */
export function awsProviderSchema(folder: string): ProviderSchema {
  const aws = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  const env = { ...process.env, ...terraformEnvironment(folder, process.env).variables };
  const terraform = (...args: string[]): string =>
    execFileSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: folder,
      env,
      encoding: "utf8",
      maxBuffer: 1024 ** 3,
    });
  terraform("init", "-input=false");
  const { provider_schemas } = JSON.parse(terraform("providers", "schema", "-json")) as SchemaJson;
  const [provider] = Object.values(provider_schemas);
  return new Map(
    Object.entries(provider?.resource_schemas ?? {}).map(([type, { block }]) => [
      type,
      Object.entries(block.attributes ?? {}).flatMap(([name, { optional, computed }]) =>
        optional === true && computed === true ? [name] : [],
      ),
    ]),
  );
}
