import { matchesRule } from "../../../organization/validation/matching-rules";

const member = { role: "member", accountTags: { env: "prod" } } as const;

test.each([
  // pattern, in it, not in it
  ["Workloads", "Workloads", "Workloads/Production"],
  ["Workloads/*", "Workloads/Production", "Workloads"],
  ["Workloads/*", "Workloads/Test", "Workloads/Test/Team"],
  ["Workloads/Prod*", "Workloads/Prod", "Workloads/prod"],
  ["Workloads/**", "Workloads", "Work"],
  ["Workloads/**", "Workloads/Production/EU", "Old/Workloads"],
  ["**/Production", "Workloads/EU/Production", "Production/EU"],
  ["**/Production", "Production", undefined],
  ["A/**/B/**", "A/x/B/y/z", "A/x/y"],
  ["R.D (new)", "R.D (new)", "RxD (new)"],
])("%s: '%s', but not '%s'", (ou, within, without) => {
  expect(matchesRule({ ou }, { ...member, organizationalUnit: within })).toBe(true);
  expect(matchesRule({ ou }, { ...member, organizationalUnit: without })).toBe(false);
});

test("'**' is every organizational unit, and the root", () => {
  expect(matchesRule({ ou: "**" }, member)).toBe(true);
});

test.each([
  [{ key: "env", value: "prod" }, true],
  [{ key: "env" }, true],
  [{ key: "env", value: "Prod" }, false],
  [{ key: "Env", value: "prod" }, false],
  [{ key: "constructor" }, false],
])("tag %j: %s", (tag, expected) => {
  expect(matchesRule({ tag }, member)).toBe(expected);
});

test("both must match where both are given", () => {
  const tag = { key: "env", value: "prod" };
  expect(matchesRule({ ou: "A", tag }, { ...member, organizationalUnit: "A" })).toBe(true);
  expect(matchesRule({ ou: "A", tag }, { ...member, organizationalUnit: "B" })).toBe(false);
  expect(matchesRule({ ou: "A", tag }, { ...member, organizationalUnit: "A", accountTags: {} })).toBe(false);
});

test.each(["management", "log-archive"] as const)("no rule is for %s", (role) => {
  expect(matchesRule({ ou: "**" }, { ...member, role })).toBe(false);
});
