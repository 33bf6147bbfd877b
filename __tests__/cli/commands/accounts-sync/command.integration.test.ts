/** @jest-environment-options {"modules": "own"} */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { loadOrganization } from "../../../../organization/load";
import { MANAGEMENT_CREDENTIALS, sandboxEnvironment, withoutOwnSettings } from "../../../../sandbox/environment";
import { openProxy } from "../../../../sandbox/proxy/proxy";
import { startMoto } from "../../../../sandbox/moto";
import { commandLine } from "../../command-line";
import { createLargeOrganization, type Created, NUMBERS } from "../../large-organization";

const RULES = `
accountRules:
  - ou: Workloads/Production/**
    tag: { key: stage, value: prod }
    feed: account-trail
    packs: [cis, guard]
`;

const root = mkdtempSync(join(tmpdir(), "trailwatch-sync-"));
const folder = join(root, "accounts");
const operations = new Map<string, number>();
const ending: (() => Promise<void>)[] = [];
let created: Created;

beforeAll(async () => {
  const command = process.env.TRAILWATCH_MOTO_SERVER ?? "moto_server";
  const moto = await startMoto({ command, workFolder: root, env: withoutOwnSettings(process.env) });
  ending.unshift(moto.stop);
  const proxy = await openProxy({
    upstream: moto.send,
    shims: [],
    lastWords: moto.lastWords,
    onCall: ({ call: { operation } }) => operations.set(operation, (operations.get(operation) ?? 0) + 1),
  });
  ending.unshift(proxy.stop);

  const { endpoint } = proxy;
  const region = "us-east-1";
  const client = new OrganizationsClient({ endpoint, region, credentials: MANAGEMENT_CREDENTIALS });
  created = await createLargeOrganization(client);
  client.destroy();
  const where = { endpoint, region, accountsFolder: folder, workFolder: root };
  Object.assign(process.env, sandboxEnvironment({ env: process.env, ...where }));

  mkdirSync(folder);
  const text = readFileSync(join("accounts", "organization.yaml"), "utf8");
  writeFileSync(join(folder, "organization.yaml"), text.replace("o-exampleorgid", created.organizationId) + RULES);
}, 240_000);

afterAll(async () => {
  for (const end of ending) await end();
  rmSync(root, { recursive: true });
});

const trailwatch = commandLine();
const sync = (...options: string[]) => trailwatch("accounts", "sync", "--accounts", folder, ...options);
const fileOf = (name: string) => join(folder, `${name}.yaml`);

/** One after the other, as a person would: each test goes on where the one before left the folder. */
describe("160 accounts", () => {
  test("shows what it would write, and writes nothing without confirmation", async () => {
    const { stdout, code } = await sync("--log-archive", "Log Archive");
    expect(code).toBe(2);
    expect(stdout).toContain(
      "158 new, 0 changed, 0 unchanged. Nothing was written; --yes writes without confirmation.\n",
    );
    expect(stdout).toMatch(/team-3\.yaml +\d{12} +Workloads\/Production +feed account-trail +packs cis, guard\n/);
    expect(readdirSync(folder)).toEqual(["organization.yaml"]);
  });

  test("writes a file for each account that is active, and the folder loads", async () => {
    expect((await sync("--log-archive", "Log Archive", "--yes")).code).toBe(0);
    const { accounts } = loadOrganization(folder);
    expect(accounts).toHaveLength(158);
    expect(accounts.filter(({ feed }) => feed === "account-trail").map(({ name }) => name)).toEqual(
      // In Workloads/Production, or EU in it, with an odd number that three divides.
      numbers((number) => [3, 4].includes(number % 7) && number % 6 === 3 && number % 50 !== 49),
    );
    expect(accounts.find(({ name }) => name === "team-6")?.organizationalUnit).toBe("R&D %2F Lab");
    expect(readdirSync(folder)).not.toContain("team-49.yaml");
  });

  test("reads with pages of AWS's size, and finds nothing to do the second time", async () => {
    operations.clear();
    const { stdout, code } = await sync("--check");
    expect(code).toBe(0);
    expect(stdout).toContain("0 new, 0 changed, 158 unchanged.\n");
    expect(operations.get("ListAccounts")).toBeGreaterThan(1);
    // Six units and the root, with some 22 accounts each: 20 to a page.
    expect(operations.get("ListAccountsForParent")).toBeGreaterThan(7);
    expect(operations.get("ListTagsForResource")).toBe(158);
  });

  test("keeps the user's settings, and removes files only with --prune", async () => {
    const edited = `# ours\n${readFileSync(fileOf("team-3"), "utf8").replace(/stage: .*/, "stage: test # hm")}packs: [secrets]\n`;
    writeFileSync(fileOf("team-3"), edited);
    writeFileSync(fileOf("closed"), `name: closed\nid: "${created.ids[49] ?? ""}"\nrole: member\n`);

    const shown = await sync("--yes");
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain(
      "    -   stage: test # hm\n    +   stage: prod # hm\n      packs: [secrets]\n    feed event-bus → account-trail\n",
    );
    expect(shown.stdout).toMatch(/Would be removed with --prune:\n {2}closed\.yaml +\d{12} +SUSPENDED\n/);
    expect(readFileSync(fileOf("team-3"), "utf8")).toBe(edited.replace("stage: test", "stage: prod"));
    expect(readdirSync(folder)).toContain("closed.yaml");

    const { stdout } = await sync("--yes", "--prune", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ changes: [{ kind: "removed", file: "closed.yaml" }], written: true });
    expect(readdirSync(folder)).not.toContain("closed.yaml");
  });
});

/** Names of the accounts with such numbers, in the order of names. */
function numbers(are: (number: number) => boolean): string[] {
  return NUMBERS.filter(are)
    .map((number) => `team-${number}`)
    .sort();
}
