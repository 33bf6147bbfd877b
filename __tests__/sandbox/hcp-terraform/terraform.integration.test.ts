import { setTimeout as sleep } from "node:timers/promises";
import { idOf, ORGANIZATION, StandIn } from "./support/stand-in";
import { TerraformFolder } from "./support/terraform-folder";

// The real Terraform against the stand-in, with its built-in provider: what its cloud block calls.

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(async () => {
  await standIn.remove();
});

const data = (input: unknown, more: object = {}) => ({ resource: { terraform_data: { a: { input, ...more } } } });
const outputs = { x: { value: "${terraform_data.a.output}" }, s: { value: ["hidden"], sensitive: true } };

/** A configuration in a workspace of its own, initialized. */
async function initialized(name: string, content: object): Promise<TerraformFolder> {
  const folder = new TerraformFolder(standIn, name);
  folder.write({ name }, content);
  await folder.succeeds("init", "-input=false");
  return folder;
}

const workspaceOf = async (name: string) =>
  (await standIn.call(`GET organizations/${ORGANIZATION}/workspaces/${name}`)).json?.data;
const runsOf = async (name: string) => {
  const { json } = await standIn.call(`GET workspaces/${(await workspaceOf(name))?.id ?? ""}/runs`);
  return json?.data as unknown as { id: string; attributes: { status: string; actions: object } }[];
};
/** Waits until the newest run of a workspace has a status. */
async function reaches(name: string, status: string): Promise<string> {
  for (;;) {
    const [run] = await runsOf(name);
    if (run?.attributes.status === status) return run.id;
    await sleep(50);
  }
}

test("remote execution: plan, apply, no changes, destroy", async () => {
  const folder = await initialized("remote", { ...data("one"), output: outputs });
  expect(await folder.succeeds("plan", "-input=false")).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
  expect((await runsOf("remote"))[0]?.attributes).toMatchObject({ "plan-only": true, status: "planned_and_finished" });

  const applied = await folder.succeeds("apply", "-input=false", "-auto-approve");
  expect(applied).toContain("Running apply in HCP Terraform");
  expect(applied).toContain("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
  expect(JSON.parse(await folder.succeeds("output", "-json"))).toMatchObject({
    ...{ x: { value: "one", type: "string" }, s: { value: ["hidden"], sensitive: true } },
  });
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
  expect(await folder.succeeds("destroy", "-auto-approve")).toContain("1 destroyed");
  expect(await workspaceOf("remote")).toMatchObject({ attributes: { locked: false } });
});

test("local execution: the workspace holds the state only, and its lock", async () => {
  const id = await standIn.workspace("local", { "execution-mode": "local" });
  const folder = await initialized("local", data("one"));
  expect(await folder.succeeds("apply", "-input=false", "-auto-approve")).not.toContain("HCP Terraform");
  expect(await runsOf("local")).toEqual([]);
  expect(JSON.parse(await folder.succeeds("state", "pull"))).toMatchObject({ resources: [{ name: "a" }] });

  await standIn.call(`POST workspaces/${id}/actions/lock`);
  const { code, output } = await folder.run("plan", "-input=false");
  expect(code).toBe(1);
  expect(output).toContain(`workspace already locked (lock ID: "${ORGANIZATION}/local")`);
  await folder.succeeds("force-unlock", "-force", `${ORGANIZATION}/local`);
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});

test("an apply waits for its confirmation: no discards, yes applies", async () => {
  const folder = await initialized("confirm", data("one"));
  const refused = await folder.answering("no", "apply");
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("Apply discarded.") as string });
  expect((await runsOf("confirm"))[0]?.attributes.status).toBe("discarded");
  const unattended = await folder.run("apply", "-input=false");
  expect(unattended).toMatchObject({ code: 1 });
  // The run waits, and holds the lock: it is confirmed through the API.
  const waiting = await reaches("confirm", "planned");
  expect(await workspaceOf("confirm")).toMatchObject({
    ...{ attributes: { locked: true }, relationships: { "locked-by": { data: { id: waiting, type: "runs" } } } },
  });
  expect(await standIn.call(`POST runs/${waiting}/actions/apply`)).toMatchObject({ status: 202 });
  await reaches("confirm", "applied");
  expect(await standIn.call(`POST runs/${waiting}/actions/apply`)).toMatchObject({ status: 409 });
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});

