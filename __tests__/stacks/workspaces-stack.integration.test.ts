import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../main";
import { loadOrganization } from "../../organization/load";
import { terraformEnvironment } from "../../sandbox/terraform-environment";
import { commandLine } from "../cli/command-line";
import { synthApp, testApp, type Arguments } from "../support/synth";

// The shipped accounts with their state in HCP Terraform. An integration test: cdktf asks Terraform for its version.
const folder = mkdtempSync(join(tmpdir(), "trailwatch-workspaces-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The shipped accounts with another `state`. */
function accountsWith(state: string): string {
  const accounts = mkdtempSync(join(folder, "accounts-"));
  cpSync("accounts", accounts, { recursive: true });
  const file = join(accounts, "organization.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/^state:\n( .*\n)+/m, `state: ${state}\n`));
  return accounts;
}

const VCS = "vcs: { repository: example-org/trailwatch, connection: ghain-abc123 }";
const accounts = accountsWith(
  `{ backend: cloud, organization: example-org, project: security, tags: { owner: ops }, ${VCS}, manageWorkspaces: true }`,
);
const app = testApp();
const { workspaces = {} as never, ...stacks } = synthApp(buildApp(loadOrganization(accounts), app));
const resources = workspaces.resource ?? {};

const withoutMetadata = (block: Arguments = {}) =>
  Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));

test("a stack names its workspace, and reads another stack's state by that stack's workspace name", () => {
  expect(stacks["organization-trail"]?.terraform).toMatchInlineSnapshot(`
   {
     "cloud": {
       "hostname": "app.terraform.io",
       "organization": "example-org",
       "workspaces": {
         "name": "trailwatch-organization-trail",
         "project": "security",
       },
     },
     "required_providers": {
       "aws": {
         "source": "hashicorp/aws",
         "version": ">= 5.100.0, < 7.0.0",
       },
     },
     "required_version": ">= 1.11.0",
   }
  `);
  expect(stacks["organization-trail"]?.data?.terraform_remote_state).toMatchInlineSnapshot(`
   {
     "cross-stack-reference-input-log-archive": {
       "backend": "remote",
       "config": {
         "hostname": "app.terraform.io",
         "organization": "example-org",
         "workspaces": {
           "name": "trailwatch-log-archive",
         },
       },
     },
   }
  `);
});

test("every stack except 'workspaces' has the workspace that it names", () => {
  const named = Object.values(stacks).map(
    ({ terraform }) => (terraform as unknown as { cloud: { workspaces: { name: string } } }).cloud.workspaces.name,
  );
  const made = Object.values(resources.tfe_workspace ?? {}).map(({ name }) => name);
  expect(made.sort()).toEqual(named.sort());
  expect(Object.keys(stacks)).not.toContain("state-backend");
});

test("a workspace has the settings that the cloud block does not support", () => {
  expect(withoutMetadata(resources.tfe_workspace?.["log-archive"])).toMatchInlineSnapshot(`
   {
     "name": "trailwatch-log-archive",
     "project_id": "\${data.tfe_project.project.id}",
     "queue_all_runs": false,
     "speculative_enabled": false,
     "tags": {
       "owner": "ops",
       "trailwatch:stack": "log-archive",
     },
     "terraform_version": "~> 1.11",
     "trigger_patterns": [
       "/cdktf.out/stacks/log-archive/**/*",
     ],
     "vcs_repo": {
       "github_app_installation_id": "ghain-abc123",
       "identifier": "example-org/trailwatch",
     },
     "working_directory": "cdktf.out/stacks/log-archive",
   }
  `);
  expect(withoutMetadata(resources.tfe_workspace_settings?.["log-archive-settings"])).toMatchInlineSnapshot(`
   {
     "execution_mode": "remote",
     "global_remote_state": false,
     "remote_state_consumer_ids": [
       "\${tfe_workspace.monitoring-payments.id}",
       "\${tfe_workspace.organization-trail.id}",
     ],
     "workspace_id": "\${tfe_workspace.log-archive.id}",
   }
  `);
});

test("state is shared only with the stacks that read it", () => {
  const shared = Object.entries(resources.tfe_workspace_settings ?? {}).filter(
    ([, settings]) => (settings.remote_state_consumer_ids as string[]).length > 0,
  );
  expect(shared.map(([id]) => id)).toEqual(["log-archive-settings"]);
  for (const settings of Object.values(resources.tfe_workspace_settings ?? {})) {
    expect(settings.global_remote_state).toBe(false);
  }
});

test("no token is in the JSON of the stack that needs one", () => {
  expect(workspaces.provider).toEqual({ tfe: [{ hostname: "app.terraform.io", organization: "example-org" }] });
});

describe("trailwatch workspaces", () => {
  const run = commandLine();

  test("finds the same readers in the JSON as the stack", async () => {
    const { stdout } = await run("workspaces", "--json", "--accounts", accounts, "--out", app.outdir);
    const shown = JSON.parse(stdout) as { workspaces: { stack: string; name: string; readBy: string[] }[] };
    const ids = new Map(shown.workspaces.map(({ name, stack }) => [name, `\${tfe_workspace.${stack}.id}`]));
    for (const { stack, readBy } of shown.workspaces.filter(({ stack }) => stack !== "workspaces")) {
      const given = resources.tfe_workspace_settings?.[`${stack}-settings`]?.remote_state_consumer_ids;
      expect({ stack, readers: readBy.map((name) => ids.get(name)) }).toEqual({ stack, readers: given });
    }
    expect(shown.workspaces).toHaveLength(Object.keys(stacks).length + 1);
  });

  test("prints one line per workspace, and missing credentials", async () => {
    const { stdout } = await run("workspaces", "--accounts", accounts, "--out", app.outdir);
    expect(stdout).toMatch(
      /^trailwatch-log-archive +remote, from commits in cdktf\.out\/stacks\/log-archive +trailwatch-/m,
    );
    expect(stdout).toMatch(/^trailwatch-workspaces +where you call Terraform +-$/m);
    expect(stdout).toContain("Remote runs have no AWS credentials yet");
  });

  test("says what to do if the state is elsewhere, or the stacks were synthesized for another backend", async () => {
    expect(await run("workspaces", "--accounts", "accounts")).toEqual({
      code: 1,
      stdout: "",
      stderr: "'state.backend' must be cloud for stacks to have workspaces, got 's3' (docs/hcp-terraform.md)\n",
    });
    const local = testApp();
    synthApp(buildApp(loadOrganization(accountsWith("{ backend: local }")), local));
    const { code, stderr } = await run("workspaces", "--accounts", accounts, "--out", local.outdir);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /must be synthesized with state.backend cloud, and 'alert-hub' was not: run npx cdktf synth\n$/,
    );
  });
});

// What differs from the stacks that the end-to-end tests apply: the cloud block and the data source that reads state.
test("the JSON passes terraform validate", () => {
  const env = { ...process.env, ...terraformEnvironment(folder, process.env).variables };
  const terraform = (...args: string[]) =>
    execFileSync(env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: join(app.outdir, "stacks", "organization-trail"),
      encoding: "utf8",
      env,
    });
  terraform("init", "-backend=false", "-input=false");
  const { valid, diagnostics } = JSON.parse(terraform("validate", "-json")) as Validation;
  // The sandbox's settings override a provider in a local mirror.
  const others = diagnostics.filter(({ summary }) => summary !== "Provider development overrides are in effect");
  expect({ valid, others }).toEqual({ valid: true, others: [] });
});

interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly summary: string }[];
}
