import { ROLE_PACKS } from "../../organization/resolve/role-packs";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import fc from "fast-check";
import { loadOrganization } from "../../organization/load";
import { shownPath } from "../../lib/support/printable";
import { OrganizationError } from "../../organization/validation/problem";
import { anyCharacter } from "../support/any-character";
import { MEMBER, ORGANIZATION, account, accountsFolder, complaints, complaintsAbout, load } from "./accounts-folder";

describe("an organization with required settings only", () => {
  const organization = load();

  test("gets every default", () => {
    const { accounts, ...rest } = organization;
    expect(rest).toEqual({
      id: "o-exampleorgid",
      homeRegion: "eu-west-1",
      furtherRegions: [],
      encryption: "customer-key",
      keys: {},
      names: { prefix: "trailwatch" },
      omittedRegions: [],
      changeWindows: false,
      accountRules: [],
      archive: {
        bucket: "example-archive",
        objectLock: { mode: "GOVERNANCE", retentionDays: 365 },
        colderStorageAfterDays: 90,
        readerRoleArns: [],
        denyWritesNotFromCloudTrail: true,
      },
      athena: { enabled: true, scanLimitGigabytes: 100, resultRetentionDays: 30 },
      state: { backend: "local" },
      deploymentRole: "OrganizationAccountAccessRole",
      iam: { path: "/", namePrefix: "" },
      tags: {},
      notifications: { alerts: { email: ["security@example.com"], https: [], sqs: [] } },
      runbooks: "docs/runbooks",
      packs: {},
      detections: {},
      trail: {
        logRetentionDays: 365,
        dataEvents: [],
        insights: ["ApiCallRateInsight", "ApiErrorRateInsight"],
        logFileNotifications: { enabled: false, subscribers: { email: [], https: [], sqs: [] } },
      },
      localAws: false,
    });
    expect(accounts[2]).toEqual({
      name: "workloads",
      id: "333344445555",
      role: "member",
      changeWindows: false,
      accountTags: {},
      feed: "event-bus",
      secrets: { create: [], watch: [] },
      logRetentionDays: 365,
      notifications: {
        alerts: { email: ["security@example.com"], https: [], sqs: [] },
        notices: { email: ["security@example.com"], https: [], sqs: [] },
      },
      packs: ROLE_PACKS.member,
      detections: {},
    });
  });

  test("feeds the management account from the organization trail, all others from the event bus", () => {
    expect(organization.accounts.map(({ name, feed }) => [name, feed])).toEqual([
      ["log-archive", "event-bus"],
      ["management", "organization-trail"],
      ["workloads", "event-bus"],
    ]);
  });
});

test("an account's settings take precedence over the defaults", () => {
  const text = `${MEMBER}feed: account-trail\nnotifications: { alerts: { email: [own@example.com] } }\npacks: [cis]\n`;
  const organization = ORGANIZATION.replace("alerts:", "notices: { email: [notices@example.com] }, alerts:");
  const [, management, member] = load({ "organization.yaml": organization, "workloads.yaml": text }).accounts;
  expect(member).toMatchObject({ feed: "account-trail", packs: ["cis"] });
  const own = { email: ["own@example.com"], https: [], sqs: [] };
  expect(member?.notifications).toEqual({ alerts: own, notices: own });
  expect(management?.notifications.notices.email).toEqual(["notices@example.com"]);
});

test("the management account may have another feed, with packs that the feed supports", () => {
  const text = `${account("management", "111122223333", "management")}feed: event-bus\npacks: [access]\n`;
  expect(load({ "management.yaml": text }).accounts[1]?.feed).toBe("event-bus");
});

test("accounts are sorted by name, regardless of their file names", () => {
  const { accounts } = load({ "0.yaml": account("zebra", "555566667777"), "zz.yml": account("ant", "666677778888") });
  expect(accounts.map(({ name }) => name)).toEqual(["ant", "log-archive", "management", "workloads", "zebra"]);
});

test("other files in the folder are ignored", () => {
  const changes = { "account.schema.json": "{", ".hidden.yaml": "{", "notes.md": "{", "old/gone.yaml": "{" };
  expect(load(changes).accounts).toHaveLength(3);
});

test("the shipped accounts are valid and cover every feed", () => {
  const { accounts } = loadOrganization(join(__dirname, "../../accounts"));
  expect(accounts.map(({ name, feed }) => [name, feed])).toEqual([
    ["log-archive", "event-bus"],
    ["management", "organization-trail"],
    ["payments", "account-trail"],
    ["workloads-production", "event-bus"],
  ]);
});

