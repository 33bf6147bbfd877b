import { PLAIN } from "../lib/naming/own-names";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { Command } from "commander";
import { clientsOf } from "./support/sandbox-clients";
import { writeOrganization } from "./support/generated-organization";
import { positiveCount } from "../cli/delivery/options";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import type { Sandbox } from "../sandbox/sandbox";
import { startSandbox } from "../sandbox/start-sandbox";
import { monitoringStackId } from "../lib/naming/stack-ids";
import { measure, type Run } from "./measure";
import { medianOf } from "./table";
import { waysToDeploy, type Way } from "./ways-to-deploy";

/** The commands of one way to deploy. */
type Deployment = readonly Run[];

const BUCKET = "example-org-trailwatch-state";
const HEAD = ["", "seconds", "CPU", "of each command", "CPU to bare", "memory"];

interface Options {
  readonly accounts: number;
  readonly runs: number;
}

/** Deploys stacks that differ in their account's name and id only, each in another way, to one local AWS. */
async function bench({ accounts, runs }: Options): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "trailwatch-bench-"));
  try {
    const accountsFolder = join(work, "accounts");
    const stacks = writeOrganization(accountsFolder, accounts).slice(2);
    const sandbox = await startSandbox({ accountsFolder, workFolder: join(work, "sandbox"), env: process.env });
    try {
      await createStateBucket(sandbox);
      await sandbox.synthesize();
      await benchOf(sandbox, stacks.map(monitoringStackId), runs);
    } finally {
      await sandbox.stop();
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function benchOf(sandbox: Sandbox, [first = "", ...stacks]: readonly string[], runs: number): Promise<void> {
  const ways = waysToDeploy(sandbox);
  const least = 3 + runs * ways.length;
  if (stacks.length + 3 < least) {
    throw new Error(`'--accounts' must be at least ${least} for ${runs} runs, as each deploys another account's stack`);
  }
  // Not measured: this run fills the folder of provider packages and makes the local AWS load its services.
  for (const way of ways.slice(0, 1)) await deploy(way, first);
  const resources = await resourcesOf(sandbox, first);
  const measured = new Map<Way, Deployment[]>();
  // Alternate between contestants, so that a slow minute of the machine affects all of them.
  for (let round = 0; round < runs; round += 1) {
    for (const way of ways) {
      const stack = stacks.shift() ?? "";
      const deployment = await deploy(way, stack);
      measured.set(way, [...(measured.get(way) ?? []), deployment]);
      process.stderr.write(`${way.name}: ${secondsOf(deployment).toFixed(1)} s\n`);
      const got = await resourcesOf(sandbox, stack);
      if (got !== resources) throw new Error(`'${way.name}' deployed ${got} resources, the first ${resources}`);
    }
  }
  const load = (loadavg()[0] ?? 0).toFixed(1);
  process.stdout.write(`${resources} resources, load ${load}\n\n${tableOf([...measured])}\n`);
}

async function deploy(way: Way, stack: string): Promise<Deployment> {
  const deployment: Run[] = [];
  for (const { command, place } of way.steps(stack)) deployment.push(await measure(command, place));
  return deployment;
}

const secondsOf = (deployment: Deployment) => deployment.reduce((sum, { seconds }) => sum + seconds, 0);
const cpuOf = (deployment: Deployment) => deployment.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

function tableOf(measured: readonly (readonly [Way, readonly Deployment[]])[]): string {
  const bare = medianOf(measured[0]?.[1].map(cpuOf) ?? []);
  const rows = measured.map(([{ name }, deployments]) => {
    const cpuSeconds = medianOf(deployments.map(cpuOf));
    const each = deployments[0]?.map((_run, step) => medianOf(deployments.map((runs) => runs[step]?.cpuSeconds ?? 0)));
    return [
      name,
      `${medianOf(deployments.map(secondsOf)).toFixed(1)} s`,
      `${cpuSeconds.toFixed(1)} s`,
      each?.map((seconds) => `${seconds.toFixed(1)} s`).join(", ") ?? "",
      (cpuSeconds / bare).toFixed(2),
      `${Math.max(...deployments.flat().map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    ];
  });
  const rule = HEAD.map((_cell, index) => (index === 0 ? "---" : "--:"));
  return [HEAD, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A minimal bucket, because the bootstrap is not measured. */
async function createStateBucket(sandbox: Sandbox): Promise<void> {
  const { s3 } = await clientsOf(sandbox, "log-archive");
  const LocationConstraint = "eu-west-1";
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint } }));
}

/** How many resources a stack's state holds: every way has to deploy the same. */
async function resourcesOf(sandbox: Sandbox, stack: string): Promise<number> {
  const { s3 } = await clientsOf(sandbox, "log-archive");
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: PLAIN.stateKey(stack) }));
  const state = JSON.parse((await Body?.transformToString()) ?? "{}") as {
    readonly resources?: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
  };
  return (state.resources ?? []).flatMap(({ mode, instances }) => (mode === "managed" ? instances : [])).length;
}

// The AWS SDK prints this warning once per process on Node 20; it is not relevant here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

withReadableHelp(new Command("bench:deployment"))
  .description("Times the deployment of one stack to a local AWS: bare Terraform, trailwatch, cdktf.")
  .option("--accounts <n>", "size of the organization", positiveCount("--accounts"), 10)
  .option("--runs <n>", "runs per contestant; the median is reported", positiveCount("--runs"), 1)
  .addHelpText("after", "\nExample:\n  $ npm run bench:deployment -- --accounts 100 --runs 3")
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