test("a saved plan is shown as JSON, and applied later, once", async () => {
  const folder = await initialized("saved", data("one"));
  await folder.succeeds("plan", "-input=false", "-out=saved.plan");
  expect((await runsOf("saved"))[0]?.attributes.status).toBe("planned_and_saved");
  const json = JSON.parse(await folder.succeeds("show", "-json", "saved.plan")) as { resource_changes: object[] };
  expect(json.resource_changes).toMatchObject([{ address: "terraform_data.a", change: { actions: ["create"] } }]);
  expect(await folder.succeeds("apply", "saved.plan")).toContain("Apply complete!");
  expect((await folder.run("apply", "saved.plan")).output).toContain("Saved plan is already applied");
});

test("a run waits while a user holds the lock, and tells so", async () => {
  const folder = await initialized("held", data("one"));
  const id = (await workspaceOf("held"))?.id ?? "";
  await standIn.call(`POST workspaces/${id}/actions/lock`, undefined);
  const applied = folder.succeeds("apply", "-input=false", "-auto-approve");
  await reaches("held", "pending");
  await sleep(1_500);
  await standIn.call(`POST workspaces/${id}/actions/unlock`);
  const output = await applied;
  expect(output).toContain("Waiting for the manually locked workspace to be unlocked...");
  expect(output).toContain("Apply complete!");
});

test("a failed run ends Terraform with its error, and unlocks the workspace", async () => {
  const condition = {
    postcondition: [{ condition: '${self.input == "two"}', error_message: "the condition is not met" }],
  };
  const folder = await initialized("failed", data("one", { lifecycle: condition }));
  const { code, output } = await folder.run("apply", "-input=false", "-auto-approve");
  expect(code).toBe(1);
  expect(output).toContain("the condition is not met");
  expect((await runsOf("failed"))[0]?.attributes.status).toBe("errored");
  expect(await workspaceOf("failed")).toMatchObject({ attributes: { locked: false } });
});

test("a canceled run interrupts Terraform, and unlocks the workspace", async () => {
  const slow = { provisioner: { "local-exec": { command: "sleep 20" } } };
  const folder = await initialized("canceled", data("one", slow));
  const applied = folder.run("apply", "-input=false", "-auto-approve");
  const run = await reaches("canceled", "applying");
  await sleep(1_000);
  expect(await standIn.call(`POST runs/${run}/actions/cancel`)).toMatchObject({ status: 202 });
  await reaches("canceled", "canceled");
  expect(await applied).toMatchObject({ code: 1, output: expect.stringContaining("Interrupt received") as string });
  expect(await workspaceOf("canceled")).toMatchObject({ attributes: { locked: false } });
});

test("a workspace's runs are one after the other", async () => {
  const folder = await initialized("queue", data("one"));
  expect(await folder.run("apply", "-input=false")).toMatchObject({ code: 1 });
  const first = await reaches("queue", "planned");
  const applied = folder.succeeds("apply", "-input=false", "-auto-approve");
  const second = await reaches("queue", "pending");
  await standIn.call(`POST runs/${first}/actions/discard`);
  expect(await applied).toContain("Apply complete!");
  expect((await runsOf("queue")).map(({ id, attributes }) => [id, attributes.status])).toEqual([
    [second, "applied"],
    [first, "discarded"],
  ]);
});