describe("an invalid folder", () => {
  test("is missing", () => {
    const folder = join(accountsFolder(), "nowhere");
    expect(complaintsAbout(folder)).toEqual([
      `'accounts' must be a readable folder, got '${shownPath(folder)}' (ENOENT); it does not exist: check the path, and create its folder; ` +
        "it holds organization.yaml and one file per account; --accounts or TRAILWATCH_ACCOUNTS names another folder, " +
        "and 'npx trailwatch init' begins a project",
    ]);
  });

  test("is reported with the given path, without a line", () => {
    const [complaint] = complaintsAbout("../no/such/../folder");
    expect(complaint).toMatch(/got '\.\.\/no\/such\/\.\.\/folder' \(ENOENT\)/);
    expect(complaint).not.toContain("(at ");
  });

  test("is a file", () => {
    expect(complaintsAbout(join(accountsFolder(), "workloads.yaml"))[0]).toContain("(ENOTDIR)");
  });

  test("lacks organization.yaml", () => {
    expect(complaints({ "organization.yaml": undefined })).toEqual([
      "'organization.yaml' must exist, got nothing (at organization.yaml:1:1)",
    ]);
  });

  test("has organization.yml instead", () => {
    expect(complaints({ "organization.yaml": undefined, "organization.yml": ORGANIZATION })).toEqual([
      "'organization.yaml' must exist, got nothing (at organization.yaml:1:1); rename 'organization.yml'",
    ]);
  });

  test("has no account files, which is one problem", () => {
    const none = { "management.yaml": undefined, "log-archive.yaml": undefined, "workloads.yaml": undefined };
    expect(complaints(none)).toEqual([
      "'accounts' must hold one file per account beside 'organization.yaml', got nothing (at organization.yaml:1:1)",
    ]);
  });

  test("has an empty file", () => {
    expect(complaints({ "empty.yaml": "# nothing yet\n" })).toEqual([
      "'empty.yaml' must not be empty, got nothing (at empty.yaml:1:1)",
    ]);
  });

  test("has files that cannot be read", () => {
    const folder = accountsFolder();
    mkdirSync(join(folder, "folder.yaml"));
    symlinkSync("nowhere", join(folder, "dangling.yaml"));
    expect(complaintsAbout(folder)).toEqual([
      "'dangling.yaml' must exist, got nothing (at dangling.yaml:1:1)",
      "'folder.yaml' must be a readable file, got 'EISDIR' (at folder.yaml:1:1); it is a folder, and its name that of an account's file: rename it",
    ]);
  });
});

describe("problems", () => {
  const changes = {
    "organization.yaml": ORGANIZATION.replace("eu-west-1", "eu-west-9").replace("o-example", "example"),
    "broken.yaml": "a: b: c",
    "workloads.yaml": MEMBER.replace("member", "membre").replace("333344445555", "222233334444"),
  };

  test("are reported all at once, in reading order, including problems across files", () => {
    expect(complaints(changes)).toEqual([
      "'broken.yaml' must be valid YAML, got 'a: b: c' (at broken.yaml:1:4); Nested mappings are not allowed in compact mappings",
      "'id' must be an organization id: 'o-' and 10 to 32 lower-case letters or digits, got 'exampleorgid' (at organization.yaml:1:5)",
      "'homeRegion' must be a region of the standard AWS partition, AWS GovCloud (US) or Amazon Web Services in China, got 'eu-west-9' (at organization.yaml:2:13); did you mean 'eu-west-1'?",
      "'id' must be unique, got '222233334444' (at workloads.yaml:2:5); also in log-archive.yaml",
      "'role' must be one of management, log-archive, member, got 'membre' (at workloads.yaml:3:7); did you mean 'member'?",
    ]);
  });

  test("are also available to programs", () => {
    const folder = accountsFolder({ "workloads.yaml": MEMBER.replace("member", "membre") });
    const thrown = catchError(() => loadOrganization(folder));
    expect(thrown).toBeInstanceOf(OrganizationError);
    expect(thrown).toMatchObject({
      name: "OrganizationError",
      problems: [
        {
          property: "role",
          rule: "be one of management, log-archive, member",
          value: "membre",
          file: relative(process.cwd(), join(folder, "workloads.yaml")),
          line: 3,
          column: 7,
          hint: "did you mean 'member'?",
        },
      ],
    });
  });
});

test.each(["any.yaml", "organization.yaml"])("any text of %s is loaded or reported, and never crashes", (name) => {
  const folder = accountsFolder();
  const line = fc.stringMatching(/^ {0,4}(- |\? )?(name|id|role|secrets|create|state|<<)?:? ?[[{&*!|>"'#a0-9, ]*$/);
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.array(line).map((lines) => lines.join("\n")),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      writeFileSync(join(folder, name), yaml);
      const thrown = catchError(() => loadOrganization(folder));
      if (!(thrown instanceof OrganizationError)) throw thrown;
      expect(thrown.message).not.toMatch(/undefined|\[object/);
      expect(thrown.problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

function catchError(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
