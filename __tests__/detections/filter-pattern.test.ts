import {
  all,
  any,
  call,
  compare,
  equals,
  exists,
  isFalse,
  isTrue,
  matches,
  matchesRegex,
  not,
  oneOf,
  succeeded,
  type Condition,
} from "../../detections/condition";
import { filterPatterns } from "../../detections/filter-pattern";
import { ConditionError } from "../../detections/normal-form";
import { compileFilterPattern } from "../../signals";

const A = equals("eventName", "A");
const B = equals("eventName", "B");
const C = equals("eventSource", "C");

/** How many of a condition's filters count a record. */
function counter(condition: Condition): (record: object) => number {
  const patterns = filterPatterns(condition, "$").map((text) => compileFilterPattern(text));
  return (record) => patterns.filter((pattern) => pattern.matches(JSON.stringify(record))).length;
}

const counts = (condition: Condition, record: object) => counter(condition)(record);

test.each<[string, Condition, string]>([
  ["text", A, '$.eventName = "A"'],
  ["a wildcard", matches("userAgent", "*boto*"), '$.userAgent = "*boto*"'],
  ["a regular expression", matchesRegex("eventName", "^Get.*\\d$"), String.raw`$.eventName = %^Get.*\d$%`],
  ["a star as itself", equals("requestParameters.a", "* 5%"), String.raw`$.requestParameters.a = %^\*\x205\x25$%`],
  [
    "text that a regular expression is not found in, or none",
    not(matchesRegex("eventName", "^Get")),
    "$.eventName NOT EXISTS || $.eventName != %^Get%",
  ],
  ["presence", exists("errorCode"), '$.errorCode = "*"'],
  ["absence", succeeded(), "$.errorCode NOT EXISTS"],
  ["true", isTrue("requestParameters.force"), "$.requestParameters.force IS TRUE"],
  ["false", isFalse("requestParameters.force"), "$.requestParameters.force IS FALSE"],
  ["a number", compare("requestParameters.days", "<=", 7.5), "$.requestParameters.days <= 7.5"],
  ["a negative number", compare("requestParameters.days", ">", -1), "$.requestParameters.days > -1"],
  ["an element", equals("resources[0].ARN", "x"), '$.resources[0].ARN = "x"'],
  ["any element", equals("resources[*].ARN", "x"), '$.resources[*].ARN = "x"'],
  ["another text, or none", not(A), '$.eventName NOT EXISTS || $.eventName != "A"'],
  ["quotes", equals("userAgent", 'say "a"'), String.raw`$.userAgent = "say \"a\""`],
  ["backslashes", equals("userAgent", "c:\\a\\"), String.raw`$.userAgent = "c:\\a\\"`],
  ["a call", call("kms", "DisableKey"), '$.eventSource = "kms.amazonaws.com" && $.eventName = "DisableKey"'],
  [
    "'any' within 'all', enclosed",
    all(any(A, B), C),
    '($.eventName = "A" || $.eventName = "B") && $.eventSource = "C"',
  ],
  [
    "'all' within 'any', enclosed",
    any(all(A, C), B),
    '($.eventName = "A" && $.eventSource = "C") || $.eventName = "B"',
  ],
  [
    "a negation within 'all', enclosed",
    all(C, not(A)),
    '$.eventSource = "C" && ($.eventName NOT EXISTS || $.eventName != "A")',
  ],
])("%s", (_what, condition, text) => {
  expect(filterPatterns(condition, "$")).toEqual([`{ ${text} }`]);
  expect(filterPatterns(condition, "$.detail")).toEqual([`{ ${text.replaceAll("$.", "$.detail.")} }`]);
});

describe("what is excluded", () => {
  const condition = all(C, not(equals("userIdentity.arn", "x")));

  test.each<[string, object, number]>([
    ["does not count", { eventSource: "C", userIdentity: { arn: "x" } }, 0],
    ["takes no other with it", { eventSource: "C", userIdentity: { arn: "y" } }, 1],
    ["takes none with it that lacks the field", { eventSource: "C", userIdentity: {} }, 1],
    ["nor one that lacks all around it", { eventSource: "C" }, 1],
  ])("%s", (_what, record, expected) => {
    expect(counts(condition, record)).toBe(expected);
  });
});

