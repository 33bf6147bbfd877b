import { ROLE_PACKS } from "../../../organization/resolve/role-packs";
import { relative } from "node:path";
import type { WatchedAccount } from "../../../detections/detection";
import { explainAccount, type ExplainedAccount } from "../../../organization/resolve/explain";
import { loadWithSources } from "../../../organization/load";
import { accountNamed } from "../../../organization/organization";
import { MEMBER, ORGANIZATION, account, accountsFolder } from "../accounts-folder";

/** The account explained, with files named as within their folder. */
function explain(name: string, changes: Record<string, string> = {}): ExplainedAccount {
  const folder = accountsFolder(changes);
  const loaded = loadWithSources(folder);
  const found = accountNamed(loaded.organization, name);
  const watched: WatchedAccount = {
    name,
    id: found.id,
    organizationId: "o-exampleorgid",
    managementAccount: "111111111111",
    homeRegion: "eu-west-1",
    watchedSecrets: ["a"],
    archiveBuckets: [],
  };
  const explained = explainAccount(loaded, found, watched);
  const text = JSON.stringify(explained).replaceAll(`${relative(process.cwd(), folder)}/`, "");
  return JSON.parse(text) as ExplainedAccount;
}

function detection(explained: ExplainedAccount, id: string) {
  return explained.detections.find((candidate) => candidate.id === id);
}

test("unset values come from the defaults", () => {
  const explained = explain("workloads");
  expect(explained.packs).toEqual({ value: ROLE_PACKS.member, from: "default" });
  expect(detection(explained, "root-use")).toEqual({
    id: "root-use",
    pack: "access",
    title: expect.any(String) as string,
    on: true,
    from: "default",
    settings: {
      severity: { value: "critical", from: "default" },
      threshold: { value: 1, from: "default" },
      periodSeconds: { value: 300, from: "default" },
      evaluationPeriods: { value: 1, from: "default" },
    },
    ignore: [],
  });
});

describe("set values come from the place of the setting", () => {
  const organization = `${ORGANIZATION}packs:
  member:
    - secrets
    - access
detections:
  root-use:
    severity: high
    threshold: 5
    ignore:
      - { field: userAgent, equals: a, reason: r }
  kms-key-disabled: { enabled: false }
`;
  const workloads = `${MEMBER}detections:
  root-use:
    enabled: true
    threshold: 2
    ignore:
      - field: userAgent
        equals: b
        reason: r
        until: 2027-01-31
`;
  const files = { "organization.yaml": organization, "workloads.yaml": workloads };

  test("value by value, entry by entry", () => {
    expect(detection(explain("workloads", files), "root-use")).toMatchObject({
      on: true,
      from: "workloads.yaml:6",
      settings: {
        severity: { value: "high", from: "organization.yaml:12" },
        threshold: { value: 2, from: "workloads.yaml:7" },
        periodSeconds: { value: 300, from: "default" },
      },
      ignore: [
        { field: "userAgent", equals: "a", reason: "r", from: "organization.yaml:15" },
        { field: "userAgent", equals: "b", reason: "r", until: "2027-01-31", from: "workloads.yaml:9" },
      ],
    });
  });

  test("packs by their role, and each by its entry", () => {
    const explained = explain("workloads", files);
    expect(explained.packs).toEqual({ value: ["secrets", "access"], from: "organization.yaml:7" });
    expect(detection(explained, "secret-deleted")).toMatchObject({ on: true, from: "organization.yaml:8" });
    expect(detection(explained, "heartbeat")).toMatchObject({ on: false, off: "pack", from: "organization.yaml:7" });
  });

  test("packs by the account itself", () => {
    const explained = explain("workloads", { ...files, "workloads.yaml": `${MEMBER}packs: [secrets]\n` });
    expect(explained.packs).toEqual({ value: ["secrets"], from: "workloads.yaml:4" });
  });

  test("feed and packs by a rule, and each pack by its entry in it", () => {
    const rules = `${organization}accountRules:\n  - ou: Pay/**\n    feed: account-trail\n    packs: [cis]\n`;
    const explained = explain("workloads", {
      "organization.yaml": rules,
      "workloads.yaml": `${MEMBER}organizationalUnit: Pay\n`,
    });
    expect(explained).toMatchObject({
      organizationalUnit: "Pay",
      feed: { value: "account-trail", from: "organization.yaml:19" },
      packs: { value: ["cis"], from: "organization.yaml:20" },
    });
    expect(detection(explained, "heartbeat")).toMatchObject({ off: "pack", from: "organization.yaml:20" });
    expect(detection(explained, "cis-4-3-root-user-usage")).toMatchObject({ on: true, from: "organization.yaml:20" });
  });

  test("what is turned off", () => {
    expect(detection(explain("workloads", files), "kms-key-disabled")).toMatchObject({
      on: false,
      off: "enabled",
      from: "organization.yaml:16",
    });
  });
});

test.each([
  ["", "default"],
  ["feed: account-trail\n", "workloads.yaml:4"],
])("what only the organization's trail shows is off by the feed: '%s'", (feed, from) => {
  const explained = explain("workloads", { "workloads.yaml": MEMBER + feed });
  expect(detection(explained, "member-silenced")).toMatchObject({ on: false, off: "feed", from });
});

test("what has nothing to watch over is idle", () => {
  expect(detection(explain("workloads"), "archive-changed")).toMatchObject({ on: false, off: "idle", from: "default" });
  expect(detection(explain("workloads"), "watched-secret-reads")).toMatchObject({ on: true });
});

test("the account is named by what it is, not by its file", () => {
  const changes = { "zoo.yaml": account("ant", "555566667777") };
  expect(explain("ant", changes)).toMatchObject({
    name: "ant",
    id: "555566667777",
    role: "member",
    feed: { value: "event-bus", from: "default" },
  });
});
