import { accountNamed, accountWithRole, forwardedRegions, hasSomethingToWatch } from "../../organization/organization";
import { MEMBER, ORGANIZATION, load } from "./accounts-folder";

test("accounts are found by name and by role", () => {
  const organization = load();
  expect(accountNamed(organization, "workloads").id).toBe("333344445555");
  expect(accountWithRole(organization, "log-archive").id).toBe("222233334444");
  expect(() => accountNamed(organization, "nobody")).toThrow(
    "'account' must name an account of the organization, got 'nobody'",
  );
});

test.each([
  ["eu-west-1", "[]", ["us-east-1"]],
  ["eu-west-1", "[eu-north-1, eu-central-1]", ["eu-central-1", "eu-north-1", "us-east-1"]],
  ["us-east-1", "[eu-west-1]", ["eu-west-1"]],
])("from home region %s and further regions %s events are forwarded from %j", (home, further, expected) => {
  const text = `${ORGANIZATION.replace("eu-west-1", home)}furtherRegions: ${further}\n`;
  expect(forwardedRegions(load({ "organization.yaml": text }))).toEqual(expected);
});

test.each([
  ["", false],
  ["secrets: { create: [{ name: A }] }", true],
  ["secrets: { watch: [a] }", true],
])("an account with '%s' has something to watch: %s", (line, expected) => {
  const organization = load({ "workloads.yaml": `${MEMBER}${line}\n` });
  expect(hasSomethingToWatch(accountNamed(organization, "workloads"))).toBe(expected);
});
