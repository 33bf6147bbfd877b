import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeAlarmsCommand, DisableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { clientsOf } from "../../bench/support/sandbox-clients";
import { writeOrganization } from "../../bench/support/generated-organization";
import { callApi } from "../../sandbox/cloud/api-client";
import type { Cloud } from "../../sandbox/cloud/cloud";
import type { DeployedStack } from "../../sandbox/deploy";
import type { Sandbox } from "../../sandbox/sandbox";
import { startSandbox } from "../../sandbox/start-sandbox";
import { terraformIn } from "./support/terraform";

// State and runs in a stand-in for HCP Terraform, with real Terraform and the real AWS provider. One sandbox for all
// tests: they look at it in the order in which they stand.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const FOLDER = resolve(".trailwatch/e2e-hcp-terraform");
const ACCOUNTS = `${FOLDER}-accounts`;
const ACCOUNT = "team-0001";
const STACK = `monitoring-${ACCOUNT}`;
/** The stack of the role of HCP Terraform's runs. */
const ROLES_STACK = "deployment-roles-log-archive";
const WORKSPACE = `trailwatch-${STACK}`;
const ALARM = `trailwatch-${ACCOUNT}-watched-secret-reads`;
/** One pack: the stack is real, but a fifth of its usual size. */
const SETTINGS = "packs: { management: [], log-archive: [], member: [secrets] }\n";

let sandbox: Sandbox;
let cloud: Cloud;
let deployed: DeployedStack[];

beforeAll(async () => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
  writeOrganization(ACCOUNTS, 3, { homeRegion: "us-east-1", settings: SETTINGS });
  sandbox = await startSandbox({ accountsFolder: ACCOUNTS, workFolder: FOLDER, env: process.env, cloud: true });
  if (sandbox.cloud === undefined) throw new Error("the sandbox has no stand-in");
  cloud = sandbox.cloud;
  await sandbox.synthesize();
  deployed = await sandbox.deploy(["workspaces", ROLES_STACK, STACK]);
}, 15 * MINUTE);

afterAll(async () => {
  await sandbox.stop();
  rmSync(ACCOUNTS, { recursive: true, force: true });
});

interface Data {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

async function call(what: Parameters<typeof callApi>[1], data?: unknown): Promise<Data | readonly Data[] | undefined> {
  const path = what.replace(/ /, " /api/v2/") as typeof what;
  const { status, text } = await callApi(cloud.api, path, data === undefined ? undefined : { data });
  if (status >= 300) throw new Error(`${what}: ${status} ${text}`);
  return text === "" ? undefined : (JSON.parse(text) as { data: Data }).data;
}
const one = async (...sent: Parameters<typeof call>): Promise<Data> => (await call(...sent)) as Data;
const workspace = (name = WORKSPACE) => one(`GET organizations/sandbox/workspaces/${name}`);
const change = async (attributes: object) =>
  call(`PATCH workspaces/${(await workspace()).id}`, { type: "workspaces", attributes });
const newestRun = async (): Promise<Data> => {
  const [newest] = (await call(`GET workspaces/${(await workspace()).id}/runs`)) as Data[];
  if (newest === undefined) throw new Error("no run");
  return newest;
};
/** Waits until the newest run has one of these statuses. */
async function runThatIs(...statuses: string[]): Promise<Data> {
  for (;;) {
    const run = await newestRun();
    if (statuses.includes(String(run.attributes.status))) return run;
    if (run.attributes.status === "errored") throw new Error(`run ${run.id} failed`);
    await sleep(100);
  }
}

async function alarm() {
  const { cloudWatch } = await clientsOf(sandbox, ACCOUNT);
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
  return MetricAlarms?.[0];
}

/** Changes a file of the accounts folder that the stacks are synthesized from. */
function edit(name: string, from: string, to: string): void {
  const file = join(sandbox.accountsFolder, name);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`'${from}' is not in ${name}: ${text}`);
  writeFileSync(file, text.replace(from, to));
}

