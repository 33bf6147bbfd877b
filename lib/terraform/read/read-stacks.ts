import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRegularFile } from "../../support/regular-file";
import { blocksOf, isArguments, textOfArgument, type Arguments } from "./arguments";
import { isPlan, stacksOfPlan } from "./plan";
import { DeploymentError, type Stack } from "./stack";
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
      `'${path}' must be a folder of Terraform JSON or a plan as JSON, and there is no such path`,
    );
  }
  if (!statSync(path).isDirectory()) return stacksIn(path);
  const manifest = join(path, "manifest.json");
  const files = existsSync(manifest) ? listedIn(manifest) : filesBelow(path);
  if (files.length === 0) {
    throw new DeploymentError(`'${path}' must hold a manifest.json, .tf.json files or plans as JSON, and holds none`);
  }
  return files.flatMap(stacksIn);
}

function listedIn(manifest: string): string[] {
  return blocksOf(readObject(manifest), "stacks").flatMap((stacks) =>
    Object.values(stacks).flatMap((stack) => {
      const path = isArguments(stack) ? textOfArgument(stack, "synthesizedStackPath") : undefined;
      return path === undefined ? [] : [join(dirname(manifest), path)];
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
