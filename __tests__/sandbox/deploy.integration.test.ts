import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeployEvent } from "../../sandbox/apply-output";
import { deploy, type DeployOptions } from "../../sandbox/deploy";

const SLOW = "aws_s3_bucket_lifecycle_configuration";

/** Stands in for Terraform: notes its runs, and takes half a second for an apply with slow resources. */
const TERRAFORM = `#!/bin/sh
stack=$(basename "$PWD")
verb=$1
case "$*" in *-target=*) verb=part ;; esac
echo "$stack $verb" >> "$RUNS"
case "$*" in *-parallelism=*) echo "$stack $verb" >> "$RUNS.parallel" ;; esac
case "$*" in *-target=*${SLOW}*) exit 9 ;; esac
[ -e hangs ] && trap 'sleep 0.2; echo late; exit 1' INT && touch hanging && while :; do sleep 0.05; done
if [ "$verb" != init ] && [ -e fails ]; then
  echo '{"@message":"Error: no","type":"diagnostic","diagnostic":{"severity":"error","summary":"no"}}'
  exit 1
fi
[ "$stack $verb" = "archive part" ] && sleep 0.3
[ "$verb" = apply ] && grep -q ${SLOW} cdk.tf.json && sleep 0.5
for made in aws_s3_bucket.one aws_sns_topic.one aws_cloudtrail.one aws_sqs_queue.one; do
  echo '{"@message":"made","type":"apply_complete","hook":{"action":"create","resource":{"addr":"'$made'"}}}'
done
[ "$stack $verb" = "lasting apply" ] && while [ ! -e may-end ]; do sleep 0.02; done
echo '{"@message":"done","type":"change_summary","changes":{"add":1,"change":0,"remove":0,"operation":"apply"}}'
echo "$stack $verb ended" >> "$RUNS"
echo "$stack $verb $(nice)" >> "$RUNS.priorities"
`;

let folder: string;
const outdir = () => join(folder, "cdktf.out");
const runs = () => readFileSync(join(folder, "runs"), "utf8").trimEnd().split("\n");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-deploy-"));
  writeFileSync(join(folder, "terraform"), TERRAFORM);
  chmodSync(join(folder, "terraform"), 0o755);
  const stacks = {
    archive: { dependencies: [], types: ["aws_s3_bucket", SLOW] },
    other: { dependencies: [], types: ["aws_sns_topic"] },
    trail: { dependencies: ["archive"], types: ["aws_cloudtrail", "aws_sqs_queue"] },
    "alert-hub": { dependencies: [], types: ["aws_sns_topic"] },
    member: { dependencies: ["alert-hub"], types: ["aws_sqs_queue"] },
    lasting: { dependencies: [], types: ["aws_sqs_queue", "aws_sqs_queue_policy", "aws_sns_topic_subscription"] },
  };
  for (const [name, { types }] of Object.entries(stacks)) {
    mkdirSync(join(outdir(), "stacks", name), { recursive: true });
    const after = (type: string) => (type === "aws_sns_topic_subscription" ? ["aws_sqs_queue_policy.one"] : []);
    const resource = Object.fromEntries(types.map((type) => [type, { one: { depends_on: after(type) } }]));
    const json = { "//": { metadata: { stackName: name } }, resource };
    writeFileSync(join(outdir(), "stacks", name, "cdk.tf.json"), JSON.stringify(json));
  }
  const listed = Object.entries(stacks).map(([name, { dependencies }]) => [
    name,
    { name, dependencies, synthesizedStackPath: `stacks/${name}/cdk.tf.json` },
  ]);
  const manifest = { version: "stub", stacks: Object.fromEntries(listed) as object };
  writeFileSync(join(outdir(), "manifest.json"), JSON.stringify(manifest));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function deployed(
  events: DeployEvent[] = [],
  stacks = ["archive", "other", "trail"],
  inParts = true,
  more: Partial<Pick<DeployOptions, "signal" | "first" | "isRemote">> = {},
) {
  return deploy({
    ...{ stacks, inParts, outdir: outdir(), workFolder: folder, logFile: join(folder, "deploy.log") },
    env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: join(folder, "terraform"), RUNS: join(folder, "runs") },
    signal: new AbortController().signal,
    ...more,
    onEvent: (event) => events.push(event),
  });
}

function milestones(events: readonly DeployEvent[], of: string): string[] {
  return events.flatMap(({ stack, type }) => (stack === of && type !== "resource" ? [type] : []));
}

