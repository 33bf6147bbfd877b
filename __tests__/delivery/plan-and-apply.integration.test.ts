import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "../../lib/support/folder-lock";
import { applyStacks } from "../../delivery/apply-stacks";
import { PlanFolder } from "../../delivery/plan-folder";
import { planStacks } from "../../delivery/plan-stacks";
import { findTerraform } from "../../lib/terraform/run/terraform-binary";
import { temporaryFolder } from "./bootstrap/terraform-stub";
import { ADDS_ONE, type DoubleStack, terraformDouble, writeParts, writeStacks } from "./terraform-double";

const double = terraformDouble();
const LOCKED = `
╷
│ Error: Error acquiring the state lock
│
│ Lock Info:
│   ID:        11111111-2222-3333-4444-555555555555
│   Path:      example-state/trailwatch/a/terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       user@other-host
│   Version:   1.11.4
│   Created:   2026-11-23 00:28:01 +0000 UTC
╵
`;
const destroys = (...types: string[]) => ({
  plan: { out: "Plan: 0 to add, 0 to change, 1 to destroy.\n", code: 2 },
  show: {
    out: JSON.stringify({
      resource_changes: types.map((type) => ({
        address: `${type}.it`,
        type,
        change: { actions: ["delete", "create"], before: { secret: "hush" } },
      })),
    }),
  },
});

let out: string;
let interruption: AbortController;
const settings = () => ({
  terraform: { command: double.command, product: "Terraform" as const },
  env: double.env,
  signal: interruption.signal,
  project: out,
  patterns: ["*"],
  out: join(out, "plans"),
  parallelism: 2,
  onDone: () => undefined,
});
const plan = (stacks: Readonly<Record<string, DoubleStack>>, allowDestroy: readonly string[] = []) =>
  planStacks({
    ...settings(),
    synthesized: writeStacks(stacks),
    allowDestroy,
    onWarning: (line) => warnings.push(line),
    initMilliseconds: 5_000,
  });
const warnings: string[] = [];
const apply = () => applyStacks(settings());
const results = (done: readonly { stack: string; result: string }[]) =>
  Object.fromEntries(done.map(({ stack, result }) => [stack, result]));

beforeEach(() => {
  out = temporaryFolder();
  interruption = new AbortController();
  warnings.length = 0;
  double.calls();
});

test("a plan of each stack is saved, behind closed doors, with the one lock file; none is applied", async () => {
  const planned = await plan({ a: {}, b: { parts: { plan: { code: 0 } } } });
  expect(planned).toMatchObject([
    { stack: "a", account: "444455556666", result: "changes", add: 1, change: 0, destroy: 0, replace: 0 },
    { stack: "b", result: "no-changes", add: 0 },
  ]);
  expect(statSync(join(out, "plans")).mode & 0o777).toBe(0o700);
  const lockFile = readFileSync(join(out, "plans", "a", ".terraform.lock.hcl"), "utf8");
  expect(lockFile).toBe(readFileSync("delivery/terraform.lock.hcl", "utf8"));
  expect(readdirSync(join(out, "plans", "b"))).not.toContain("saved.tfplan");
  const calls = double.calls();
  expect(calls.filter((call) => call.startsWith("a"))).toEqual([
    "a init -input=false -no-color -lockfile=readonly",
    "a plan -input=false -no-color -detailed-exitcode -out=saved.tfplan",
  ]);
  expect(calls.join("\n")).not.toContain("apply");
});

test("a stack that needs a provider which the lock file does not know may add it, to its own copy", async () => {
  await plan({ a: { providers: ["aws", "hashicorp/tfe"] }, b: { providers: ["hashicorp/aws"] } });
  const inits = double.calls().filter((call) => call.includes(" init "));
  expect(inits.sort()).toEqual(["a init -input=false -no-color", "b init -input=false -no-color -lockfile=readonly"]);
});

