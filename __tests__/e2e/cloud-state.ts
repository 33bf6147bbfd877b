import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DisableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { clientsOf } from "../../bench/support/sandbox-clients";
import type { ServiceClients } from "../../lib/aws/service-clients";
import { PLAIN } from "../../lib/naming/own-names";
import {
  ALERT_HUB_STACK,
  deploymentRolesStackId,
  isDeploymentRolesStack,
  WORKSPACES_STACK,
} from "../../lib/naming/stack-ids";
import type { StackSummary } from "../../lib/terraform/read/stack";
import type { Cloud } from "../../sandbox/cloud/cloud";
import type { Sandbox } from "../../sandbox/sandbox";
import { CloudApi, type CloudResource, subjectOf } from "./support/cloud-api";
import { cdktfIn, terraformIn } from "./support/terraform";

const MEMBER = "workloads-production";
const MEMBER_STACK = `monitoring-${MEMBER}`;
/** What `cdktf deploy` applies again: the first by local execution, the second by a remote run. */
const DEPLOYED_AGAIN = [MEMBER_STACK, ALERT_HUB_STACK];
/** The stack of the role of HCP Terraform's runs. */
const ROLES_STACK = deploymentRolesStackId("log-archive");
const SECRET = "MyProjectSecrets";

/** A sandbox to which remote runs of the stand-in for HCP Terraform have deployed. */
export interface CloudDeployment {
  readonly sandbox: Sandbox;
  readonly cloud: Cloud;
  readonly stacks: readonly StackSummary[];
  /** Calls that exchanged a run's token for credentials. */
  readonly tokenUses: readonly URLSearchParams[];
}

