import { accountNamed, accountWithRole, forwardedRegions, unwatchedRegions } from "../../organization/organization";
import { ORGANIZATION, load } from "./accounts-folder";

test("accounts are found by name and by role", () => {
  const organization = load();
  expect(accountNamed(organization, "workloads").id).toBe("333344445555");
  expect(accountWithRole(organization, "log-archive").id).toBe("222233334444");
});

test.each([
  ["nobody", "there are log-archive, management, workloads"],
  ["worklods", "did you mean 'workloads'?"],
])("an account '%s' is not found: %s", (name, hint) => {
  expect(() => accountNamed(load(), name)).toThrow(
    `'account' must name an account of the organization, got '${name}'; ${hint}`,
  );
});

test("no events are forwarded from omitted regions, and none of their accounts watches them", () => {
  const omitted = "furtherRegions: [eu-central-1]\nomittedRegions: [{ region: us-east-1, reason: denied }]\n";
  const organization = load({ "organization.yaml": ORGANIZATION + omitted });
  expect(forwardedRegions(organization)).toEqual(["eu-central-1"]);
  expect(unwatchedRegions(organization, { feed: "event-bus" })).toContain("us-east-1");
  expect(unwatchedRegions(organization, { feed: "account-trail" })).toEqual([]);
});

test.each([
  ["eu-west-1", "[]", ["us-east-1"]],
  ["eu-west-1", "[eu-north-1, eu-central-1]", ["eu-central-1", "eu-north-1", "us-east-1"]],
  ["us-east-1", "[eu-west-1]", ["eu-west-1"]],
])("from home region %s and further regions %s events are forwarded from %j", (home, further, expected) => {
  const text = `${ORGANIZATION.replace("eu-west-1", home)}furtherRegions: ${further}\n`;
  expect(forwardedRegions(load({ "organization.yaml": text }))).toEqual(expected);
});
