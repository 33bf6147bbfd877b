import type { WatchedAccount } from "../../detections/detection";
import { PARTITIONS } from "../../lib/aws/partitions";

const REGIONS: readonly string[] = PARTITIONS.aws.regions;
import { accountNamed } from "../../organization/organization";
import { watchedAccount } from "../../stacks/watched-account";
import { testOrganization, type OrganizationChanges } from "../support/organization";

function watchedIn(name: string, changes: OrganizationChanges = {}): WatchedAccount {
  const organization = testOrganization(changes);
  return watchedAccount(organization, accountNamed(organization, name));
}

test("a member watches its secrets, and owns neither archive nor state", () => {
  expect(watchedIn("workloads")).toEqual({
    name: "workloads",
    id: "333333333333",
    homeRegion: "eu-west-1",
    organizationId: "o-exampleorgid",
    managementAccount: "111111111111",
    watchedSecrets: ["MyProjectSecrets"],
    archiveBuckets: [],
    deploymentRole: "OrganizationAccountAccessRole",
  });
});

test("the next account does not read again what concerns all accounts: the time would grow with their square", () => {
  let reads = 0;
  const organization = testOrganization();
  const last = new Proxy(accountNamed(organization, "workloads"), {
    get: (...args) => {
      reads += 1;
      return Reflect.get(...args) as unknown;
    },
  });
  const accounts = [...organization.accounts.filter(({ name }) => name !== "workloads"), last];
  const watched = { ...organization, accounts };
  watchedAccount(watched, accountNamed(watched, "management"));
  reads = 0;
  watchedAccount(watched, accountNamed(watched, "log-archive"));
  expect(reads).toBe(0);
});

test("secrets that are created come before those that exist", () => {
  const secrets = { create: [{ name: "one" }], watch: ["two/*", "one"] };
  expect(watchedIn("workloads", { accounts: { workloads: { secrets } } }).watchedSecrets).toEqual([
    "one",
    "two/*",
    "one",
  ]);
});

test("the log-archive account owns the archive and its access logs", () => {
  expect(watchedIn("log-archive").archiveBuckets.slice(0, 2)).toEqual([
    "example-archive",
    "example-archive-access-logs",
  ]);
});

test("it owns the bucket of query results where archive queries are on", () => {
  const owned = (enabled: boolean) => watchedIn("log-archive", { athena: { enabled } }).archiveBuckets;
  expect(owned(true)).toContain("example-archive-athena");
  expect(owned(false)).toHaveLength(2);
});

describe("names that 'ignore' entries pass over", () => {
  const ARN = "userIdentity.sessionContext.sessionIssuer.arn";
  const entry = (field: string, text: string) => ({
    ignore: [{ field, [text.includes("*") ? "matches" : "equals"]: text, reason: "x" }],
  });
  const ignored = (field: string, text: string) =>
    watchedIn("workloads", { accounts: { workloads: { detections: { "root-use": entry(field, text) } } } })
      .ignoredNames;

  test.each([
    ["userIdentity.sessionContext.sessionIssuer.userName", "Nightly", { roles: ["Nightly"], users: [] }],
    ["userIdentity.userName", "scan*", { roles: [], users: ["scan*"] }],
    [ARN, "arn:aws:iam::333333333333:role/ops/Nightly", { roles: ["Nightly"], users: [] }],
    [ARN, "arn:aws:iam::*:role/Nightly", { roles: ["Nightly"], users: [] }],
    ["userIdentity.arn", "arn:aws:sts::333333333333:assumed-role/Nightly/run", { roles: ["Nightly"], users: [] }],
    ["userIdentity.arn", "arn:aws:iam::333333333333:user/scanner", { roles: [], users: ["scanner"] }],
    [ARN, "arn:aws:iam::444444444444:role/Nightly", undefined],
    [ARN, "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Builder*", undefined],
    [ARN, "arn:aws:iam::333333333333:role/ops/*", undefined],
    ["sourceIPAddress", "198.51.100.7", undefined],
  ])("%s of %s", (field, text, expected) => {
    expect(ignored(field, text)).toEqual(expected);
  });

  test("are also those that count together with other fields", () => {
    const all = [
      { field: ARN, equals: "arn:aws:iam::333333333333:role/Nightly" },
      { ipAddress: "10.0.0.0/8" },
      { field: "userIdentity.userName", matches: "scan*" },
    ];
    const detections = { "root-use": { ignore: [{ all, reason: "x" }] } };
    expect(watchedIn("workloads", { accounts: { workloads: { detections } } }).ignoredNames).toEqual({
      roles: ["Nightly"],
      users: ["scan*"],
    });
  });

  test("come from organization.yaml in every account, and from detections that are on", () => {
    const detections = { "root-use": entry(ARN, "arn:aws:iam::*:role/Nightly") };
    expect(watchedIn("log-archive", { detections }).ignoredNames?.roles).toEqual(["Nightly"]);
    const off = { "root-use": { ...entry(ARN, "arn:aws:iam::*:role/Nightly"), enabled: false } };
    expect(watchedIn("log-archive", { detections: off }).ignoredNames).toBeUndefined();
  });

  test("of what management sees apply to every account", () => {
    const detections = { "member-silenced": entry(ARN, "arn:aws:iam::333333333333:role/Nightly") };
    const accounts = { management: { detections } };
    expect(watchedIn("workloads", { accounts }).ignoredNames?.roles).toEqual(["Nightly"]);
    expect(watchedIn("log-archive", { accounts }).ignoredNames).toBeUndefined();
  });
});

test("the hub's account has the alert hub", () => {
  const alertHub = { account: "log-archive" };
  const owners = ["management", "log-archive", "workloads"].filter((name) => watchedIn(name, { alertHub }).hasAlertHub);
  expect(owners).toEqual(["log-archive"]);
  expect(watchedIn("log-archive")).not.toHaveProperty("hasAlertHub");
});

