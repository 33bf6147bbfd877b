import { setTimeout as sleep } from "node:timers/promises";
import { idOf, StandIn } from "./support/stand-in";
import { oneResource, TerraformFolder } from "./support/terraform-folder";

// How runs of the real Terraform proceed: confirmed, discarded, saved, queued, failed, canceled.

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(async () => {
  await standIn.remove();
});

test("an apply waits for its confirmation: no discards, yes applies", async () => {
  const folder = await TerraformFolder.initialized(standIn, "confirm", oneResource("one"));
  const refused = await folder.answering("no", "apply");
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("Apply discarded.") as string });
  expect((await standIn.runsOf("confirm"))[0]?.attributes.status).toBe("discarded");
  const unattended = await folder.run("apply", "-input=false");
  expect(unattended).toMatchObject({ code: 1 });
  // The run waits, and holds the lock: it is confirmed through the API.
  const waiting = await standIn.reaches("confirm", "planned");
  expect(await standIn.workspaceNamed("confirm")).toMatchObject({
    ...{ attributes: { locked: true }, relationships: { "locked-by": { data: { id: waiting, type: "runs" } } } },
  });
  expect(await standIn.call(`POST runs/${waiting}/actions/apply`)).toMatchObject({ status: 202 });
  await standIn.reaches("confirm", "applied");
  expect(await standIn.call(`POST runs/${waiting}/actions/apply`)).toMatchObject({ status: 409 });
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});

test("a saved plan is shown as JSON, and applied later, once", async () => {
  const folder = await TerraformFolder.initialized(standIn, "saved", oneResource("one"));
  await folder.succeeds("plan", "-input=false", "-out=saved.plan");
  expect((await standIn.runsOf("saved"))[0]?.attributes.status).toBe("planned_and_saved");
  const json = JSON.parse(await folder.succeeds("show", "-json", "saved.plan")) as { resource_changes: object[] };
  expect(json.resource_changes).toMatchObject([{ address: "terraform_data.a", change: { actions: ["create"] } }]);
  expect(await folder.succeeds("apply", "saved.plan")).toContain("Apply complete!");
  expect((await folder.run("apply", "saved.plan")).output).toContain("Saved plan is already applied");
});

test("a run waits while a user holds the lock, and its status says so", async () => {
  const folder = await TerraformFolder.initialized(standIn, "held", oneResource("one"));
  const id = (await standIn.workspaceNamed("held"))?.id ?? "";
  await standIn.call(`POST workspaces/${id}/actions/lock`, undefined);
  const applied = folder.succeeds("apply", "-input=false", "-auto-approve");
  await standIn.reaches("held", "pending");
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
  const folder = await TerraformFolder.initialized(standIn, "failed", oneResource("one", { lifecycle: condition }));
  const { code, output } = await folder.run("apply", "-input=false", "-auto-approve");
  expect(code).toBe(1);
  expect(output).toContain("the condition is not met");
  expect((await standIn.runsOf("failed"))[0]?.attributes.status).toBe("errored");
  expect(await standIn.workspaceNamed("failed")).toMatchObject({ attributes: { locked: false } });
});

test("a canceled run interrupts Terraform, and unlocks the workspace", async () => {
  const slow = { provisioner: { "local-exec": { command: "sleep 20" } } };
  const folder = await TerraformFolder.initialized(standIn, "canceled", oneResource("one", slow));
  const applied = folder.run("apply", "-input=false", "-auto-approve");
  const run = await standIn.reaches("canceled", "applying");
  await sleep(1_000);
  expect(await standIn.call(`POST runs/${run}/actions/cancel`)).toMatchObject({ status: 202 });
  await standIn.reaches("canceled", "canceled");
  expect(await applied).toMatchObject({ code: 1, output: expect.stringContaining("Interrupt received") as string });
  expect(await standIn.workspaceNamed("canceled")).toMatchObject({ attributes: { locked: false } });
});

test("a workspace's runs are one after the other", async () => {
  const folder = await TerraformFolder.initialized(standIn, "queue", oneResource("one"));
  expect(await folder.run("apply", "-input=false")).toMatchObject({ code: 1 });
  const first = await standIn.reaches("queue", "planned");
  const applied = folder.succeeds("apply", "-input=false", "-auto-approve");
  const second = await standIn.reaches("queue", "pending");
  await standIn.call(`POST runs/${first}/actions/discard`);
  expect(await applied).toContain("Apply complete!");
  expect((await standIn.runsOf("queue")).map(({ id, attributes }) => [id, attributes.status])).toEqual([
    [second, "applied"],
    [first, "discarded"],
  ]);
});

test("a run that was planned before a restart is applied after it", async () => {
  const folder = await TerraformFolder.initialized(standIn, "restart", oneResource("one"));
  await folder.run("apply", "-input=false");
  const run = await standIn.reaches("restart", "planned");
  const port = Number(new URL(standIn.hcp.url).port);
  await standIn.hcp.stop();
  standIn = await StandIn.start(standIn.folder, port);
  expect(idOf(await standIn.call(`GET runs/${run}`))).toBe(run);
  await standIn.call(`POST runs/${run}/actions/apply`);
  await standIn.reaches("restart", "applied");
  expect(await folder.succeeds("plan", "-input=false")).toContain("No changes.");
});