test("further stacks take the provider that the first one has installed and checked", async () => {
  const synthesized = writeStacks({ a: {}, b: {}, c: { providers: ["hashicorp/tfe"] } });
  for (const stack of ["a", "b", "c"]) writeFileSync(join(synthesized, "stacks", stack, "installs"), "");
  await planStacks({ ...settings(), parallelism: 1, synthesized, allowDestroy: [] });
  expect(double.calls().filter((call) => call.includes(" init "))).toEqual([
    "a init -input=false -no-color -lockfile=readonly",
    "b init -input=false -no-color -lockfile=readonly with providers",
    "c init -input=false -no-color",
  ]);
  for (const stack of ["a", "b"]) expect(new PlanFolder(settings().out, stack).isInitialized).toBe(true);
});

test.each([
  ["aws_cloudtrail", "refused"],
  ["aws_cloudwatch_log_group", "refused"],
  ["aws_kms_key", "refused"],
  ["aws_s3_bucket", "refused"],
  ["aws_secretsmanager_secret", "refused"],
  ["aws_sns_topic", "refused"],
  ["aws_cloudwatch_metric_alarm", "changes"],
])("a plan that replaces %s: %s", async (type, result) => {
  const [planned] = await plan({ a: { parts: destroys(type) } });
  expect(planned).toMatchObject({ result, add: 1, destroy: 1, replace: 1 });
  expect(readdirSync(join(out, "plans", "a")).includes("saved.tfplan")).toBe(result === "changes");
});

