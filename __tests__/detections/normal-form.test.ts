import {
  all,
  any,
  compare,
  differs,
  equals,
  exists,
  isFalse,
  isTrue,
  matches,
  matchesRegex,
  not,
  oneOf,
  type Condition,
} from "../../detections/condition";
import type { Field } from "../../detections/field";
import { ConditionError, normalForm, selectorRule, type NormalForm } from "../../detections/normal-form";
import { predicate } from "../../detections/predicate";

const A = equals("eventName", "A");
const B = equals("eventName", "B");
const C = equals("eventSource", "C");

const text = (field: Field, wildcard: string): NormalForm => ({
  kind: "clause",
  field,
  test: { kind: "text", wildcard },
});
const absent = (field: Field): NormalForm => ({ kind: "clause", field, test: { kind: "absent" } });

describe("groups", () => {
  test.each<[string, Condition, Condition]>([
    ["within groups of their kind are flat", all(all(A, C), all(exists("errorCode"))), all(A, C, exists("errorCode"))],
    ["of one are that one", any(all(A)), A],
    ["say nothing twice", any(A, B, A), any(A, B)],
    ["say nothing twice after flattening either", any(any(A, B), any(B)), any(A, B)],
    ["turn over when they are negated", not(any(A, C)), all(not(A), not(C))],
    ["turn over the other way, too", not(all(A, C)), any(not(A), not(C))],
    ["negated twice are as they were", not(not(all(A, any(B, C)))), all(A, any(B, C))],
  ])("%s", (_what, condition, same) => {
    expect(normalForm(condition)).toEqual(normalForm(same));
  });

  test("of the other kind stay together", () => {
    expect(normalForm(all(any(A, B), C))).toEqual({
      kind: "and",
      parts: [{ kind: "or", parts: [text("eventName", "A"), text("eventName", "B")] }, text("eventSource", "C")],
    });
  });

  test.each([all(), any(), not(all()), all(A, any())])("of nothing are refused: %j", (condition) => {
    expect(() => normalForm(condition)).toThrow("'all' and 'any' must hold at least one condition, got none");
  });
});

describe("a negation holds for a record that lacks the field", () => {
  const field = "requestParameters.x";
  test.each<[string, Condition, object]>([
    ["text", equals(field, "a"), { kind: "notText", wildcard: "a" }],
    ["a wildcard", matches(field, "a*"), { kind: "notText", wildcard: "a*" }],
    ["a regular expression", matchesRegex(field, "^a"), { kind: "notRegex", regex: "^a" }],
    ["a text with '*'", equals(field, "a*"), { kind: "notRegex", regex: "^a\\*$" }],
    ["true", isTrue(field), { kind: "boolean", value: false }],
    ["false", isFalse(field), { kind: "boolean", value: true }],
    [">", compare(field, ">", 1), { kind: "compare", operator: "<=", value: 1 }],
    [">=", compare(field, ">=", 1), { kind: "compare", operator: "<", value: 1 }],
    ["<", compare(field, "<", 1), { kind: "compare", operator: ">=", value: 1 }],
    ["<=", compare(field, "<=", 1), { kind: "compare", operator: ">", value: 1 }],
  ])("%s", (_what, condition, test) => {
    expect(normalForm(not(condition))).toEqual({
      kind: "or",
      parts: [absent(field), { kind: "clause", field, test }],
    });
  });

  test("another text", () => {
    expect(normalForm(not(differs(field, "a*")))).toEqual({ kind: "or", parts: [absent(field), text(field, "a*")] });
    expect(normalForm(differs(field, "a*"))).toEqual({
      kind: "clause",
      field,
      test: { kind: "notText", wildcard: "a*" },
    });
  });

  test("presence", () => {
    expect(normalForm(not(exists(field)))).toEqual(absent(field));
    expect(normalForm(exists(field))).toEqual({ kind: "clause", field, test: { kind: "present" } });
  });
});

describe("a field that another part requires", () => {
  const field = "awsRegion";
  const clause = (test: object) => ({ kind: "clause", field, test });

  test("is not tested for absence again", () => {
    expect(normalForm(all(exists(field), not(oneOf(field, ["a", "b"]))))).toEqual({
      kind: "and",
      parts: [
        clause({ kind: "present" }),
        clause({ kind: "notText", wildcard: "a" }),
        clause({ kind: "notText", wildcard: "b" }),
      ],
    });
  });

  test("keeps the other alternatives", () => {
    const [present, other] = [matches(field, "eu-*"), equals("eventName", "A")];
    expect(normalForm(all(present, any(not(exists(field)), other, equals(field, "x"))))).toEqual(
      normalForm(all(present, any(other, equals(field, "x")))),
    );
  });

  test("does not change what is impossible", () => {
    const impossible = all(exists("eventName"), exists(field), any(not(exists("eventName")), not(exists(field))));
    expect(predicate(impossible)({ eventName: "A", awsRegion: "b" })).toBe(false);
  });

  test("is tested for absence where no part requires it", () => {
    const record = { eventName: "A" };
    expect(predicate(all(equals("eventName", "A"), not(oneOf(field, ["a", "b"]))))(record)).toBe(true);
    expect(predicate(all(exists(field), not(oneOf(field, ["a", "b"]))))(record)).toBe(false);
  });
});

describe("what CloudWatch has no words for", () => {
  test("is a text with '*' that no regular expression can hold", () => {
    expect(() => normalForm(equals("eventName", "ä*"))).toThrow(
      new ConditionError("'equals' must compare with ASCII text where it holds '*', got 'ä*': use 'matches'"),
    );
  });

  test.each([Infinity, -Infinity, NaN])("is the number %d", (value) => {
    expect(() => normalForm(compare("requestParameters.days", "<", value))).toThrow(
      new ConditionError(`'compare' must compare with a finite number, got '${value}'`),
    );
  });

  test("is a field that cannot be selected", () => {
    expect(() => normalForm(exists("requestParameters.a b"))).toThrow(
      new ConditionError(
        "'field' must be names of letters, digits, '-' and '_' joined by '.', with [n] or [*] behind them, got 'requestParameters.a b'",
      ),
    );
  });

  test("is a negation about any element", () => {
    const some = equals("resources[*].ARN", "x");
    expect(() => normalForm(some)).not.toThrow();
    expect(() => normalForm(not(not(some)))).not.toThrow();
    expect(() => normalForm(not(all(A, some)))).toThrow("must hold no [*] where it is negated");
  });
});

describe("a selector", () => {
  test.each(["eventName", "requestParameters.a-b_c.d0", "resources[0].ARN", "resources[*].ARN", "resources[12]"])(
    "may be %s",
    (field) => {
      expect(selectorRule(field, false)).toBeUndefined();
    },
  );

  test.each(["", "a..b", ".a", "a.", "a b", 'a"b', "a[x]", "a[-1]", "a[0][1]", "a[]", "a.[0]", "$.a", "ä"])(
    "may not be '%s'",
    (field) => {
      expect(selectorRule(field, false)).toContain("be names of letters");
    },
  );

  test("may hold one [*], and none where it is negated", () => {
    expect(selectorRule("a[*].b", false)).toBeUndefined();
    expect(selectorRule("a[*].b[*]", false)).toBe("hold at most one [*]");
    expect(selectorRule("a[*].b", true)).toBe("hold no [*] where it is negated: CloudWatch means some element");
    expect(selectorRule("a[0].b", true)).toBeUndefined();
  });
});