describe("the state bucket", () => {
  const owners = (state: OrganizationChanges["state"]) =>
    ["management", "log-archive", "workloads"].filter(
      (name) => "stateBucket" in watchedIn(name, state === undefined ? {} : { state }),
    );

  test.each(["log-archive", "workloads"])("is watched in the account that owns it: %s", (account) => {
    const state = { backend: "s3", account, bucket: "some-state" } as const;
    expect(owners(state)).toEqual([account]);
    expect(watchedIn(account, { state }).stateBucket).toBe("some-state");
  });

  test("is not watched if there is none", () => {
    expect(owners({ backend: "local" })).toEqual([]);
  });
});

describe("the deployment role", () => {
  test("is the account's own, or else the organization's", () => {
    const accounts = { workloads: { deploymentRole: "Deployer" } };
    expect(watchedIn("workloads", { accounts, deploymentRole: "Other" }).deploymentRole).toBe("Deployer");
    expect(watchedIn("log-archive", { accounts, deploymentRole: "Other" }).deploymentRole).toBe("Other");
  });

  test("of the management account is unknown unless it is configured", () => {
    expect(watchedIn("management")).not.toHaveProperty("deploymentRole");
    const accounts = { management: { deploymentRole: "Deploy" } };
    expect(watchedIn("management", { accounts }).deploymentRole).toBe("Deploy");
  });
});

test("roles and their boundary have the names of iam", () => {
  expect(watchedIn("workloads")).not.toHaveProperty("rolePrefix");
  expect(watchedIn("workloads")).not.toHaveProperty("roleBoundary");
  const iam = { path: "/x/", namePrefix: "c-" };
  expect(watchedIn("workloads", { iam })).toMatchObject({
    rolePrefix: "c-",
    roleBoundary: "x/c-trailwatch-boundary",
  });
  const boundaryOf = (permissionsBoundary: string) =>
    watchedIn("workloads", { iam: { ...iam, permissionsBoundary } }).roleBoundary;
  expect(boundaryOf("y/Own")).toBe("y/Own");
  expect(boundaryOf("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBe("ReadOnlyAccess");
});

test("a deployment role has the path of iam where stacks create it, and the account's rule chooses it", () => {
  const changes: OrganizationChanges = {
    iam: { path: "/x/", namePrefix: "c-" },
    deploymentRole: "Deploy",
    accountRules: [{ tag: { key: "stage" }, deploymentRole: "Stage" }],
    accounts: { workloads: { accountTags: { stage: "test" } } },
  };
  expect(watchedIn("workloads", changes).deploymentRole).toBe("Stage");
  expect(watchedIn("log-archive", changes).deploymentRole).toBe("Deploy");
  const deployment = { account: "log-archive", hcpTerraform: true };
  expect(watchedIn("workloads", { ...changes, deployment }).deploymentRole).toBe("x/Stage");
  expect(watchedIn("management", { ...changes, deployment }).deploymentRoles).toEqual(["x/Deploy", "x/Stage"]);
});

test("a deployment role that stacks create is Trailwatch's, whatever its name is", () => {
  const changes: OrganizationChanges = {
    names: { prefix: "secwatch" },
    iam: { namePrefix: "c-" },
    deploymentRole: "secwatch-deploy",
    accounts: { workloads: { deploymentRole: "Stage" }, "log-archive": { deploymentRole: "c-secwatch-deploy" } },
  };
  expect(watchedIn("workloads", changes)).not.toHaveProperty("chosenRoles");
  const ofCi = { ...changes, deployment: { account: "log-archive", hcpTerraform: true } };
  expect(watchedIn("workloads", ofCi).chosenRoles).toEqual(["Stage"]);
  expect(watchedIn("log-archive", ofCi)).not.toHaveProperty("chosenRoles");
  expect(watchedIn("management", ofCi).chosenRoles).toEqual(["Stage", "secwatch-deploy"]);
});

describe("the regions of the organization", () => {
  const regionsOf = (changes: OrganizationChanges = {}) => watchedIn("management", changes).regions;

  test("are watched if every account's feed delivers their events", () => {
    expect(regionsOf()?.watched).toEqual(["eu-west-1", "us-east-1"]);
    expect(regionsOf({ furtherRegions: ["us-west-2"] })?.watched).toEqual(["eu-west-1", "us-east-1", "us-west-2"]);
    expect(regionsOf()?.unwatched).toEqual(REGIONS.filter((region) => !["eu-west-1", "us-east-1"].includes(region)));
  });

  test("are all watched if every account has a trail", () => {
    const trail = { feed: "account-trail" } as const;
    const accounts = { "log-archive": trail, workloads: trail };
    expect(regionsOf({ accounts })).toEqual({ watched: REGIONS, unwatched: [] });
  });

  test("are known where the organization's events arrive", () => {
    expect(watchedIn("workloads").regions).toBeUndefined();
  });
});

test.each([
  ["as it is", {}, true],
  ["stricter", { severity: "critical" as const, threshold: 1 }, true],
  ["lowered", { severity: "low" as const }, false],
  ["with a higher threshold", { threshold: 2 }, false],
  ["with an ignore", { ignore: [{ field: "userAgent", equals: "x", reason: "a test" }] }, false],
  ["off", { enabled: false }, false],
])("a detection of all accounts stands in for another one: %s", (_how, settings, expected) => {
  const changed = testOrganization({ accounts: { management: { detections: { "member-silenced": settings } } } });
  const management = changed.accounts.find(({ role }) => role === "management");
  if (management === undefined) throw new Error("no management account");
  expect(watchedAccount(changed, management).organizationDetections?.includes("member-silenced")).toBe(expected);
});