test("a refused plan says how to allow it, is not applied, and is allowed by address or by stack and address", async () => {
  const stacks = { a: { parts: destroys("aws_s3_bucket") }, b: { dependencies: ["a"] } };
  const [refused] = await plan(stacks);
  expect(refused?.reason).toContain("--allow-destroy a:aws_s3_bucket.it");
  expect(results(await apply())).toEqual({ a: "skipped", b: "skipped" });
  expect(double.calls().filter((call) => call.includes(" apply"))).toEqual([]);

  expect(warnings).toEqual([]);
  expect(results(await plan(stacks, ["b:aws_s3_bucket.it"]))).toMatchObject({ a: "refused" });
  expect(warnings).toEqual([
    expect.stringMatching(/^warning: '--allow-destroy' must .*, got 'b:aws_s3_bucket.it'; did you mean 'a:aws_s3/),
  ]);
  expect(results(await plan(stacks, ["a:aws_s3_bucket.it"]))).toMatchObject({ a: "changes" });
  expect(results(await plan(stacks, ["aws_s3_bucket.it"]))).toMatchObject({ a: "changes" });
});

test("values of a plan stay in the plan: neither log nor record holds one", async () => {
  await plan({ a: { parts: destroys("aws_sns_topic") } });
  const folder = join(out, "plans", "a");
  for (const file of ["plan.log", "planned.json"])
    expect(readFileSync(join(folder, file), "utf8")).not.toContain("hush");
});

test("a stack whose planning fails stops no other, and its first error is the reason", async () => {
  const error = "╷\n│ Error: no credentials\n│\n│   in the chain\n╵\nError: a second\n";
  const planned = await plan({ a: { parts: { init: { out: error, code: 1 } } }, b: { dependencies: ["a"] } });
  expect(planned).toMatchObject([{ result: "failed", reason: "no credentials in the chain" }, { result: "changes" }]);
});

test("a stack is not planned on values that may change, or from a missing state", async () => {
  const outputs = { out: `${ADDS_ONE.out ?? ""}\nChanges to Outputs:\n`, code: 2 };
  const dependant = { dependencies: ["a"], reads: true };
  const planned = await plan({ a: { parts: { plan: outputs } }, b: dependant, c: { dependencies: ["a"] } });
  expect(planned.map(({ result }) => result)).toEqual(["changes", "skipped", "changes"]);
  expect(planned[1]?.reason).toContain("values that it reads from a may change");

  const unread =
    "Error: Unable to find remote state\n\n  with data.terraform_remote_state.cross-stack-reference-input-log-archive,";
  const [b] = await plan({ b: { parts: { plan: { out: unread, code: 1 } } } });
  expect(b).toMatchObject({ result: "skipped", reason: "not planned: log-archive has no state yet" });
});

test.each([
  [
    "would change its values, were it planned",
    { plan: { out: `${ADDS_ONE.out ?? ""}\nChanges to Outputs:\n`, code: 2 } },
  ],
  ["cannot be planned", { plan: { out: "Error: busy\n", code: 1 } }],
])("a stack is not planned on values that come, by way of another, from one that %s", async (_, parts) => {
  const [b, c] = ["a", "b"].map((id) => ({ dependencies: [id], reads: true }));
  const planned = await plan({ a: { parts }, b: b ?? {}, c: c ?? {}, d: {} });
  expect(planned.map(({ result }) => result).slice(1)).toEqual(["skipped", "skipped", "changes"]);
});

test("a state that Terraform could not write is neither deleted nor planned or applied over", async () => {
  out = join(out, "it's here");
  mkdirSync(out);
  await plan({ a: { parts: { apply: { out: "Error: Failed to save state\n", code: 1 } } } });
  const folder = join(out, "plans", "a");
  writeFileSync(join(folder, "errored.tfstate"), "{}");
  const [failed] = await apply();
  expect(failed?.reason).toContain(`the new state is only in '${join(folder, "errored.tfstate")}'`);
  expect(failed?.reason).toContain(`'-chdir=${folder.replace("'", String.raw`'\''`)}' state push errored.tfstate`);
  double.calls();
  expect(await apply()).toMatchObject([{ result: "failed", reason: failed?.reason }]);
  expect(await plan({ a: {} })).toMatchObject([{ result: "failed", reason: failed?.reason }]);
  expect(double.calls()).toEqual([]);

  rmSync(join(folder, "errored.tfstate"));
  expect(await plan({ a: {} })).toMatchObject([{ result: "changes" }]);
});

test("what is no plan is not deleted, nor a folder closed that others use", async () => {
  const folder = join(out, "plans");
  mkdirSync(join(folder, "a"), { recursive: true });
  chmodSync(folder, 0o755);
  expect(await plan({ a: {} })).toMatchObject([{ result: "changes" }]);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o700);

  mkdirSync(join(folder, "b"));
  writeFileSync(join(folder, "b", "letter.txt"), "dear b");
  await expect(plan({ a: {}, b: {} })).rejects.toThrow(`got '${folder}', where 'b' is something else`);
  expect(readdirSync(join(folder, "b"))).toEqual(["letter.txt"]);
});

test("a record that is damaged is named, and nothing is applied", async () => {
  await plan({ a: {} });
  writeFileSync(join(out, "plans", "a", "planned.json"), "{");
  await expect(apply()).rejects.toThrow(/'.*a\/planned.json' must be as 'trailwatch plan' wrote it .*: plan a again/);
});

test("a fault in one stops its dependants only; the next run passes over what is applied and goes on", async () => {
  const fault = { apply: { out: "Error: busy\n", code: 1 } };
  await plan({ a: {}, b: { parts: fault }, c: { dependencies: ["b"] }, d: { dependencies: ["a"] } });
  double.calls();
  const first = await apply();
  expect(results(first)).toEqual({ a: "applied", b: "failed", c: "skipped", d: "applied" });
  expect(first.find(({ stack }) => stack === "c")?.reason).toBe("needs b, which was not applied");
  const order = double.calls().filter((call) => call.includes(" apply"));
  expect(order.findIndex((call) => call.startsWith("a"))).toBeLessThan(order.findIndex((call) => call.startsWith("d")));

  writeParts(join(out, "plans", "b"), { apply: {} });
  expect(results(await apply())).toEqual({ a: "applied", b: "applied", c: "applied", d: "applied" });
  const again = double.calls().filter((call) => call.includes(" apply"));
  expect(again.map((call) => call.slice(0, 1)).sort()).toEqual(["b", "c"]);
});