test("cdktf deploys by runs of HCP Terraform, with short-lived credentials; an administrator deploys the roles", async () => {
  expect(deployed.map(({ stack }) => stack)).toEqual(["workspaces", ROLES_STACK, STACK]);
  expect(await newestRun()).toMatchObject({ attributes: { status: "applied", "auto-apply": true } });
  expect(await alarm()).toMatchObject({ Threshold: 3 });
  expect((await workspace(`trailwatch-${ROLES_STACK}`)).attributes["execution-mode"]).toBe("local");
  expect((await terraformIn(sandbox, STACK, "state", "list")).output).toContain("aws_cloudwatch_metric_alarm");

  // Its runs have no other credentials than the role's.
  const variables = (await call(`GET workspaces/${(await workspace()).id}/vars`)) as Data[];
  const role = variables.find(({ attributes }) => attributes.key === "TFC_AWS_RUN_ROLE_ARN")?.attributes.value;
  const { iam } = await clientsOf(sandbox, "log-archive");
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: "trailwatch-ci-hcp-terraform" }));
  expect(Role?.Arn).toBe(role);
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain(
    `organization:sandbox:project:security:workspace:trailwatch-*:run_phase:apply`,
  );
});

test("a pull request's plan shows what would change, and changes nothing", async () => {
  edit(`${ACCOUNT}.yaml`, "threshold: 3", "threshold: 4");
  const vcs = "vcs: { repository: acme/watch, branch: main, connection: ghain-abc }";
  edit("organization.yaml", "manageWorkspaces: true", `manageWorkspaces: true\n  ${vcs}`);
  await sandbox.synthesize();
  const planned = await terraformIn(sandbox, STACK, "plan", "-input=false");
  expect(planned).toMatchObject({ exitCode: 0 });
  expect(planned.output).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
  expect((await newestRun()).attributes).toMatchObject({ "plan-only": true, status: "planned_and_finished" });
  expect((await workspace()).attributes.locked).toBe(false);
});

test("a commit of cdktf.out starts a run where it changes the stack's folder, which applies after confirmation", async () => {
  const out = join(FOLDER, "cdktf.out");
  // The workspace gets what the stack `workspaces` now says.
  const json = JSON.parse(readFileSync(join(out, "stacks", "workspaces", "cdk.tf.json"), "utf8")) as {
    resource: { tfe_workspace: Record<string, { working_directory: string; trigger_patterns: string[] }> };
  };
  const settings = json.resource.tfe_workspace[STACK];
  await change({
    "vcs-repo": { identifier: "acme/watch", branch: "main", "github-app-installation-id": "ghain-abc" },
    ...{ "working-directory": settings?.working_directory, "trigger-patterns": settings?.trigger_patterns },
    "speculative-enabled": false,
  });
  const repository = join(FOLDER, "repository");
  cpSync(out, join(repository, "cdktf.out"), { recursive: true, filter: (path) => !path.endsWith("/.terraform") });
  const commit = { repository: "acme/watch", sha: "a".repeat(40), branch: "main", message: "threshold 4" };
  const push = (changed: string, more: object = {}) =>
    cloud.hcp.push({ ...commit, folder: repository, changed: [changed], ...more });
  expect(await push("cdktf.out/stacks/log-archive/cdk.tf.json")).toEqual([]);
  const ours = `cdktf.out/stacks/${STACK}/cdk.tf.json`;
  expect(await push(ours, { branch: "feature" })).toEqual([]);
  expect(await push(ours, { branch: "feature", pullRequest: 1 })).toEqual([]);
  expect(await push(ours)).toEqual([WORKSPACE]);
  const run = await runThatIs("planned");
  expect(run.attributes).toMatchObject({ source: "tfe-configuration-version", message: "threshold 4" });
  expect(await alarm()).toMatchObject({ Threshold: 3 });
  expect((await workspace()).attributes.locked).toBe(true);
  await call(`POST runs/${run.id}/actions/apply`);
  await runThatIs("applied");
  expect(await alarm()).toMatchObject({ Threshold: 4 });

  // The command line may still look, but not apply.
  const applied = await terraformIn(sandbox, STACK, "apply", "-input=false", "-auto-approve");
  expect(applied).toMatchObject({
    ...{
      exitCode: 1,
      output: expect.stringContaining("Apply not allowed for workspaces with a VCS connection") as string,
    },
  });
});

test("a health assessment finds what was changed by hand", async () => {
  await change({ "assessments-enabled": true });
  const { cloudWatch } = await clientsOf(sandbox, ACCOUNT);
  await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [ALARM] }));
  expect(await cloud.hcp.assess(WORKSPACE)).toMatchObject({ drifted: true, succeeded: true });
  const { id } = await workspace();
  expect(await one(`GET workspaces/${id}/current-assessment-result`)).toMatchObject({ attributes: { drifted: true } });
});
