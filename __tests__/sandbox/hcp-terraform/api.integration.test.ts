import { createHash } from "node:crypto";
import { ORGANIZATION_NAME, idOf, StandIn } from "./support/stand-in";

// The API alone: no run starts.

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(async () => {
  await standIn.remove();
});

const WORKSPACES = `organizations/${ORGANIZATION_NAME}/workspaces`;
const detailOf = async (answer: ReturnType<StandIn["call"]>) => (await answer).json?.errors?.[0]?.detail;

test.each([
  ["GET", "organizations/example-org/policy-sets"],
  ["POST", "workspaces/ws-1/run-triggers"],
  ["DELETE", "runs/run-1"],
] as const)("%s %s is answered with an error that names it", async (method, path) => {
  expect(await standIn.call(`${method} ${path}`)).toMatchObject({
    status: 400,
    json: {
      errors: [{ title: "not implemented", detail: expect.stringContaining(`${method} /api/v2/${path}`) as string }],
    },
  });
});

test.each(["", "wrong", "x.user"])("token '%s' is not accepted", async (token) => {
  expect(await standIn.call(`GET ${WORKSPACES}`, undefined, token)).toMatchObject({ status: 401 });
  // Nor does the answer say which paths exist.
  expect(await standIn.call("GET anything", undefined, token)).toMatchObject({ status: 401 });
});

test("service discovery and the API's version need no token", async () => {
  const discovery = await standIn.call("GET /.well-known/terraform.json", undefined, "");
  expect(discovery.json).toMatchObject({ "tfe.v2": "/api/v2/" });
  const ping = await standIn.call("GET ping", undefined, "");
  expect(ping).toMatchObject({ status: 204, headers: { "tfp-api-version": "2.6", "tfp-appname": "HCP Terraform" } });
});

test("another organization does not exist", async () => {
  expect(await standIn.call("GET organizations/other/entitlement-set")).toMatchObject({ status: 404 });
  const { json } = await standIn.call(`GET organizations/${ORGANIZATION_NAME}/entitlement-set`);
  expect(json?.data?.attributes).toMatchObject({ operations: true, "state-storage": true, sentinel: false });
});

test("a workspace has the defaults of HCP Terraform, and settings that it does not know are named", async () => {
  const id = await standIn.workspace("settings");
  const { json } = await standIn.call(`GET ${WORKSPACES}/settings`);
  expect(json?.data?.attributes).toMatchObject({ "execution-mode": "remote", "global-remote-state": false });

  const patch = (attributes: unknown) => standIn.call(`PATCH workspaces/${id}`, { type: "workspaces", attributes });
  expect(await patch({ "execution-mode": "local", "auto-apply": true })).toMatchObject({ status: 200 });
  const refused = await patch({ "execution-mode": "agent", "agent-pool-id": "apool-1" });
  expect(refused.status).toBe(422);
  expect(refused.json?.errors?.[0]?.detail).toMatch(/execution-mode.*agent-pool-id/);
  expect(await patch({ "working-directory": "a/../../b" })).toMatchObject({ status: 422 });
  const again = { type: "workspaces", attributes: { name: "settings" } };
  expect(await detailOf(standIn.call(`POST ${WORKSPACES}`, again))).toContain("there is a workspace 'settings'");
});

test("workspaces are found by name, by tags and by project", async () => {
  const project = idOf(
    await standIn.call(`POST organizations/${ORGANIZATION_NAME}/projects`, {
      ...{ type: "projects", attributes: { name: "security" } },
    }),
  );
  const tagged = await standIn.workspace("found-tagged");
  await standIn.call(`PATCH workspaces/${tagged}/tag-bindings`, [
    { type: "tag-bindings", attributes: { key: "team", value: "security" } },
  ]);
  await standIn.call(`PATCH workspaces/${tagged}`, {
    ...{ type: "workspaces", relationships: { project: { data: { id: project, type: "projects" } } } },
  });
  await standIn.workspace("found-plain");
  const found = async (query: string) => {
    const { json } = await standIn.call(`GET ${WORKSPACES}?${query}`);
    const workspaces = json?.data as unknown as { attributes: { name: string } }[];
    return workspaces.map(({ attributes }) => attributes.name);
  };
  expect(await found("search[name]=found")).toEqual(["found-tagged", "found-plain"]);
  expect(await found("search[tags]=team")).toEqual(["found-tagged"]);
  expect(await found("filter[tagged][0][key]=team&filter[tagged][0][value]=security")).toEqual(["found-tagged"]);
  expect(await found("filter[tagged][0][key]=team&filter[tagged][0][value]=other")).toEqual([]);
  expect(await found(`filter[project][id]=${project}`)).toEqual(["found-tagged"]);
});