/** How remote runs deployed, where state is, and what local execution does with it. */
export function cloudStateTests(deployment: () => CloudDeployment): void {
  let sandbox: Sandbox;
  let cloud: Cloud;
  let api: CloudApi;
  /** Stacks whose state is in a workspace: the provider hashicorp/tfe is not there for `workspaces`. */
  let withState: readonly string[];
  let secrets: ServiceClients["secrets"];

  beforeAll(async () => {
    ({ sandbox, cloud } = deployment());
    api = new CloudApi(cloud);
    withState = deployment().stacks.flatMap(({ id }) => (id === WORKSPACES_STACK ? [] : [id]));
    ({ secrets } = await clientsOf(sandbox, MEMBER));
  });

  test("remote runs apply the stacks with short-lived credentials; an administrator deploys the roles", async () => {
    const modes = (await api.workspaces()).map(({ attributes }) => [attributes.name, attributes["execution-mode"]]);
    const expected = withState.map((id) => [PLAIN.workspaceName(id), isDeploymentRolesStack(id) ? "local" : "remote"]);
    expect(Object.fromEntries(modes)).toEqual(Object.fromEntries(expected));
    const run = await api.newestRun(MEMBER_STACK);
    expect(run.attributes).toMatchObject({ status: "applied", "auto-apply": true });

    const { id } = await api.workspace(MEMBER_STACK);
    const variables = (await api.call(`GET workspaces/${id}/vars`)) as readonly CloudResource[];
    const role = variables.find(({ attributes }) => attributes.key === "TFC_AWS_RUN_ROLE_ARN")?.attributes.value;
    const { iam } = await clientsOf(sandbox, "log-archive");
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "trailwatch-ci-hcp-terraform" }));
    expect(Role?.Arn).toBe(role);
    const { tokenUses } = deployment();
    expect(new Set(tokenUses.map((use) => use.get("RoleArn")))).toEqual(new Set([role]));
    // Every phase of every run had a token of its own, which the role's trust policy admits.
    const subjects = tokenUses.map((use) => subjectOf(use.get("WebIdentityToken") ?? ""));
    const project = "organization:sandbox:project:security:workspace";
    const remote = withState.filter((stack) => !isDeploymentRolesStack(stack));
    expect([...new Set(subjects)].sort()).toEqual(
      remote
        .flatMap((stack) =>
          ["apply", "plan"].map((phase) => `${project}:${PLAIN.workspaceName(stack)}:run_phase:${phase}`),
        )
        .sort(),
    );
    const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
    for (const phase of ["apply", "plan"]) expect(trust).toContain(`"${project}:trailwatch-*:run_phase:${phase}"`);
  });

  test("a second plan of every stack is empty, with local execution", async () => {
    await Promise.all(withState.map((id) => api.change(id, { "execution-mode": "local" })));
    // IAM accepts no port in an identity provider's URL. The stand-in's has one, and the provider cannot compare it.
    const planned = withState.filter((id) => id !== ROLES_STACK && !DEPLOYED_AGAIN.includes(id));
    const plans = await Promise.all(
      planned.map(async (id) => {
        const { exitCode, output } = await terraformIn(sandbox, id, "plan", "-input=false", "-detailed-exitcode");
        return { id, exitCode, changes: exitCode === 0 ? "" : output };
      }),
    );
    expect(plans).toEqual(planned.map((id) => ({ id, exitCode: 0, changes: "" })));
  });

  test("each stack's state is in its workspace only", async () => {
    const workspaces = (await api.workspaces()).filter(
      ({ relationships }) => relationships["current-state-version"]?.data !== null,
    );
    const names = workspaces.map(({ attributes }) => attributes.name).sort();
    expect(names).toEqual(withState.map(PLAIN.workspaceName).sort());
    const files = deployment().stacks.flatMap(({ file }) => readdirSync(dirname(file)));
    expect(files.filter((name) => name.includes("tfstate"))).toEqual([]);
  });

  test("the secret's value is in no state and in no log of a run", async () => {
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }));
    const value = JSON.parse(SecretString) as { access_key_id: string; secret_access_key: string };
    expect(value).toEqual({
      access_key_id: "placeholder",
      secret_access_key: expect.stringMatching(/^\w{40}$/) as string,
    });

    const objects = join(sandbox.workFolder, "hcp-terraform", "objects");
    const texts = readdirSync(objects).map((name) => readFileSync(join(objects, name), "utf8"));
    expect(texts.filter((text) => text.includes(SECRET)).length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes(value.secret_access_key))).toEqual([]);
  });

  test("a health assessment finds what was changed manually", async () => {
    await api.change(ALERT_HUB_STACK, { "assessments-enabled": true, "execution-mode": "remote" });
    const { cloudWatch } = await clientsOf(sandbox, "log-archive");
    await cloudWatch.send(
      new DisableAlarmActionsCommand({ AlarmNames: [`${PLAIN.prefix}log-archive-alert-hub-failures`] }),
    );
    expect(await cloud.hcp.assess(PLAIN.workspaceName(ALERT_HUB_STACK))).toMatchObject({
      drifted: true,
      succeeded: true,
    });
    const { id } = await api.workspace(ALERT_HUB_STACK);
    expect(await api.call(`GET workspaces/${id}/current-assessment-result`)).toMatchObject({
      attributes: { drifted: true },
    });
  });

  test("'cdktf deploy' with local and with remote execution repairs that, and keeps a value that was set manually", async () => {
    const SecretString = JSON.stringify({ access_key_id: "AKIAREAL", secret_access_key: "put by hand" });
    await secrets.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString }));
    const output = await cdktfIn(
      sandbox,
      ...["deploy", ...DEPLOYED_AGAIN, "--skip-synth", "--ignore-missing-stack-dependencies"],
      // Terraform fetches checksums for other platforms from a registry, which may be unreachable.
      ...["--skip-provider-lock", "--auto-approve", "--no-color"],
    );
    expect(output.match(/Apply complete! Resources: 0 added, \d changed, 0 destroyed\./g)?.sort()).toEqual([
      "Apply complete! Resources: 0 added, 0 changed, 0 destroyed.",
      "Apply complete! Resources: 0 added, 1 changed, 0 destroyed.",
    ]);
    expect((await api.newestRun(ALERT_HUB_STACK)).attributes).toMatchObject({ status: "applied" });
    expect(output).not.toContain("put by hand");
    const secret = await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }));
    expect(secret.SecretString).toBe(SecretString);
  });
}
