import type { WatchedAccount } from "../../detections/detection";
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
    watchedSecrets: ["MyProjectSecrets"],
    archiveBuckets: [],
    deploymentRole: "OrganizationAccountAccessRole",
  });
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
  expect(watchedIn("log-archive").archiveBuckets).toEqual(["example-archive", "example-archive-access-logs"]);
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
