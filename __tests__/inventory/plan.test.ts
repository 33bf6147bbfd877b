import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { readAccountsFolder } from "../../inventory/accounts-folder";
import type { AwsAccount, AwsOrganization } from "../../inventory/aws-organization";
import { effectsOf } from "../../inventory/effects";
import { planSync, tagKeysOf, type SyncPlanOptions } from "../../inventory/plan";
import { MEMBER, ORGANIZATION, account, accountsFolder } from "../organization/accounts-folder";

const aws = (id: string, name: string, more: Partial<AwsAccount> = {}): AwsAccount => {
  return { id, name, state: "ACTIVE", organizationalUnit: undefined, tags: {}, ...more };
};

/** As the smallest folder has them. */
const MANAGEMENT = aws("111122223333", "Root account");
const LOG_ARCHIVE = aws("222233334444", "Log Archive");
const WORKLOADS = aws("333344445555", "Workloads!");
const ALL = [MANAGEMENT, LOG_ARCHIVE, WORKLOADS];

function organization(accounts: readonly AwsAccount[] = ALL): AwsOrganization {
  return { id: "o-exampleorgid", managementAccountId: MANAGEMENT.id, accounts };
}

/** A plan in short: a line for each change, with its text where there is one. */
function plan(
  accounts?: readonly AwsAccount[],
  files: Record<string, string | undefined> = {},
  options?: SyncPlanOptions,
) {
  const folder = accountsFolder(files);
  const place = `${relative(process.cwd(), folder)}/`;
  try {
    const { changes, unchanged, leftovers } = planSync(readAccountsFolder(folder), organization(accounts), options);
    return { changes: changes.map(({ kind, file, after }) => [kind, file, after]), unchanged, leftovers };
  } catch (error) {
    return String(error).replaceAll(place, "");
  }
}

const EMPTY = { "management.yaml": undefined, "log-archive.yaml": undefined, "workloads.yaml": undefined };

test("nothing to do", () => {
  expect(plan()).toEqual({ changes: [], unchanged: 3, leftovers: [] });
});

test("a folder without accounts gets a file for each, once the log archive is chosen", () => {
  const placed = { ...WORKLOADS, name: "Work: loads", organizationalUnit: "Work/EU" };
  const accounts = [MANAGEMENT, LOG_ARCHIVE, placed];
  expect(plan(accounts, EMPTY, { logArchive: "Log Archive" })).toMatchObject({
    unchanged: 0,
    changes: [
      ["new", "log-archive.yaml", expect.stringContaining("role: log-archive\n")],
      ["new", "root-account.yaml", expect.stringContaining("role: management\n")],
      [
        "new",
        "work-loads.yaml",
        `# yaml-language-server: $schema=./account.schema.json
#
# 'Work: loads' in AWS Organizations, from where role, organizationalUnit and accountTags are.

name: work-loads
id: "333344445555"
role: member
organizationalUnit: Work/EU
`,
      ],
    ],
  });
});

describe("the log archive", () => {
  test.each([
    [
      undefined,
      /must name the account that holds the archive, got nothing.* --log-archive 222233334444 for 'Log Archive'/,
    ],
    ["Log Archiv", /'--log-archive' must be the id or name of an active account.*did you mean 'Log Archive'\?$/],
    ["111122223333", /'--log-archive' must be the id or name of an active account other than the management account/],
  ])("chosen as %s is refused", (logArchive, message) => {
    expect(plan(undefined, EMPTY, { logArchive })).toMatch(message);
  });

  test("must be one", () => {
    const twice = [...ALL, aws("444455556666", "Log Archive")];
    expect(plan(twice, EMPTY, { logArchive: "Log Archive" })).toMatch(
      /must name one account, got 'Log Archive', which 222233334444, 444455556666 are called; give the id$/,
    );
  });

  test("stays where it is", () => {
    expect(plan(undefined, {}, { logArchive: "workloads" })).toMatch(
      /must be the account that has the role already, 222233334444 \(at log-archive\.yaml\), got 'workloads'/,
    );
    expect(plan(undefined, {}, { logArchive: "log-archive" })).toMatchObject({ changes: [] });
  });

  test("may be a member's file so far", () => {
    const files = { "log-archive.yaml": account("log-archive", LOG_ARCHIVE.id) };
    expect(plan(undefined, files, { logArchive: LOG_ARCHIVE.id })).toMatchObject({
      changes: [["changed", "log-archive.yaml", account("log-archive", LOG_ARCHIVE.id, "log-archive")]],
    });
  });
});

