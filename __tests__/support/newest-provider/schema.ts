import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Arguments, StackJson } from "../synth";

/** An argument or nested block. `type` is `string`, `number`, `boolean`, a list or map of one, `block` or `blocks`. */
export interface Argument {
  readonly type: string;
  readonly required: boolean;
  readonly block?: BlockSchema;
}

export type BlockSchema = Readonly<Record<string, Argument>>;

/** A resource type or data source. */
export interface TypeSchema {
  readonly arguments: BlockSchema;
  /** Names of what a reference may read, of nested blocks too. */
  readonly attributes: readonly string[];
}

/** What `npm run schema:provider` recorded from the newest bindings, of the types that we synthesize. */
export interface ProviderRecord {
  /** Package and version of the bindings. */
  readonly bindings: string;
  /** Version of hashicorp/aws that they were generated from. */
  readonly provider: string;
  readonly types: Readonly<Record<string, TypeSchema>>;
}

export const RECORD_FILE = join(__dirname, "newest-provider.json");

export function newestProvider(): ProviderRecord {
  return JSON.parse(readFileSync(RECORD_FILE, "utf8")) as ProviderRecord;
}

/** Terraform's own arguments, which are in no provider's schema. */
const META = new Set(["depends_on", "count", "for_each", "provider", "lifecycle", "provisioner", "connection", "//"]);
const REFERENCE = /\$\{[^}]*?\b((?:data\.|ephemeral\.)?aws_\w+)\.[\w-]+(?:\[[^\]]*\])?\.(\w+)/g;

/** What a stack uses and the provider does not have, or the provider requires and the stack does not give. */
export function schemaProblems(stack: StackJson, { types }: ProviderRecord): string[] {
  const ofKind = (blocks: StackJson["resource"], prefix: string) =>
    Object.entries(blocks ?? {})
      .filter(([type]) => type.startsWith("aws_"))
      .flatMap(([type, byId]) => {
        const schema = types[`${prefix}${type}`];
        if (schema === undefined) return [`${prefix}${type} is not recorded: run 'npm run schema:provider'`];
        return Object.values(byId).flatMap((values) => blockProblems(values, schema.arguments, `${prefix}${type}`));
      });
  const references = Array.from(JSON.stringify(stack).matchAll(REFERENCE), ([, type = "", attribute = ""]) => {
    const schema = types[type];
    const isKnown = schema === undefined || attribute in schema.arguments || schema.attributes.includes(attribute);
    return isKnown ? [] : [`${type} has no attribute '${attribute}'`];
  }).flat();
  return [
    ...new Set([
      ...ofKind(stack.resource, ""),
      ...ofKind(stack.data, "data."),
      ...ofKind(stack.ephemeral, "ephemeral."),
      ...references,
    ]),
  ];
}

function blockProblems(values: Arguments, schema: BlockSchema, path: string): string[] {
  const missing = Object.entries(schema).flatMap(([name, { required }]) =>
    required && values[name] === undefined ? [`${path}.${name} is required`] : [],
  );
  const given = Object.entries(values).flatMap(([name, value]) => {
    if (META.has(name)) return [];
    const argument = schema[name];
    if (argument === undefined) return [`${path}.${name} does not exist`];
    return valueProblems(value, argument, `${path}.${name}`);
  });
  return [...missing, ...given];
}

function valueProblems(value: unknown, { type, block }: Argument, path: string): string[] {
  if (block === undefined) return fits(value, type) ? [] : [`${path} must be a ${type}, got ${JSON.stringify(value)}`];
  const isDynamic = typeof value === "object" && value !== null && "dynamic" in value;
  if (isDynamic || typeof value === "string") return [];
  const blocks = Array.isArray(value) ? (value as Arguments[]) : [value as Arguments];
  if (type === "block" && blocks.length > 1) return [`${path} must be one block, got ${String(blocks.length)}`];
  return blocks.flatMap((one) => blockProblems(one, block, path));
}

/** Whether Terraform accepts the value. An expression may have any type. */
function fits(value: unknown, type: string): boolean {
  if (type === "any" || (typeof value === "string" && value.startsWith("${"))) return true;
  const [kind = "", of] = type.split(" of ");
  if (kind === "list") return Array.isArray(value) && value.every((one) => fits(one, of ?? "any"));
  if (kind === "map") {
    return typeof value === "object" && value !== null && Object.values(value).every((one) => fits(one, of ?? "any"));
  }
  return typeof value === kind;
}
