import { accountNamed, accountWithRole, forwardedRegions } from "../../organization/organization";
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

test.each([
  ["eu-west-1", "[]", ["us-east-1"]],
  ["eu-west-1", "[eu-north-1, eu-central-1]", ["eu-central-1", "eu-north-1", "us-east-1"]],
  ["us-east-1", "[eu-west-1]", ["eu-west-1"]],
])("from home region %s and further regions %s events are forwarded from %j", (home, further, expected) => {
  const text = `${ORGANIZATION.replace("eu-west-1", home)}furtherRegions: ${further}\n`;
  expect(forwardedRegions(load({ "organization.yaml": text }))).toEqual(expected);
});