test("a variable's own value wins over that of a set, and a sensitive value is never read back", async () => {
  const id = await standIn.workspace("variables");
  const variable = (key: string, value: string, sensitive = false) => ({
    ...{ type: "vars", attributes: { key, value, category: "env", sensitive } },
  });
  const set = idOf(
    await standIn.call(`POST organizations/${ORGANIZATION_NAME}/varsets`, {
      type: "varsets",
      attributes: { name: "all" },
    }),
  );
  await standIn.call(`POST varsets/${set}/relationships/vars`, variable("REGION", "eu-west-1"));
  await standIn.call(`POST varsets/${set}/relationships/vars`, variable("OWNER", "security"));
  await standIn.call(`POST varsets/${set}/relationships/workspaces`, [{ id, type: "workspaces" }]);
  await standIn.call(`POST workspaces/${id}/vars`, variable("REGION", "us-east-1"));
  await standIn.call(`POST workspaces/${id}/vars`, variable("PASSWORD", "secret-value", true));

  const { json } = await standIn.call(`GET workspaces/${id}/all-vars`);
  const variables = json?.data as unknown as { attributes: { key: string; value: string | null } }[];
  const values = variables.map(({ attributes: { key, value } }) => [key, value]);
  expect(Object.fromEntries(values)).toEqual({ REGION: "us-east-1", OWNER: "security", PASSWORD: null });
});

test("a lock is held once, and only its holder creates state", async () => {
  const id = await standIn.workspace("locks");
  const state = JSON.stringify({ version: 4, serial: 1, lineage: "l" });
  const md5 = createHash("md5").update(state).digest("hex");
  const create = (serial: number, lineage = "l", sum = md5) =>
    standIn.call(`POST workspaces/${id}/state-versions`, {
      ...{ type: "state-versions", attributes: { serial, lineage, md5: sum } },
    });
  expect(await create(1)).toMatchObject({ status: 409 });
  expect(await standIn.call(`POST workspaces/${id}/actions/lock`)).toMatchObject({ status: 200 });
  expect(await standIn.call(`POST workspaces/${id}/actions/lock`)).toMatchObject({ status: 409 });

  const created = await create(1);
  expect(created.json?.data?.attributes).toMatchObject({ status: "pending", serial: 1 });
  // Without its content it is not the current state yet.
  expect(await standIn.call(`GET workspaces/${id}/current-state-version`)).toMatchObject({ status: 404 });
  const upload = String(created.json?.data?.attributes["hosted-state-upload-url"]).replace(standIn.hcp.url, "");
  expect(await standIn.call(`PUT ${upload}`, Buffer.from("other"), "")).toMatchObject({ status: 422 });
  expect(await standIn.call(`PUT ${upload}`, Buffer.from(state), "")).toMatchObject({ status: 200 });
  const current = await standIn.call(`GET workspaces/${id}/current-state-version`);
  const download = String(current.json?.data?.attributes["hosted-state-download-url"]).replace(standIn.hcp.url, "");
  expect((await standIn.call(`GET ${download}`, undefined, "")).json).toMatchObject({ serial: 1 });

  expect(await detailOf(create(1, "l", "0".repeat(32)))).toContain("must be over 1");
  expect(await detailOf(create(2, "other"))).toContain("lineage must be 'l'");
  expect(await create(1)).toMatchObject({ status: 201 });
  expect(await standIn.call(`POST workspaces/${id}/actions/unlock`)).toMatchObject({ status: 200 });
  expect(await standIn.call(`POST workspaces/${id}/actions/unlock`)).toMatchObject({ status: 409 });
  expect(await standIn.call(`POST workspaces/${id}/actions/safe-delete`)).toMatchObject({ status: 409 });
});

test("an upload or download that was not announced does not exist", async () => {
  expect(await standIn.call("PUT /_objects/guessed", Buffer.from("x"), "")).toMatchObject({ status: 404 });
  expect(await standIn.call("GET /_objects/..%2Frecords.json", undefined, "")).toMatchObject({ status: 404 });
});

test("all of it is there again after a restart", async () => {
  const id = await standIn.workspace("kept");
  const { token } = standIn.hcp;
  await standIn.hcp.stop();
  standIn = await StandIn.start(standIn.folder);
  expect(standIn.hcp.token).toBe(token);
  expect(idOf(await standIn.call(`GET ${WORKSPACES}/kept`))).toBe(id);
});