test("a locked state, and a plan that is stale, are said to be so, with what to do", async () => {
  const stale = "Error: Saved plan is stale\n";
  await plan({ a: { parts: { apply: { out: LOCKED, code: 1 } } }, b: { parts: { apply: { out: stale, code: 1 } } } });
  const [a, b] = await apply();
  expect(a).toMatchObject({ result: "failed" });
  expect(a?.reason).toContain(
    "'example-state/trailwatch/a/terraform.tfstate' is locked by user@other-host since 2026-11-23",
  );
  expect(a?.reason).toContain(`-chdir=${join(out, "plans", "a")} force-unlock 11111111-2222-3333-4444-555555555555`);
  expect(b).toMatchObject({ result: "stale" });
  expect(b?.reason).toContain("run 'trailwatch plan b'");
});

test("what was applied although the run was killed counts as applied", async () => {
  const killed = { apply: { out: "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\n", code: 1 } };
  await plan({ a: { parts: killed } });
  expect(await apply()).toMatchObject([{ result: "applied", reason: "by an earlier run that was killed" }]);
});

test("an interruption ends what runs and starts no more", async () => {
  await plan({ a: { parts: { apply: { hangs: true } } }, b: { dependencies: ["a"] }, c: { dependencies: ["b"] } });
  double.calls();
  const running = apply();
  const calls: string[] = [];
  while (!calls.some((call) => call.startsWith("a apply"))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    calls.push(...double.calls());
  }
  interruption.abort(new Error("interrupted"));
  expect(results(await running)).toEqual({ a: "failed", b: "skipped", c: "skipped" });
  expect(double.calls()).toEqual([]);
});

test("an initialization that hangs is given up", async () => {
  const synthesized = writeStacks({ a: { parts: { init: { hangs: true } } } });
  const [a] = await planStacks({ ...settings(), synthesized, allowDestroy: [], initMilliseconds: 60 });
  expect(a).toMatchObject({ result: "failed" });
  expect(a?.reason).toContain("init' took longer than");
});

test("a registry that does not answer is waited for once, not once for each stack", async () => {
  const hangs = { parts: { init: { hangs: true } } };
  const synthesized = writeStacks({ a: hangs, b: hangs, c: hangs });
  const planned = await planStacks({ ...settings(), synthesized, allowDestroy: [], initMilliseconds: 1_000 });
  expect(planned.map(({ result }) => result)).toEqual(["failed", "failed", "failed"]);
  expect(double.calls().filter((call) => call.includes(" init "))).toHaveLength(1);
});

test("nothing planned is nothing to apply, and says so", async () => {
  await expect(apply()).rejects.toThrow("must hold saved plans, got none: run 'trailwatch plan' first");
});

test("a missing or old Terraform is reported before any change", async () => {
  const { signal } = interruption;
  await expect(findTerraform({ ...double.env, TERRAFORM_BINARY_NAME: "/nowhere/tofu" }, signal)).rejects.toThrow(
    "Terraform or OpenTofu >= 1.11 is needed, '/nowhere/tofu' cannot be run: install it",
  );
  expect(await findTerraform(double.env, signal)).toMatchObject({ product: "Terraform" });
});

test("while a process plans or applies in a folder, another does neither, and touches nothing", async () => {
  await plan({ a: {} });
  const before = readdirSync(join(out, "plans", "a"));
  const unlock = lockFolder(join(out, "plans"));
  double.calls();
  const inUse = `'${join(out, "plans")}' is in use by process ${process.pid} (`;
  await expect(plan({ a: {} })).rejects.toThrow(inUse);
  await expect(apply()).rejects.toThrow(inUse);
  expect(double.calls()).toEqual([]);
  expect(readdirSync(join(out, "plans", "a"))).toEqual(before);
  unlock();
  expect(results(await apply())).toEqual({ a: "applied" });
  expect(readdirSync(join(out, "plans"))).toEqual(["a"]);
});
