import { PLAIN } from "../../lib/naming/own-names";
import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DeleteSecretCommand, DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { Sandbox } from "../../sandbox/sandbox";
import { startSandbox } from "../../sandbox/start-sandbox";
import { writeOrganization } from "../../bench/support/generated-organization";
import { clientsOf } from "../../bench/support/sandbox-clients";

// `trailwatch plan` and `apply` as a person runs them, with real Terraform, on monitoring stacks of a local AWS. One
// sandbox for all tests: they look at it in the order in which they stand.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const FOLDER = ".trailwatch/e2e-delivery";
const ACCOUNTS = `${FOLDER}-accounts`;
const BUCKET = "example-org-trailwatch-state";

/** Fewer stacks at a time than there are. */
const AT_A_TIME = ["--parallelism", "2"];
const MEMBERS = Array.from({ length: 4 }, (_, index) => `team-${String(index + 1).padStart(4, "0")}`);
const STACKS = MEMBERS.map((name) => `monitoring-${name}`);
const [FIRST, LAST = ""] = [STACKS.slice(0, -1), STACKS.at(-1)];
const FAULTY = "team-0003";

let sandbox: Sandbox;
/** Never synchronously: the local AWS answers from this process. */
const execute = promisify(execFile);

beforeAll(async () => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
  // One pack and one region, as the point is the runner: the stacks are real, but a fifth of their usual size.
  const settings = "packs: { member: [secrets] }\n";
  writeOrganization(ACCOUNTS, 2 + MEMBERS.length, { homeRegion: "us-east-1", settings });
  sandbox = await startSandbox({ accountsFolder: ACCOUNTS, workFolder: FOLDER, env: process.env });
  // A bare one: the bootstrap has tests of its own, and takes a minute.
  const { s3 } = await clientsOf(sandbox, "log-archive");
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}, 15 * MINUTE);

afterAll(async () => {
  await sandbox.stop();
  rmSync(ACCOUNTS, { recursive: true, force: true });
});

interface Result {
  readonly stack: string;
  readonly result: string;
  readonly reason: string;
}

function start(...args: readonly string[]) {
  // In the sandbox this loosens the lock file, which plans and applies are to hold on to.
  const env = { ...sandbox.env, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: undefined };
  return spawn(
    process.execPath,
    ["bin/trailwatch.mjs", ...args, ...AT_A_TIME, "--out", join(FOLDER, "plans"), "--json"],
    { env },
  );
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.stderr += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (!output.stdout.startsWith("{")) throw new Error(output.stderr);
  const { stacks } = JSON.parse(output.stdout) as { readonly stacks: readonly Result[] };
  return { code, stacks };
}

const results = (stacks: readonly Result[]) => Object.fromEntries(stacks.map(({ stack, result }) => [stack, result]));
const all = (stacks: readonly string[], result: string) => Object.fromEntries(stacks.map((stack) => [stack, result]));

test("each stack is planned; a stack that reads a missing state is reported", async () => {
  const { code, stacks } = await run("plan", "monitoring-team-*", "organization-trail");
  expect(results(stacks)).toEqual({ ...all(STACKS, "changes"), "organization-trail": "skipped" });
  expect(stacks.at(-1)?.reason).toBe("not planned: log-archive has no state yet");
  expect(code).toBe(2);
});

test("three stacks are applied; a failure of one stops no other", async () => {
  const { logs } = await clientsOf(sandbox, FAULTY);
  // A resource of the stack was created manually.
  await logs.send(new CreateLogGroupCommand({ logGroupName: PLAIN.eventsLogGroup }));
  const { code, stacks } = await run("apply", ...FIRST);
  expect(results(stacks)).toEqual({ ...all(FIRST, "applied"), [`monitoring-${FAULTY}`]: "failed" });
  expect(stacks.find(({ result }) => result === "failed")?.reason).toContain("ResourceAlreadyExistsException");
  expect(code).toBe(1);

  const { cloudWatch } = await clientsOf(sandbox, "team-0002");
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms?.length).toBeGreaterThan(0);
});

