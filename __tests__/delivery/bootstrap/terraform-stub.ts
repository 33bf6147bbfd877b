import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Behaves as far as the tests need: `apply` writes local state and makes the bucket, `-migrate-state` copies the state. */
const SCRIPT = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { request } = require("node:http");
const args = process.argv.slice(2);
const backend = existsSync("backend_override.tf.json") ? JSON.parse(readFileSync("backend_override.tf.json")) : "s3";
appendFileSync(process.env.STUB_LOG, JSON.stringify({ args, folder: process.cwd(), backend, env: process.env }) + "\\n");

const localState = "../../../terraform.tfstate";
const fail = (process.env.STUB_FAIL ?? "").split(" ").filter(Boolean);
if (args[0] === "apply" && backend !== "s3") writeFileSync(localState, "{}");
if (fail.length > 0 && fail.every((word) => args.includes(word))) {
  if (process.env.STUB_OUTPUT === undefined) process.stderr.write("Error: as requested\\n");
  else process.stdout.write(process.env.STUB_OUTPUT);
  process.exitCode = 1;
  return;
}
const put = (path, body) =>
  request(process.env.AWS_ENDPOINT_URL + path, { method: "PUT", agent: false }, (response) => response.resume()).end(body);
if (args[0] === "apply") put(process.env.STUB_BUCKET);
if (args.includes("-migrate-state") && process.env.STUB_LOSES_STATE === undefined) {
  put(process.env.STUB_BUCKET + "/" + process.env.STUB_KEY, readFileSync(localState));
}
`;

/** One call of the stub. */
export interface TerraformCall {
  readonly args: readonly string[];
  readonly folder: string;
  /** What overrides the backend of `cdk.tf.json`, or `s3`. */
  readonly backend: unknown;
  readonly env: Readonly<Record<string, string>>;
}

const root = mkdtempSync(join(tmpdir(), "trailwatch-terraform-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A folder that goes when the tests of the file have run. */
export function temporaryFolder(): string {
  return mkdtempSync(join(root, "folder-"));
}

/** A `terraform` that does as little as the tests need, and the calls it got. */
export function terraformStub(): { readonly env: NodeJS.ProcessEnv; readonly calls: () => TerraformCall[] } {
  const folder = temporaryFolder();
  const binary = join(folder, "terraform");
  const log = join(folder, "calls.log");
  writeFileSync(binary, SCRIPT);
  chmodSync(binary, 0o755);
  return {
    env: { TERRAFORM_BINARY_NAME: binary, STUB_LOG: log },
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []).map((line) => parse(line)),
  };
}

function parse(line: string): TerraformCall {
  return JSON.parse(line) as TerraformCall;
}
