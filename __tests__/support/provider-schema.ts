import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsProviderRange } from "../../lib/terraform/aws-provider";
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

const RECORD_FILE = join(__dirname, "provider-schema.json");

/**
 * What `npm run schema:provider` recorded of the last release of version 5, of the resource types that we synthesize. The
 * schema of a release never changes.
 */
export function awsProviderSchema(): ProviderSchema {
  return new Map(Object.entries(JSON.parse(readFileSync(RECORD_FILE, "utf8")) as Record<string, string[]>));
}

/**
 * Asks the AWS provider for its schema, by Terraform, and records it.
 *
 * @param folder an empty one
 */
export function recordAwsProviderSchema(folder: string, types: readonly string[]): void {
  const aws = { source: "hashicorp/aws", version: awsProviderRange(5) };
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
  const schemas = Object.values(provider_schemas)[0]?.resource_schemas ?? {};
  const filledIn = types.flatMap((type) => {
    const schema = schemas[type];
    const attributes = Object.entries(schema?.block.attributes ?? {});
    const names = attributes.filter(([, { optional, computed }]) => optional && computed).map(([name]) => name);
    return schema === undefined ? [] : [[type, names] as const];
  });
  writeFileSync(RECORD_FILE, `${JSON.stringify(Object.fromEntries(filledIn), null, 1)}\n`);
}