test.each(['say "a"', "c:\\a\\", "\\", '"', '\\"', "a%b", "é", "{ }", "*", "a*b", " ^*.[$]|-\\(%){1}\n"])(
  "text stands for itself: %s",
  (text) => {
    expect(counts(equals("userAgent", text), { userAgent: text })).toBe(1);
    expect(counts(equals("userAgent", text), { userAgent: `${text}x` })).toBe(0);
  },
);

test("a boolean is not the text of one", () => {
  expect(counts(isTrue("requestParameters.force"), { requestParameters: { force: true } })).toBe(1);
  expect(counts(isTrue("requestParameters.force"), { requestParameters: { force: "true" } })).toBe(0);
});

describe("limits", () => {
  const long = (length: number) => equals("userAgent", "x".repeat(length - '{ $.userAgent = "" }'.length));

  test("1,024 characters fit, one more does not", () => {
    expect(filterPatterns(long(1024), "$").map(({ length }) => length)).toEqual([1024]);
    expect(() => filterPatterns(long(1025), "$")).toThrow(
      new ConditionError("a filter pattern must be at most 1024 characters, got '1025'"),
    );
  });

  test("the feed's root counts among them", () => {
    expect(() => filterPatterns(long(1024), "$.detail")).toThrow("got '1031'");
  });

  test("three wildcards fit, four do not, in one text or in several", () => {
    expect(filterPatterns(matches("userAgent", "*a*b*"), "$")).toHaveLength(1);
    for (const condition of [
      matches("userAgent", "*a*b*c*"),
      all(matches("userAgent", "*a*b"), matches("errorMessage", "*c*")),
    ]) {
      expect(() => filterPatterns(condition, "$")).toThrow(
        new ConditionError("a filter pattern must hold at most 3 '*', got '4'"),
      );
    }
  });

  test("asking for presence, or for any element, costs a wildcard", () => {
    const two = matches("userAgent", "*a*");
    expect(filterPatterns(all(two, exists("errorCode")), "$")).toHaveLength(1);
    expect(() => filterPatterns(all(two, exists("errorCode"), exists("errorMessage")), "$")).toThrow("got '4'");
    expect(() => filterPatterns(all(two, exists("errorCode"), equals("resources[*].ARN", "x")), "$")).toThrow(
      "got '4'",
    );
  });
});

describe("regular expressions", () => {
  const some = (...regexes: string[]) => all(...regexes.map((regex) => matchesRegex("userAgent", regex)));

  test("two fit into a pattern, three do not", () => {
    expect(filterPatterns(some("a", "b"), "$")).toHaveLength(1);
    expect(() => filterPatterns(all(some("a", "b"), equals("errorMessage", "*")), "$")).toThrow(
      new ConditionError("a filter pattern must hold at most 2 regular expressions, got '3'"),
    );
  });

  test("a repetition is no wildcard", () => {
    expect(filterPatterns(all(some("a*b*", "c*d*"), matches("errorMessage", "*a*b*")), "$")).toHaveLength(1);
  });

  test.each([
    ["(a|b)", "'(' must not stand here"],
    ["a%", "'%' must not stand here"],
    ["é", "'é' must not stand here"],
    ["", "must not be empty"],
    ["a|", "must not be empty"],
    ["[a", "'[' must be closed"],
    ["a b", "must write a blank as '\\x20'"],
  ])("CloudWatch's alone are accepted: %s", (regex, message) => {
    expect(() => filterPatterns(some(regex), "$")).toThrow(ConditionError);
    expect(() => filterPatterns(some(regex), "$")).toThrow(message);
    expect(() => filterPatterns(not(some(regex)), "$")).toThrow(message);
  });
});

