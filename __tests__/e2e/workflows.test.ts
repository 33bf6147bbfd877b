import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { DescribeAlarmsCommand, DisableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import { DisableRuleCommand } from "@aws-sdk/client-eventbridge";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Sandbox } from "../../sandbox/sandbox";
import { startSandbox } from "../../sandbox/start-sandbox";
import { LINES_WITH_TERRAFORM } from "../ci/lines-with-terraform";
import { ScratchClone } from "../ci/scratch-clone";
import { writeOrganization } from "../../bench/support/generated-organization";
import { clientsOf } from "../../bench/support/sandbox-clients";

// The lines of the workflows that run Terraform, with real Terraform in a local AWS, for two accounts and an alert hub
// with both kinds of chat. Stand-ins are GitHub's CLI and npm. One sandbox and one clone for all tests: they look at them in the order in which they stand.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const FOLDER = resolve(".trailwatch/e2e-workflows");
const ACCOUNTS = `${FOLDER}-accounts`;
const ACCOUNT = "team-0001";
const STACK = `monitoring-${ACCOUNT}`;
const HUB = "trailwatch-alert-hub";
const STACKS = { STACKS: `${STACK} alert-hub` };
const ALARM = `trailwatch-${ACCOUNT}-watched-secret-reads`;

/** One pack, as the point is the workflows: the stacks are real, but a fifth of their usual size. */
const SETTINGS = `packs: { management: [], log-archive: [], member: [secrets] }
deploymentRole: trailwatch-deploy
deployment:
  account: log-archive
  github: { repository: acme/watch, ownerId: 1, repositoryId: 2 }
alertHub:
  account: log-archive
  chat:
    slack: { workspaceId: T07EA123LEP, channelId: C07EZ1ABC23 }
    teams:
      tenantId: 6ba7b810-9dad-41d1-80b4-00c04fd430c8
      teamId: 6ba7b811-9dad-41d1-80b4-00c04fd430c8
      channelId: 19%3Aabc%40thread.tacv2
`;

let sandbox: Sandbox;
let clone: ScratchClone;

beforeAll(async () => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
  writeOrganization(ACCOUNTS, 4, { homeRegion: "us-east-1", settings: SETTINGS });
  sandbox = await startSandbox({ accountsFolder: ACCOUNTS, workFolder: FOLDER, env: process.env });
  const { s3 } = await clientsOf(sandbox, "log-archive");
  await s3.send(new CreateBucketCommand({ Bucket: "example-org-trailwatch-state" }));
  const { TERRAFORM_BINARY_NAME = "terraform" } = process.env;
  const own = { TRAILWATCH_ACCOUNTS: undefined, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: undefined };
  clone = new ScratchClone(sandbox.accountsFolder, { ...sandbox.env, ...own, TERRAFORM_BINARY_NAME });
}, 15 * MINUTE);

afterAll(async () => {
  clone.remove();
  await sandbox.stop();
  rmSync(ACCOUNTS, { recursive: true, force: true });
});

/** Runs a step that must succeed. */
async function succeeds(step: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  expect(await clone.run(step, env)).toMatchObject({ code: 0 });
}

async function alarm() {
  const { cloudWatch } = await clientsOf(sandbox, ACCOUNT);
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
  return MetricAlarms?.[0];
}

test("a wave deploys the approved plans", async () => {
  await succeeds("wave.yml: plan: Plan", STACKS);
  const approved = clone.read("actions.txt");
  expect(approved).toContain("aws_cloudwatch_metric_alarm");
  clone.write("approved/actions.txt", approved);
  await succeeds("wave.yml: apply: Plan again and compare with the approved plan", STACKS);
  expect(await alarm()).toBeUndefined();
  await succeeds("wave.yml: apply: Apply that plan", STACKS);
  expect(await alarm()).toMatchObject({ Threshold: 3 });
});

test("the nightly run verifies the deployed stacks, and reports missing ones", async () => {
  await succeeds("nightly.yml: verify: Synthesize");
  const { code, output } = await clone.run("nightly.yml: verify: Verify");
  expect(code).toBe(1);
  const sectionOf = (name: string) => output.split("\n\n").find((section) => section.startsWith(`${name} `));
  expect(sectionOf(ACCOUNT)).toMatch(/proven +forwarding/);
  expect(sectionOf(ACCOUNT)).not.toContain("FAILED");
  expect(sectionOf("team-0002")).toContain("failed: deployed in its home region: nothing in us-east-1");
  // Each fault is stated once, at the end, with the accounts that have it.
  expect(output).toMatch(/failed in .*\bteam-0002: deployed in its home region: nothing in us-east-1/);
  expect(output).toMatch(/fix: {2}npx cdktf deploy monitoring-\S+; likewise in .*\bteam-0002/);
});

test("the nightly run finds no drift, and then a manual change", async () => {
  await succeeds("nightly.yml: drift: Plan", STACKS);
  await succeeds("nightly.yml: drift: Fail if a plan has changes");

  const { cloudWatch } = await clientsOf(sandbox, ACCOUNT);
  await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [ALARM] }));
  const { events, iam } = await clientsOf(sandbox, "log-archive");
  await events.send(new DisableRuleCommand({ Name: HUB, EventBusName: "trailwatch-alerts" }));
  const Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: `${HUB}-chat`, PolicyName: "more", PolicyDocument }));

  await succeeds("nightly.yml: drift: Plan", STACKS);
  expect(await clone.run("nightly.yml: drift: Fail if a plan has changes")).toMatchObject({ code: 1 });
  const actions = clone.read("actions.txt");
  expect(actions).toMatch(/^monitoring-team-0001.*aws_cloudwatch_metric_alarm\.\S+ will be updated/m);
  expect(actions).toMatch(/^alert-hub.*aws_cloudwatch_event_rule\.\S+ will be updated/m);
  expect(actions).toMatch(/^alert-hub.*aws_iam_role_policies_exclusive\.\S+ will be updated/m);
});

test("a pull request that changes one account's threshold plans one stack, and its comment shows it", async () => {
  clone.change(`accounts/${ACCOUNT}.yaml`, "threshold: 3", "threshold: 4");
  await succeeds("pull-request.yml: review: List changed stacks and detections");
  await succeeds("pull-request.yml: review: Plan the changed stacks");
  await succeeds("pull-request.yml: review: Summarize");

  const comment = clone.read("review/comment.md");
  expect(clone.read(".stubs/summary")).toContain(comment);
  expect(comment).toContain("1 stack changes: 0 to add, 1 to change, **0 to destroy**.");
  expect(comment).toContain(`| \`${STACK}\` | changes | 0 | 1 | 0 | 0 |`);
  expect(comment).toContain(`- \`watched-secret-reads\`: \`threshold 3 -> 4\` in ${ACCOUNT}\n`);
  expect(await alarm()).toMatchObject({ Threshold: 3 });
});

test("every line that runs Terraform is tested", () => {
  expect([...clone.ran].sort()).toEqual([...LINES_WITH_TERRAFORM].sort());
});
