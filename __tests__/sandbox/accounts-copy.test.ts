import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { loadOrganization } from "../../organization/load";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";
import { copyAccounts } from "../../sandbox/accounts-copy";
import type { CloudSettings } from "../../sandbox/cloud/cloud-settings";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-accounts-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Copies one file, and says what became of it. */
function copied(name: string, text: string, newIds: [string, string][]): string {
  const [from, to] = [mkdtempSync(join(folder, "from-")), mkdtempSync(join(folder, "to-"))];
  writeFileSync(join(from, name), text);
  copyAccounts(from, to, new Map(newIds));
  return readFileSync(join(to, name), "utf8");
}

describe("copyAccounts", () => {
  test("replaces ids, in ARNs as well, and keeps comments and order", () => {
    const text = `# An account, 111111111111.
name: payments
id: "111111111111" # quoted
role: member
secrets:
  watch:
    # All of them.
    - arn:aws:secretsmanager:eu-west-1:111111111111:secret:payments/*
notifications:
  sqs: [arn:aws:sqs:eu-west-1:222222222222:alerts]
`;
    expect(
      copied("payments.yaml", text, [
        ["111111111111", "999999999991"],
        ["222222222222", "999999999992"],
      ]),
    ).toBe(
      text
        .replace('"111111111111"', '"999999999991"')
        .replace(":111111111111:", ":999999999991:")
        .replace("222222222222", "999999999992"),
    );
  });

  test("swaps ids that replace each other", () => {
    const swapped = copied("a.yaml", 'a: "111111111111"\nb: "222222222222"\n', [
      ["111111111111", "222222222222"],
      ["222222222222", "111111111111"],
    ]);
    expect(swapped).toBe('a: "222222222222"\nb: "111111111111"\n');
  });

  test("leaves longer numbers alone", () => {
    expect(copied("a.yaml", 'a: "1111111111112"\n', [["111111111111", "2"]])).toBe('a: "1111111111112"\n');
  });

  test("sets localAws for Terraform's provider", () => {
    expect(copied("organization.yaml", "id: o-exampleorgid\n", [["o-exampleorgid", "o-given"]])).toBe(
      "id: o-given\nlocalAws: true\n",
    );
  });

  test("keeps state off HCP Terraform", () => {
    const text = "state:\n  backend: cloud\n  organization: example\n";
    expect(copied("organization.yaml", text, [])).toBe("state:\n  backend: local\nlocalAws: true\n");
  });

  test.each([
    ["a backend that Trailwatch does not know", "state:\n  backend: azurerm\n  container: example\n"],
    ["a backend that is an alias", "common: &it cloud\nstate:\n  backend: *it\n"],
    ["no backend", "state: {}\n"],
  ])("keeps state off %s", (_, text) => {
    expect(copied("organization.yaml", text, [])).toContain("state:\n  backend: local\n");
  });

  test.each(["state:\n  backend: s3\n  bucket: example\n", "state:\n  backend: local\n"])(
    "leaves a backend that the sandbox serves as it is: %j",
    (text) => {
      expect(copied("organization.yaml", text, [])).toBe(`${text}localAws: true\n`);
    },
  );

  test("copies an organization whose runs are on HCP Terraform, so that it loads", () => {
    const [from, to] = [join(folder, "hcp"), join(folder, "hcp-copy")];
    cpSync("accounts", from, { recursive: true });
    const file = join(from, "organization.yaml");
    const document = parseDocument(readFileSync(file, "utf8"));
    document.set("state", { backend: "cloud", organization: "example" });
    document.set("deployment", { account: "log-archive", hcpTerraform: true });
    document.set("deploymentRole", "TrailwatchDeployment");
    writeFileSync(file, document.toString());
    expect(loadOrganization(from).state.backend).toBe("cloud");
    copyAccounts(from, to, new Map());
    expect(loadOrganization(to).state).toEqual({ backend: "local" });
  });

  test("keeps its own state where an existing bucket holds the real one", () => {
    const [from, to] = [join(folder, "existing"), join(folder, "existing-copy")];
    cpSync("accounts", from, { recursive: true });
    const file = join(from, "organization.yaml");
    const document = parseDocument(readFileSync(file, "utf8"));
    document.set("state", { backend: "s3", account: "log-archive", existing: { bucket: "company.states" } });
    writeFileSync(file, document.toString());
    copyAccounts(from, to, new Map());
    expect(loadOrganization(to).state).toEqual({ backend: "local" });
  });

  test("copies the repository's own organization whole", () => {
    const described = loadOrganization("accounts");
    const newIds = new Map(described.accounts.map(({ id }, index) => [id, String(900000000000 + index)]));
    copyAccounts("accounts", join(folder, "copy"), newIds);
    const copy = loadOrganization(join(folder, "copy"));
    // Also in the ARNs of 'ignore' entries.
    const accounts = [...newIds].reduce(
      (text, [id, newId]) => text.replaceAll(id, newId),
      JSON.stringify(described.accounts),
    );
    expect(copy).toEqual({ ...described, localAws: true, accounts: JSON.parse(accounts) as unknown });
  });

  test("uses the trail, archive and role of a landing zone instead of settings for Trailwatch's own", () => {
    const [from, to] = [mkdtempSync(join(folder, "from-")), mkdtempSync(join(folder, "to-"))];
    const text = `id: o-exampleorgid
# Ours.
trail:
  insights: []
archive:
  bucket: ours
deploymentRole: OrganizationAccountAccessRole # AWS's
`;
    writeFileSync(join(from, "organization.yaml"), text);
    copyAccounts(from, to, new Map(), {
      zone: {
        trail: { name: "theirs", region: "eu-west-1", logGroup: "group" },
        archive: { bucket: "their-bucket", region: "eu-west-1", prefix: "o-given", retentionDays: 30 },
        deploymentRole: "AWSControlTowerExecution",
      },
    });
    expect(parseDocument(readFileSync(join(to, "organization.yaml"), "utf8")).toJS()).toEqual({
      id: "o-exampleorgid",
      trail: { existing: { name: "theirs", region: "eu-west-1", logGroup: "group" } },
      archive: { existing: { bucket: "their-bucket", region: "eu-west-1", prefix: "o-given", retentionDays: 30 } },
      deploymentRole: "AWSControlTowerExecution",
      localAws: true,
    });
  });

  const state: CloudSettings["state"] = {
    backend: "cloud",
    hostname: "localhost:4800",
    organization: "sandbox",
    project: "security",
    executionMode: "remote",
    manageWorkspaces: true,
  };
  const cloud = { entryAccount: "log-archive", state };

  test("puts state and runs of the repository's own organization into HCP Terraform, so that it loads", () => {
    const to = join(folder, "cloud-copy");
    copyAccounts("accounts", to, new Map(), { cloud });
    expect(loadOrganization(to)).toMatchObject({
      state,
      deployment: { account: "log-archive", hcpTerraform: true },
      deploymentRole: "trailwatch-deploy",
    });
  });

  test("keeps the entry and the role of an organization that has them, when its runs move to HCP Terraform", () => {
    const [from, to] = [mkdtempSync(join(folder, "from-")), mkdtempSync(join(folder, "to-"))];
    const text = "deploymentRole: own\ndeployment:\n  account: security\n  github: {repository: a/b}\n";
    writeFileSync(join(from, "organization.yaml"), text);
    copyAccounts(from, to, new Map(), { cloud });
    expect(parseDocument(readFileSync(join(to, "organization.yaml"), "utf8")).toJS()).toEqual({
      ...{ deploymentRole: "own", localAws: true, state },
      deployment: { account: "security", github: { repository: "a/b" }, hcpTerraform: true },
    });
  });

  test("gives accounts their default feed where the existing archive admits no trail of theirs", () => {
    const [from, to] = [mkdtempSync(join(folder, "from-")), mkdtempSync(join(folder, "to-"))];
    writeFileSync(join(from, "payments.yaml"), "name: payments\nfeed: account-trail\npacks: [cis, secrets]\n");
    writeFileSync(join(from, "other.yaml"), "name: other\nfeed: event-bus\n");
    copyAccounts(from, to, new Map(), {
      zone: {
        trail: { name: "theirs", region: "eu-west-1", logGroup: "group" },
        archive: { bucket: "their-bucket", region: "eu-west-1", retentionDays: 30 },
      },
    });
    expect(readFileSync(join(to, "payments.yaml"), "utf8")).toBe("name: payments\npacks: [secrets]\n");
    expect(readFileSync(join(to, "other.yaml"), "utf8")).toBe("name: other\nfeed: event-bus\n");
  });

  test.each([
    ["id: o-exampleorgid\n", ["secrets", "access", "identity", "watchers", "organization", "guard"]],
    ["packs:\n  management: [cis, guard]\n  member: [secrets]\n", ["guard"]],
  ])("turns pack cis off where the log group has such filters already: %j", (text, management) => {
    const [from, to] = [mkdtempSync(join(folder, "from-")), mkdtempSync(join(folder, "to-"))];
    writeFileSync(join(from, "organization.yaml"), text);
    copyAccounts(from, to, new Map(), {
      zone: {
        trail: { name: "theirs", region: "eu-west-1", logGroup: "group" },
        archive: { bucket: "their-bucket", region: "eu-west-1", retentionDays: 30 },
        hasCisFilters: true,
      },
    });
    const copy = parseDocument(readFileSync(join(to, "organization.yaml"), "utf8")).toJS() as object;
    expect(copy).toMatchObject({ packs: { management } });
  });

  test("with only one account, nothing else is watched, and state is kept on disk", () => {
    const to = mkdtempSync(join(folder, "to-"));
    copyAccounts("accounts", to, new Map(), { only: "payments" });
    const copy = loadOrganization(to);
    const watched = copy.accounts.filter((account) => subscriptionsOf(copy, account).length > 0);
    expect(watched.map(({ name }) => name)).toEqual(["payments"]);
    expect(copy.accounts.flatMap(({ secrets }) => secrets.create).length).toBeGreaterThan(0);
    expect(copy.accounts).toHaveLength(loadOrganization("accounts").accounts.length);
    expect(copy.state).toEqual({ backend: "local" });
  });
});