describe("a list of operations that is too long for one pattern", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `DescribeSomething${index}`);
  const patternsOf = (count: number, ...rest: Condition[]) =>
    filterPatterns(all(oneOf("eventName", names(count)), ...rest), "$");

  test("is divided in as few halves as it takes", () => {
    expect(patternsOf(29)).toHaveLength(1);
    expect(patternsOf(30)).toHaveLength(2);
    expect(patternsOf(100).length).toBeGreaterThan(2);
    for (const pattern of patternsOf(100)) expect(pattern.length).toBeLessThanOrEqual(1024);
  });

  test("counts each event by one of the patterns, and no other event by any", () => {
    const count = counter(all(C, oneOf("eventName", names(100))));
    expect(names(100).map((eventName) => count({ eventSource: "C", eventName }))).toEqual(names(100).map(() => 1));
    expect(count({ eventSource: "C", eventName: "DescribeSomething100" })).toBe(0);
    expect(count({ eventSource: "D", eventName: "DescribeSomething1" })).toBe(0);
  });

  test("loses the blanks beside operators first, and none within texts", () => {
    const spaced = equals("userAgent", 'a = "b" && (c) || d');
    const [short = ""] = patternsOf(10, spaced, succeeded(), isTrue("readOnly"));
    const [long = "", ...others] = patternsOf(26, spaced, succeeded(), isTrue("readOnly"));
    expect(others).toEqual([]);
    expect(short).toContain('$.userAgent = "a = \\"b\\" && (c) || d" && $.errorCode NOT EXISTS && $.readOnly IS TRUE');
    expect(long).toContain('$.userAgent="a = \\"b\\" && (c) || d"&&$.errorCode NOT EXISTS && $.readOnly IS TRUE');
  });

  test("has the rest of the condition in each pattern", () => {
    const patterns = patternsOf(60, C, succeeded());
    expect(patterns.length).toBeGreaterThan(1);
    for (const pattern of patterns) {
      expect(pattern).toMatch(/\$\.eventSource ?= ?"C"/);
      expect(pattern).toContain("$.errorCode NOT EXISTS");
    }
  });

  test("is not divided by a name that is said twice", () => {
    const twice = counter(oneOf("eventName", [...names(40), ...names(40)]));
    expect(names(40).map((eventName) => twice({ eventName }))).toEqual(names(40).map(() => 1));
  });

  test.each<[string, Condition]>([
    ["of another field", oneOf("userAgent", names(60))],
    [
      "with a wildcard in it, which could match two",
      any(matches("eventName", "Describe*"), oneOf("eventName", names(60))),
    ],
    ["among other alternatives", any(exists("errorCode"), oneOf("eventName", names(60)))],
    ["of operations not meant", not(oneOf("eventName", names(60)))],
  ])("is refused where dividing could count twice: %s", (_what, condition) => {
    expect(() => filterPatterns(condition, "$")).toThrow("a filter pattern must be at most 1024 characters");
  });

  test("is divided by wildcards that share no operation, and each event counts once", () => {
    const both = any(
      all(matches("eventName", "Delete*Log"), equals("userAgent", "x".repeat(700))),
      all(matches("eventName", "Put*"), equals("errorMessage", "x".repeat(700))),
    );
    expect(filterPatterns(both, "$")).toHaveLength(2);
    const count = counter(both);
    const event = { userAgent: "x".repeat(700), errorMessage: "x".repeat(700) };
    const operations = ["DeleteLog", "DeleteFlowLog", "PutLog", "DeleteLogs", "GetLog"];
    expect(operations.map((eventName) => count({ ...event, eventName }))).toEqual([1, 1, 1, 0, 0]);
  });

  test("is not divided by a wildcard that another alternative's operation meets", () => {
    const shared = any(
      all(matches("eventName", "Delete*"), equals("userAgent", "x".repeat(700))),
      all(equals("eventName", "DeleteLog"), equals("errorMessage", "x".repeat(700))),
    );
    expect(() => filterPatterns(shared, "$")).toThrow("a filter pattern must be at most 1024 characters");
  });

  test("cannot make room for a rest that is too long by itself", () => {
    const rest = equals("userAgent", "x".repeat(1024));
    expect(() => patternsOf(5, rest)).toThrow("a filter pattern must be at most 1024 characters");
  });
});