test("the next run skips applied stacks, and the failed stack is applied after a new plan", async () => {
  const again = await run("apply", ...FIRST);
  expect(results(again.stacks)).toEqual({ ...all(FIRST, "applied"), [`monitoring-${FAULTY}`]: "stale" });
  expect(again.code).toBe(1);

  const { logs } = await clientsOf(sandbox, FAULTY);
  await logs.send(new DeleteLogGroupCommand({ logGroupName: PLAIN.eventsLogGroup }));
  expect(results((await run("plan", `monitoring-${FAULTY}`)).stacks)).toEqual({ [`monitoring-${FAULTY}`]: "changes" });
  const { code, stacks } = await run("apply", ...FIRST);
  expect(results(stacks)).toEqual(all(FIRST, "applied"));
  expect(stacks.filter(({ reason }) => reason === "").map(({ stack }) => stack)).toEqual([`monitoring-${FAULTY}`]);
  expect(code).toBe(0);
});

test("after a kill, the next run reports the lock and how to release it, and then succeeds", async () => {
  const killed = start("apply", ...STACKS);
  await lockOf(LAST);
  const { stdout: terraform } = await execute("pgrep", ["-P", String(killed.pid)]);
  killed.kill("SIGKILL");
  process.kill(Number(terraform), "SIGKILL");

  const locked = await run("apply", ...STACKS);
  expect(results(locked.stacks)).toEqual({ ...all(FIRST, "applied"), [LAST]: "failed" });
  const reason = locked.stacks.at(-1)?.reason ?? "";
  expect(reason).toContain(`state '${BUCKET}/${PLAIN.stateKey(LAST)}' is locked by `);
  const [, command = ""] = /has ended: (.*)$/.exec(reason) ?? [];
  await execute("sh", ["-c", command.replace("force-unlock", "force-unlock -force")], { env: sandbox.env });

  const { code, stacks } = await run("apply", ...STACKS);
  expect(results(stacks)).toEqual(all(STACKS, "applied"));
  expect(code).toBe(0);
});

test("a monitoring stack is destroyed and applied again; its secret waits out its recovery window", async () => {
  const { cloudWatch, secrets } = await clientsOf(sandbox, "team-0001");
  const alarms = async () => (await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.length;
  const before = await alarms();
  const [stack = ""] = STACKS;
  await execute(
    sandbox.env.TERRAFORM_BINARY_NAME ?? "terraform",
    ["destroy", "-input=false", "-auto-approve", "-no-color"],
    {
      cwd: join(FOLDER, "plans", stack),
      env: sandbox.env,
    },
  );
  expect(await alarms()).toBe(0);
  const SecretId = "MyProjectSecrets";
  expect((await secrets.send(new DescribeSecretCommand({ SecretId }))).DeletedDate).toBeInstanceOf(Date);

  // The name is reserved until then, unless the secret is deleted permanently.
  await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  await run("plan", stack);
  expect(results((await run("apply", stack)).stacks)).toEqual({ [stack]: "applied" });
  expect(await alarms()).toBe(before);
});

test("state is in the bucket only, one object per stack, without the values of secrets", async () => {
  const { s3 } = await clientsOf(sandbox, "log-archive");
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(Contents.map(({ Key }) => Key).sort()).toEqual(STACKS.map(PLAIN.stateKey).sort());
  for (const account of MEMBERS) {
    const { secrets } = await clientsOf(sandbox, account);
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: "MyProjectSecrets" }));
    const { secret_access_key: value } = JSON.parse(SecretString) as { readonly secret_access_key: string };
    expect(value).toMatch(/^\w{40}$/);
    const Key = PLAIN.stateKey(`monitoring-${account}`);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    const state = (await Body?.transformToString()) ?? "";
    expect(state).toContain("MyProjectSecrets");
    expect(state).not.toContain(value);
  }
});

/** Resolves once Terraform is at work in a stack. */
async function lockOf(stack: string): Promise<void> {
  const { s3 } = await clientsOf(sandbox, "log-archive");
  const Key = `${PLAIN.stateKey(stack)}.tflock`;
  const isThere = () =>
    s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key })).then(
      () => true,
      () => false,
    );
  while (!(await isThere())) await sleep(50);
}