describe("an account that has a file", () => {
  const files = {
    "organization.yaml": `${ORGANIZATION}accountRules: [{ tag: { key: stage }, feed: account-trail }]\n`,
    "workloads.yaml": `${MEMBER}# mine\npacks: [secrets]\n`,
  };

  test("is found by its id, and keeps its name and the user's settings", () => {
    const moved = { ...WORKLOADS, name: "Renamed", organizationalUnit: "A", tags: { stage: "1" } };
    const text = `${MEMBER}organizationalUnit: A\naccountTags:\n  stage: "1"\n# mine\npacks: [secrets]\n`;
    expect(plan([MANAGEMENT, LOG_ARCHIVE, moved], files)).toMatchObject({
      changes: [["changed", "workloads.yaml", text]],
      unchanged: 2,
    });
    expect(plan([MANAGEMENT, LOG_ARCHIVE, moved], { ...files, "workloads.yaml": text })).toMatchObject({ changes: [] });
    expect(plan(ALL, { ...files, "workloads.yaml": text })).toMatchObject({
      changes: [["changed", "workloads.yaml", files["workloads.yaml"]]],
    });
  });

  test("reports the effect on its feed", () => {
    const folder = readAccountsFolder(accountsFolder(files));
    const tagged = { ...WORKLOADS, tags: { stage: "" } };
    expect(tagKeysOf(folder)).toEqual(["stage"]);
    const { planned } = planSync(folder, organization([MANAGEMENT, LOG_ARCHIVE, tagged]));
    const effects = [...effectsOf(folder, planned)];
    expect(effects).toMatchObject([
      [WORKLOADS.id, { before: { feed: "event-bus" }, after: { feed: "account-trail", packs: ["secrets"] } }],
    ]);
  });
});

describe("an account that is no longer in the organization", () => {
  const files = { "old.yaml": account("old", "444455556666") };
  const closed = aws("444455556666", "Old", { state: "SUSPENDED" });

  test.each([
    ["not in the organization", ALL],
    ["SUSPENDED", [...ALL, closed]],
    ["PENDING_CLOSURE", [...ALL, { ...closed, state: "PENDING_CLOSURE" as const }]],
  ])("%s: keeps its file, unless it is to be pruned", (reason, accounts) => {
    const leftovers = [{ file: "old.yaml", id: "444455556666", name: "old", reason }];
    expect(plan(accounts, files)).toEqual({ changes: [], unchanged: 3, leftovers });
    expect(plan(accounts, files, { prune: true })).toEqual({
      changes: [["removed", "old.yaml", undefined]],
      unchanged: 3,
      leftovers,
    });
  });

  test("gets no file", () => {
    expect(plan([...ALL, closed])).toMatchObject({ changes: [] });
  });

  test("that is not there yet is left alone", () => {
    const accounts = [...ALL, { ...closed, state: "PENDING_ACTIVATION" as const }];
    expect(plan(accounts)).toMatchObject({ changes: [] });
    expect(plan(accounts, files, { prune: true })).toMatchObject({ changes: [], leftovers: [] });
  });
});

describe("refuses", () => {
  test("another organization", () => {
    const files = { "organization.yaml": ORGANIZATION.replace("exampleorgid", "anotherorgid") };
    expect(plan(ALL, files)).toMatch(
      /^OrganizationError: 'id' must be the organization that the AWS credentials belong to, o-exampleorgid, got 'o-anotherorgid' \(at organization\.yaml:1:5\); use credentials/,
    );
  });

  test("a file that gives another account the management role", () => {
    const files = { "workloads.yaml": account("workloads", WORKLOADS.id, "management") };
    expect(plan(ALL, files)).toMatch(/^OrganizationError: 'role' must be log-archive or member:.*workloads\.yaml:3:7/);
  });

  test("files that are wrong, before anything else", () => {
    const files = { "workloads.yaml": "name: workloads\nid: 12\nrole: member\n", "organization.yaml": undefined };
    expect(plan(ALL, files)).toMatch(/'organization\.yaml' must exist.*\n'id' must be in quotes/);
  });

  test("an outcome that would not load, and says what would help", () => {
    const other = { ...LOG_ARCHIVE, id: "444455556666" };
    expect(plan([MANAGEMENT, other, WORKLOADS], {}, { logArchive: other.id })).toMatch(
      /'role' must be held by exactly one account.*\n.*--prune removes them$/s,
    );
    expect(plan([MANAGEMENT, other, WORKLOADS], {}, { logArchive: other.id, prune: true })).toMatchObject({
      changes: [
        ["new", `log-archive-${other.id}.yaml`, expect.anything()],
        ["removed", "log-archive.yaml", undefined],
      ],
    });
  });
});

test("planning writes nothing", () => {
  const path = accountsFolder(EMPTY);
  planSync(readAccountsFolder(path), organization(), { logArchive: LOG_ARCHIVE.id });
  expect(readdirSync(path)).toEqual(["organization.yaml"]);
  expect(readFileSync(join(path, "organization.yaml"), "utf8")).toBe(ORGANIZATION);
});
