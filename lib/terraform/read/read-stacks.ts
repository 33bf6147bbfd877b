import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../../support/regular-file";
import { blocksOf, isArguments, textOfArgument, textsOf, type Arguments } from "./arguments";
import { isPlan, stacksOfPlan } from "./plan";
import { DeploymentError, type Stack, type StackSummary } from "./stack";
import { stackOfTerraformJson } from "./terraform-json";

const TERRAFORM_JSON = ".tf.json";
/** The first key of every plan. */
const PLAN_HEAD = '"format_version"';
const HEAD_BYTES = 1024;

/**
 * Every stack of a file, or of the files below a folder: the ones that `manifest.json` lists. Without a manifest, each
 * `.tf.json` is a stack, and so is each plan in the format of `terraform show -json`.
 *
 * @throws DeploymentError when there is none
 */
export function readStacks(path: string): readonly Stack[] {
  if (!existsSync(path)) {
    throw new DeploymentError(
      `'${path}' must be a folder of Terraform JSON or a plan as JSON, and there is no such path: run 'npx cdktf synth'`,
    );
  }
  if (!statSync(path).isDirectory()) return stacksIn(path);
  const manifest = join(path, "manifest.json");
  const listed = existsSync(manifest)
    ? listedIn(readObject(manifest), path)
    : filesBelow(path).map((file) => ({ file }));
  if (listed.length === 0) {
    throw new DeploymentError(`'${path}' must hold a manifest.json, .tf.json files or plans as JSON, and holds none`);
  }
  return listed.flatMap(({ file, ...known }) => stacksIn(file).map((stack) => ({ ...stack, ...known })));
}

/**
 * The stacks in a folder that a synthesis wrote, sorted by id. Only one stack's resources are in memory at a time: those
 * of thousands of accounts would need gigabytes.
 *
 * @throws Error when the folder holds no manifest
 */
export function readStackSummaries(folder: string): StackSummary[] {
  return listedIn(readManifest(folder), folder)
    .map(({ file, ...known }) => ({ ...summaryOf(stackOfTerraformJson(readObject(file), file)), ...known }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function summaryOf({ id, file, accountId, names, regions, dependencies, reads, resourceCount }: Stack): StackSummary {
  return { id, file, accountId, names, regions, dependencies, reads, resourceCount };
}

function readManifest(folder: string): Arguments {
  try {
    return JSON.parse(readRegularFile(join(folder, "manifest.json"))) as Arguments;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`'${folder}' must hold what 'npx cdktf synth' writes, got no readable manifest.json (${why})`, {
      cause: error,
    });
  }
}

/** The files that a manifest lists, each with what is known of its stack from the manifest. */
function listedIn(
  manifest: Arguments,
  folder: string,
): (Pick<Stack, "file" | "dependencies"> & { readonly id?: string })[] {
  return blocksOf(manifest, "stacks").flatMap((stacks) =>
    Object.values(stacks)
      .filter(isArguments)
      .flatMap((stack) => {
        const path = textOfArgument(stack, "synthesizedStackPath");
        if (path === undefined) return [];
        const id = textOfArgument(stack, "name");
        const known = { file: join(folder, path), dependencies: textsOf(stack, "dependencies") };
        return [id === undefined ? known : { ...known, id }];
      }),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(TERRAFORM_JSON) || (looksLikePlan(file) && isPlan(readObject(file))));
}

/** Avoids reading a large file of another kind completely. */
function looksLikePlan(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const descriptor = openSync(file, "r");
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.toString("utf8", 0, readSync(descriptor, head)).includes(PLAN_HEAD);
  } finally {
    closeSync(descriptor);
  }
}

function stacksIn(file: string): readonly Stack[] {
  const document = readObject(file);
  if (isPlan(document)) return stacksOfPlan(document, file);
  if (file.endsWith(TERRAFORM_JSON)) return [stackOfTerraformJson(document, file)];
  throw new DeploymentError(`${file} must be Terraform JSON or a plan, as 'terraform show -json <plan>' prints it`);
}

function readObject(file: string): Arguments {
  let value: unknown;
  try {
    value = JSON.parse(readRegularFile(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeploymentError(`${file} must be JSON, as 'terraform show -json <plan>' makes of a plan: ${reason}`);
  }
  if (!isArguments(value)) throw new DeploymentError(`${file} must hold a JSON object`);
  return value;
}
