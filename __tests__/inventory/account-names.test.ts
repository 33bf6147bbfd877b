import { namesFor } from "../../inventory/account-names";
import { accountName } from "../../organization/schema/fields";

const A = "111111111111";
const B = "222222222222";
const nameFor = (name: string, ...taken: string[]) => namesFor([{ id: A, name }], taken).get(A);

test.each([
  ["payments", "payments"],
  ["Payments (EU) 2", "payments-eu-2"],
  ["  --Ünïcode__x  ", "unicode-x"],
  ["42 Things", "account-42-things"],
  ["", `account-${A}`],
  ["日本", `account-${A}`],
  ["Account", `account-${A}`],
  ["organization", `organization-${A}`],
  ["a".repeat(40), "a".repeat(40)],
  ["a".repeat(41), "a".repeat(40)],
  [`${"a".repeat(39)} b`, "a".repeat(39)],
])("'%s' is called %s", (name, expected) => {
  expect(nameFor(name)).toBe(expected);
  expect(accountName.parse(expected)).toBe(expected);
});

test("a name that is taken gets the id behind it, and still fits", () => {
  expect(nameFor("Payments", "payments")).toBe(`payments-${A}`);
  expect(nameFor("Payments", "PAYMENTS")).toBe(`payments-${A}`);
  const long = nameFor("a".repeat(40), "a".repeat(40));
  expect(accountName.parse(long)).toBe(`${"a".repeat(27)}-${A}`);
});

test("accounts with the same name all get their ids, in any order", () => {
  const both = [
    { id: A, name: "Sandbox" },
    { id: B, name: "sandbox" },
  ];
  const expected = [`sandbox-${A}`, `sandbox-${B}`];
  expect([...namesFor(both, []).values()]).toEqual(expected);
  expect([...namesFor(both.reverse(), []).values()].sort()).toEqual(expected);
});