test("a stack is applied as soon as those that it depends on can be used, and all are applied as a whole", async () => {
  const events: DeployEvent[] = [];
  const stacks = await deployed(events);
  expect(stacks.map(({ stack, changes: { added } }) => [stack, added]).sort()).toEqual([
    ["archive", 2],
    ["other", 1],
    ["trail", 2],
  ]);
  const order = runs();
  expect(order.indexOf("trail part")).toBeLessThan(order.indexOf("archive part ended"));
  expect(order.indexOf("trail apply")).toBeGreaterThan(order.indexOf("archive part ended"));
  expect(order.indexOf("trail apply ended")).toBeLessThan(order.indexOf("archive apply ended"));
  for (const stack of ["archive", "trail"]) expect(milestones(events, stack)).toEqual(["usable", "applied"]);
  expect(readFileSync(join(folder, "deploy.log"), "utf8")).toContain("archive  done\n");
});

test("a stack can be used before the policies of its queues are there, and what depends on them", async () => {
  const events: DeployEvent[] = [];
  const deployment = deployed(events, ["lasting"]);
  while (!events.some(({ type }) => type === "usable")) await sleep(20);
  writeFileSync(join(outdir(), "stacks/lasting/may-end"), "");
  await deployment;
  expect(milestones(events, "lasting")).toEqual(["usable", "applied"]);
});

test("what is needed first begins first, and the others get less of the machine", async () => {
  await deployed([], ["archive", "other"], true, { first: ["other"] });
  expect(runs()[0]).toBe("other init");
  const priorities = readFileSync(join(folder, "runs.priorities"), "utf8");
  const [, archive] = /^archive part (\d+)$/m.exec(priorities) ?? [];
  const [, other] = /^other apply (\d+)$/m.exec(priorities) ?? [];
  expect(Number(archive)).toBeGreaterThan(Number(other));
});

test("without parts, each stack is applied once", async () => {
  await deployed([], ["archive", "other", "trail"], false);
  const applies = runs().filter((run) => !/init|ended/.test(run));
  expect(applies.sort()).toEqual(["archive apply", "other apply", "trail apply"]);
  expect(runs().indexOf("trail apply")).toBeGreaterThan(runs().indexOf("archive apply ended"));
});

test.each([true, false])(
  "a number of resources at a time is for direct applies only (remote: %s)",
  async (isRemote) => {
    await deployed([], ["other"], false, { isRemote });
    expect(runs()).toContain("other apply ended");
    expect(existsSync(join(folder, "runs.parallel"))).toBe(!isRemote);
  },
);

test("no stack waits for the alert hub", async () => {
  writeFileSync(join(outdir(), "stacks/alert-hub/fails"), "");
  await expect(deployed([], ["alert-hub", "member"])).rejects.toThrow(/^stack 'alert-hub' was not applied/);
  expect(runs()).toContain("member apply ended");
  expect(runs()).not.toContain("member part");
});

test("only one stack is initialized first, as it may fill the cache of providers", async () => {
  await deployed();
  expect(runs().slice(0, 2)).toEqual(["archive init", "archive init ended"]);
});

test("a failure stops only the stacks that depend on the failed one", async () => {
  writeFileSync(join(outdir(), "stacks/archive/fails"), "");
  await expect(deployed()).rejects.toThrow(/^stack 'archive' was not applied:\n {2}Error: no\nFull log: /);
  expect(runs()).toContain("other apply ended");
  expect(runs()).not.toContain("trail apply");
});

test("after an interruption, all runs have ended, and the log has all that they wrote", async () => {
  for (const stack of ["other", "trail"]) writeFileSync(join(outdir(), "stacks", stack, "hangs"), "");
  const interruption = new AbortController();
  const deployment = deployed([], undefined, true, { signal: interruption.signal });
  const isHanging = (stack: string) => existsSync(join(outdir(), "stacks", stack, "hanging"));
  const interrupt = async () => {
    while (!isHanging("other") || !isHanging("trail")) await sleep(20);
    interruption.abort(new Error("interrupted"));
  };
  await Promise.all([expect(deployment).rejects.toThrow("interrupted"), interrupt()]);
  const log = readFileSync(join(folder, "deploy.log"), "utf8");
  expect(log).toContain("other  late\n");
  expect(log).toContain("trail  late\n");
});

test("a stack whose dependencies are deployed already is applied alone", async () => {
  expect(await deployed([], ["trail"])).toMatchObject([{ stack: "trail", changes: { added: 1 } }]);
});