test("a run reads another workspace's state only if that one shares it", async () => {
  const producer = await initialized("producer", { ...data("shared"), output: outputs });
  await producer.succeeds("apply", "-input=false", "-auto-approve");
  const id = (await workspaceOf("producer"))?.id ?? "";
  const { hostname } = standIn.hcp;
  const config = { hostname, organization: ORGANIZATION, workspaces: { name: "producer" } };
  const consumer = await initialized("consumer", {
    data: { terraform_remote_state: { p: { backend: "remote", config } } },
    resource: { terraform_data: { a: { input: "${data.terraform_remote_state.p.outputs.x}" } } },
  });
  const refused = await consumer.run("plan", "-input=false");
  expect(refused.code).toBe(1);
  expect(refused.output.replace(/\s+/g, " ")).toContain("not authorized to read the state of the workspace 'producer'");

  const reader = { id: (await workspaceOf("consumer"))?.id ?? "", type: "workspaces" };
  await standIn.call(`POST workspaces/${id}/relationships/remote-state-consumers`, [reader]);
  expect(await consumer.succeeds("plan", "-input=false")).toContain('"shared"');
  // The token of a run has no other use.
  await standIn.call(`DELETE workspaces/${id}/relationships/remote-state-consumers`, [reader]);
  expect(await consumer.run("plan", "-input=false")).toMatchObject({ code: 1 });
});

test("variables of the workspace reach its runs, and those of a run win", async () => {
  const content = { variable: { v: { type: "string" } }, ...data("${var.v}"), output: { x: { value: "${var.v}" } } };
  const folder = await initialized("variable", content);
  const id = (await workspaceOf("variable"))?.id ?? "";
  await standIn.call(`POST workspaces/${id}/vars`, {
    ...{ type: "vars", attributes: { key: "v", value: "of the workspace", category: "terraform" } },
  });
  expect(await folder.succeeds("apply", "-input=false", "-auto-approve")).toContain('x = "of the workspace"');
  expect(await folder.succeeds("apply", "-input=false", "-auto-approve", "-var=v=own")).toContain('x = "own"');
});

test("workspaces by tags: Terraform lists, selects and creates them", async () => {
  const folder = new TerraformFolder(standIn, "tags");
  folder.write({ tags: { team: "watch" } }, data("one"));
  const id = await standIn.workspace("by-tags", { "execution-mode": "local" });
  await standIn.call(`PATCH workspaces/${id}/tag-bindings`, [
    { type: "tag-bindings", attributes: { key: "team", value: "watch" } },
  ]);
  await folder.succeeds("init", "-input=false");
  expect(await folder.succeeds("workspace", "list")).toContain("* by-tags");
  await folder.succeeds("workspace", "new", "by-tags-2");
  const { json } = await standIn.call(`GET organizations/${ORGANIZATION}/workspaces?search[tags]=team`);
  expect(json?.data).toHaveLength(2);
});

test("a health assessment needs an applied run, and finds no drift where there is none", async () => {
  await standIn.workspace("drift", { "assessments-enabled": true });
  const folder = await initialized("drift", data("one"));
  await expect(standIn.hcp.assess("drift")).rejects.toThrow("must be applied");
  await folder.succeeds("apply", "-input=false", "-auto-approve");
  expect(await standIn.hcp.assess("drift")).toMatchObject({ drifted: false, succeeded: true });
  const id = (await workspaceOf("drift"))?.id ?? "";
  const { json } = await standIn.call(`GET workspaces/${id}/current-assessment-result`);
  expect(json?.data?.attributes).toMatchObject({ drifted: false, "error-msg": null });
});

test("a run that was planned before a restart is applied after it", async () => {
  const folder = await initialized("restart", data("one"));
  await folder.run("apply", "-input=false");
  const run = await reaches("restart", "planned");
  const port = Number(new URL(standIn.hcp.url).port);
  await standIn.hcp.stop();
  standIn = await StandIn.start(standIn.folder, port);
  expect(idOf(await standIn.call(`GET runs/${run}`))).toBe(run);
  await standIn.call(`POST runs/${run}/actions/apply`);
  await reaches("restart", "applied");
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});
