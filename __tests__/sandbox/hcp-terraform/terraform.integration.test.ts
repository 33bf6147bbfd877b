import { ORGANIZATION_NAME, StandIn, idOf } from "./support/stand-in";
import { oneResource, TerraformFolder } from "./support/terraform-folder";

// The real Terraform against the stand-in, with its built-in provider: what its cloud block calls.

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(async () => {
  await standIn.remove();
});

const outputs = { x: { value: "${terraform_data.a.output}" }, s: { value: ["hidden"], sensitive: true } };

test("remote execution: plan, apply, no changes, destroy", async () => {
  const folder = await TerraformFolder.initialized(standIn, "remote", { ...oneResource("one"), output: outputs });
  expect(await folder.succeeds("plan", "-input=false")).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
  expect((await standIn.runsOf("remote"))[0]?.attributes).toMatchObject({
    "plan-only": true,
    status: "planned_and_finished",
  });

  const applied = await folder.succeeds("apply", "-input=false", "-auto-approve");
  expect(applied).toContain("Running apply in HCP Terraform");
  expect(applied).toContain("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
  expect(JSON.parse(await folder.succeeds("output", "-json"))).toMatchObject({
    ...{ x: { value: "one", type: "string" }, s: { value: ["hidden"], sensitive: true } },
  });
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
  expect(await folder.succeeds("destroy", "-auto-approve")).toContain("1 destroyed");
  expect(await standIn.workspaceNamed("remote")).toMatchObject({ attributes: { locked: false } });
});

test("local execution: the workspace holds the state only, and its lock", async () => {
  const id = await standIn.workspace("local", { "execution-mode": "local" });
  const folder = await TerraformFolder.initialized(standIn, "local", oneResource("one"));
  expect(await folder.succeeds("apply", "-input=false", "-auto-approve")).not.toContain("HCP Terraform");
  expect(await standIn.runsOf("local")).toEqual([]);
  expect(JSON.parse(await folder.succeeds("state", "pull"))).toMatchObject({ resources: [{ name: "a" }] });

  await standIn.call(`POST workspaces/${id}/actions/lock`);
  const { code, output } = await folder.run("plan", "-input=false");
  expect(code).toBe(1);
  expect(output).toContain(`workspace already locked (lock ID: "${ORGANIZATION_NAME}/local")`);
  await folder.succeeds("force-unlock", "-force", `${ORGANIZATION_NAME}/local`);
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});

test("a run reads another workspace's state only if that one shares it", async () => {
  const producer = await TerraformFolder.initialized(standIn, "producer", {
    ...oneResource("shared"),
    output: outputs,
  });
  await producer.succeeds("apply", "-input=false", "-auto-approve");
  const id = (await standIn.workspaceNamed("producer"))?.id ?? "";
  const { hostname } = standIn.hcp;
  const config = { hostname, organization: ORGANIZATION_NAME, workspaces: { name: "producer" } };
  const consumer = await TerraformFolder.initialized(standIn, "consumer", {
    data: { terraform_remote_state: { p: { backend: "remote", config } } },
    resource: { terraform_data: { a: { input: "${data.terraform_remote_state.p.outputs.x}" } } },
  });
  const refused = await consumer.run("plan", "-input=false");
  expect(refused.code).toBe(1);
  expect(refused.output.replace(/\s+/g, " ")).toContain("not authorized to read the state of the workspace 'producer'");

  const reader = { id: (await standIn.workspaceNamed("consumer"))?.id ?? "", type: "workspaces" };
  await standIn.call(`POST workspaces/${id}/relationships/remote-state-consumers`, [reader]);
  expect(await consumer.succeeds("plan", "-input=false")).toContain('"shared"');
  // The token of a run has no other use.
  await standIn.call(`DELETE workspaces/${id}/relationships/remote-state-consumers`, [reader]);
  expect(await consumer.run("plan", "-input=false")).toMatchObject({ code: 1 });
});

test("variables of the workspace and of variable sets reach its runs, and those of a run win", async () => {
  const string = { type: "string" };
  const output = { x: { value: "${var.v} and ${var.shared}" } };
  const folder = await TerraformFolder.initialized(standIn, "variable", {
    variable: { v: string, shared: string },
    ...oneResource("${var.v}"),
    output,
  });
  const id = (await standIn.workspaceNamed("variable"))?.id ?? "";
  const variable = (key: string, value: string) => ({
    ...{ type: "vars", attributes: { key, value, category: "terraform" } },
  });
  const set = { type: "varsets", attributes: { name: "all", global: true } };
  const setId = idOf(await standIn.call(`POST organizations/${ORGANIZATION_NAME}/varsets`, set));
  await standIn.call(`POST varsets/${setId}/relationships/vars`, variable("v", "of the set"));
  await standIn.call(`POST varsets/${setId}/relationships/vars`, variable("shared", "the set's"));
  await standIn.call(`POST workspaces/${id}/vars`, variable("v", "of the workspace"));
  const applied = await folder.succeeds("apply", "-input=false", "-auto-approve");
  expect(applied).toContain('x = "of the workspace and the set\'s"');
  expect(await folder.succeeds("apply", "-input=false", "-auto-approve", "-var=v=own")).toContain('x = "own and the');
  await standIn.call(`DELETE varsets/${setId}`);
});

test("workspaces by tags: Terraform lists, selects and creates them", async () => {
  const folder = new TerraformFolder(standIn, "tags");
  folder.write({ tags: { team: "watch" } }, oneResource("one"));
  const id = await standIn.workspace("by-tags", { "execution-mode": "local" });
  await standIn.call(`PATCH workspaces/${id}/tag-bindings`, [
    { type: "tag-bindings", attributes: { key: "team", value: "watch" } },
  ]);
  await folder.succeeds("init", "-input=false");
  expect(await folder.succeeds("workspace", "list")).toContain("* by-tags");
  await folder.succeeds("workspace", "new", "by-tags-2");
  const { json } = await standIn.call(`GET organizations/${ORGANIZATION_NAME}/workspaces?search[tags]=team`);
  expect(json?.data).toHaveLength(2);
});

test("a health assessment needs an applied run, and finds no drift where there is none", async () => {
  await standIn.workspace("drift", { "assessments-enabled": true });
  const folder = await TerraformFolder.initialized(standIn, "drift", oneResource("one"));
  await expect(standIn.hcp.assess("drift")).rejects.toThrow("must be applied");
  await folder.succeeds("apply", "-input=false", "-auto-approve");
  expect(await standIn.hcp.assess("drift")).toMatchObject({ drifted: false, succeeded: true });
  const id = (await standIn.workspaceNamed("drift"))?.id ?? "";
  const { json } = await standIn.call(`GET workspaces/${id}/current-assessment-result`);
  expect(json?.data?.attributes).toMatchObject({ drifted: false, "error-msg": null });
});
