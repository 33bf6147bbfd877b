import { PLAIN } from "../../lib/naming/own-names";
import type { WorkspaceState } from "../../organization/resolve/state";
import { workspaceOf } from "../../stacks/workspace";
import { testOrganization, type OrganizationChanges } from "../support/organization";

const CLOUD = { backend: "cloud", organization: "example-org" } as const;
const VCS = { repository: "example-org/trailwatch", connection: "ot-hmAyP66qk2AMVdbJ" };

function workspace(stackId: string, state: Partial<WorkspaceState> = {}, changes: OrganizationChanges = {}) {
  const organization = testOrganization({ ...changes, state: { ...CLOUD, ...state } });
  return workspaceOf(organization, organization.state as WorkspaceState, { stackId, readers: ["organization-trail"] });
}

test("by default a stack's runs are remote and start from the command line, which uploads the stack's own folder", () => {
  expect(workspace("log-archive")).toEqual({
    stack: "log-archive",
    name: "trailwatch-log-archive",
    tags: { "trailwatch:stack": "log-archive" },
    terraformVersion: "~> 1.11",
    executionMode: "remote",
    triggerPatterns: [],
    readBy: ["trailwatch-organization-trail"],
    variables: [],
  });
});

test("with a repository, commits that change the stack start its runs, in its folder", () => {
  expect(workspace("log-archive", { vcs: VCS, project: "security", tags: { owner: "ops" } })).toMatchObject({
    project: "security",
    tags: { owner: "ops", "trailwatch:stack": "log-archive" },
    workingDirectory: "cdktf.out/stacks/log-archive",
    triggerPatterns: ["/cdktf.out/stacks/log-archive/**/*"],
  });
});

describe("AWS credentials of runs", () => {
  const deployment = { account: "workloads", hcpTerraform: true };
  const variables = (stackId: string, state: Partial<WorkspaceState> = {}) =>
    workspace(stackId, state, { deployment }).variables;

  test("use OpenID Connect, in the account that CI enters", () => {
    const arn = "arn:aws:iam::333333333333:role/trailwatch-ci-hcp-terraform";
    expect(variables("log-archive")).toEqual([
      { key: "TFC_AWS_PROVIDER_AUTH", value: "true", category: "env", sensitive: false },
      { key: "TFC_AWS_RUN_ROLE_ARN", value: arn, category: "env", sensitive: false },
    ]);
  });

  test("are not set for local runs, nor for stacks that an administrator deploys", () => {
    expect(variables("log-archive", { executionMode: "local" })).toEqual([]);
    expect(variables("deployment-roles-payments")).toEqual([]);
    expect(variables("workspaces")).toEqual([]);
  });
});

test.each(["workspaces", "deployment-roles-payments"])("no commit starts a run of %s", (stackId) => {
  const { executionMode, workingDirectory, triggerPatterns } = workspace(stackId, { vcs: VCS });
  expect({ executionMode, workingDirectory, triggerPatterns }).toEqual({ executionMode: "local", triggerPatterns: [] });
});

test("the longest account name results in a workspace name of the recommended length", () => {
  expect(PLAIN.workspaceName(`deployment-roles-${"a".repeat(40)}`).length).toBeLessThanOrEqual(90);
});
