import {
  all,
  any,
  call,
  equals,
  exists,
  matchesRegex,
  isFalse,
  matches,
  not,
  oneOf,
  type Condition,
} from "../../detections/condition";
import { coversOf } from "../../detections/event-cover";

const covers = (condition: Condition) => coversOf(condition).map((cover) => Object.fromEntries(cover));

test.each<[string, Condition, object[]]>([
  ["a source", equals("eventSource", "kms.amazonaws.com"), [{ eventSource: ["kms.amazonaws.com"] }]],
  [
    "operations of a source: one cover",
    call("kms", "A", "B"),
    [{ eventSource: ["kms.amazonaws.com"], eventName: ["A", "B"] }],
  ],
  ["an error", equals("errorCode", "AccessDenied"), [{ errorCode: ["AccessDenied"] }]],
  ["a kind of user", equals("userIdentity.type", "Root"), [{ "userIdentity.type": ["Root"] }]],
  [
    "what narrows an operation is left out, where EventBridge need not know",
    all(call("kms", "A"), equals("requestParameters.keyId", "x"), exists("errorMessage")),
    [{ eventSource: ["kms.amazonaws.com"], eventName: ["A"] }],
  ],
  [
    "what is excluded is let through, rather than lost",
    all(call("kms", "A"), not(equals("userIdentity.type", "Root"))),
    [{ eventSource: ["kms.amazonaws.com"], eventName: ["A"] }],
  ],
  [
    "a principal, and what it changes",
    all(isFalse("readOnly"), equals("userIdentity.arn", "arn:x")),
    [{ readOnly: [false], "userIdentity.arn": ["arn:x"] }],
  ],
  [
    "alternatives of two sources",
    any(call("kms", "A"), call("iam", "B")),
    [
      { eventSource: ["kms.amazonaws.com"], eventName: ["A"] },
      { eventSource: ["iam.amazonaws.com"], eventName: ["B"] },
    ],
  ],
  [
    "alternatives of one source, each name once",
    any(call("kms", "A", "B"), call("kms", "B", "C")),
    [{ eventSource: ["kms.amazonaws.com"], eventName: ["A", "B", "C"] }],
  ],
  [
    "a choice within each of two fields: every pair",
    all(oneOf("eventSource", ["a", "b"]), oneOf("eventName", ["X", "Y"])),
    [{ eventSource: ["a", "b"], eventName: ["X", "Y"] }],
  ],
  ["what is about no telling field: everything", equals("sourceIPAddress", "10.0.0.1"), [{}]],
  ["an alternative that is: everything too", any(call("kms", "A"), exists("errorMessage")), [{}]],
  ["a regular expression: everything", matchesRegex("eventName", "^A$"), [{}]],
  [
    "a regular expression within a call: the call",
    all(call("kms", "A"), matchesRegex("errorCode", "x"), equals("userIdentity.type", "*")),
    [{ eventSource: ["kms.amazonaws.com"], eventName: ["A"] }],
  ],
  ["a negation: everything", not(equals("eventName", "A")), [{}]],
  ["presence alone: everything", exists("errorCode"), [{}]],
])("%s", (_what, condition, expected) => {
  expect(covers(condition)).toEqual(expected);
});

describe("a wildcard is, for EventBridge,", () => {
  test.each<[string, unknown]>([
    ["Delete*", { prefix: "Delete" }],
    ["*Denied", { suffix: "Denied" }],
    ["*Unauthorized*", { wildcard: "*Unauthorized*" }],
    ["Put*Policy", { wildcard: "Put*Policy" }],
    ["*", { wildcard: "*" }],
    // It refuses two in a row.
    ["**", { wildcard: "*" }],
    ["Delete**", { prefix: "Delete" }],
    ["a**b", { wildcard: "a*b" }],
    // Only within a wildcard is a backslash an escape.
    ["a\\*b", { wildcard: "a\\\\*b" }],
    ["a\\*", { prefix: "a\\" }],
    ["*\\a", { suffix: "\\a" }],
    ["plain", "plain"],
  ])("%s: %j", (wildcard, matcher) => {
    expect(covers(matches("errorCode", wildcard))).toEqual([{ errorCode: [matcher] }]);
  });
});
