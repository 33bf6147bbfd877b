import { compileFilterPattern } from "../../../../signals";

/** Long enough that anything worse than linear would take minutes, and the test runner would give up. */
const LONG = 50_000;

it.each([
  ["nested repetitions", "%a*a*a*a*a*a*a*b%", "a".repeat(LONG)],
  ["optional repetitions", "%^a{,20}a{20}a*$%", `${"a".repeat(LONG)}b`],
  ["an expression that starts anywhere", "%.*.*=.*%", "x".repeat(LONG)],
  ["many wildcards", '{ $.a = "*a*a*a*a*a*a*a*b" }', JSON.stringify({ a: "a".repeat(LONG) })],
  ["wildcards around nearly the same", '{ $.a = "*aaaaaab*aaaaaab" }', JSON.stringify({ a: "a".repeat(LONG) })],
  ["brackets that never close", "[a, ..., z = x]", "[a ".repeat(LONG)],
  ["quotes that close only at the end", '[a, ..., z = "x"]', '"a '.repeat(LONG)],
  ["closing brackets within words", "[a, ..., z = x]", "[a]a ".repeat(LONG)],
  ["blanks", "[a = x]", " \t".repeat(LONG)],
  ["digits", "{ $.a = x }", `{"a":${"1".repeat(LONG)}}`],
  ["many numbers", "{ $.a = x }", `{"a":[${"1.0,".repeat(LONG)}1]}`],
  ["backslashes", "{ $.a = x }", JSON.stringify({ a: "\\".repeat(LONG), b: "1 1.0" })],
  ["objects within objects", "{ $.a = x }", `${'{"a":'.repeat(LONG)}1.0${"}".repeat(LONG)}`],
  ["arrays within arrays", "{ $.a[0][0] = x }", `{"a":${"[".repeat(LONG)}1.0${"]".repeat(LONG)}}`],
  ["brackets that are not JSON", "{ $.a = x }", `{"a":${"[".repeat(LONG)}`],
])("%s", (_name, pattern, message) => {
  expect(compileFilterPattern(pattern).matches(message)).toBe(false);
});

it("deep parentheses and many clauses compile", () => {
  expect(compileFilterPattern(`{${"(".repeat(500)}$.a=1${")".repeat(500)}}`).toString()).toBe("{ $.a = 1 }");
  const clauses = Array.from({ length: 128 }, () => "$.a=1").join("||");
  expect(compileFilterPattern(`{${clauses}}`).matches('{"a":1}')).toBe(true);
});
