import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { blocksOf, isArguments, textOfArgument, textsOf, type Arguments } from "./arguments";

/** One root module of Terraform JSON, and where its providers reach. */
export interface Stack {
  readonly name: string;
  readonly file: string;
  /** Arguments of all resources, by type and name. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  /** The one account that its providers allow; undefined when they allow any. */
  readonly accountId: string | undefined;
  /** Region of each provider by its address, `aws` or `aws.<alias>`. */
  readonly regions: ReadonlyMap<string, string>;
}

/** A folder that holds no deployment. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}

/**
 * Every stack below a folder: those that `manifest.json` lists, without one each `.tf.json` as a stack of its own.
 *
 * @throws DeploymentError when there is none
 */
export function readStacks(folder: string): readonly Stack[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new DeploymentError(`'${folder}' must be a folder of Terraform JSON, and there is no such folder`);
  }
  const manifest = join(folder, "manifest.json");
  const files = existsSync(manifest) ? listedIn(manifest) : terraformFilesIn(folder);
  if (files.length === 0) {
    throw new DeploymentError(`'${folder}' must hold a manifest.json or .tf.json files, and holds none`);
  }
  return files.map(readStack);
}

function listedIn(manifest: string): string[] {
  return blocksOf(readObject(manifest), "stacks").flatMap((stacks) =>
    Object.values(stacks).flatMap((stack) => {
      const path = isArguments(stack) ? textOfArgument(stack, "synthesizedStackPath") : undefined;
      return path === undefined ? [] : [join(dirname(manifest), path)];
    }),
  );
}

function terraformFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf.json"))
    .sort()
    .map((file) => join(folder, file));
}

function readStack(file: string): Stack {
  const document = readObject(file);
  const providers = blocksOf(document, "provider").flatMap((provider) => blocksOf(provider, "aws"));
  const allowed = new Set(providers.flatMap((provider) => textsOf(provider, "allowed_account_ids")));
  const [accountId] = allowed;
  return {
    name: stackName(document) ?? basename(dirname(file)),
    file,
    resources: resourcesOf(document),
    accountId: allowed.size === 1 ? accountId : undefined,
    regions: new Map(
      providers.map((provider) => {
        const alias = textOfArgument(provider, "alias");
        return [alias === undefined ? "aws" : `aws.${alias}`, textOfArgument(provider, "region") ?? ""];
      }),
    ),
  };
}

function stackName(document: Arguments): string | undefined {
  const [metadata] = blocksOf(document, "//").flatMap((comment) => blocksOf(comment, "metadata"));
  return metadata === undefined ? undefined : textOfArgument(metadata, "stackName");
}

function resourcesOf(document: Arguments): Stack["resources"] {
  const types = new Map<string, Record<string, Arguments>>();
  for (const [type, blocks] of blocksOf(document, "resource").flatMap((block) => Object.entries(block))) {
    const named = types.get(type) ?? {};
    for (const [name, block] of (Array.isArray(blocks) ? blocks : [blocks])
      .filter(isArguments)
      .flatMap((block) => Object.entries(block))) {
      const [only] = Array.isArray(block) ? (block as unknown[]) : [block];
      if (isArguments(only)) named[name] = only;
    }
    types.set(type, named);
  }
  return Object.fromEntries(types);
}

function readObject(file: string): Arguments {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DeploymentError(`${file} must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isArguments(value)) throw new DeploymentError(`${file} must hold a JSON object`);
  return value;
}
