import { allDetections } from "../../detections/catalogue";
import {
  all,
  any,
  call,
  compare,
  differs,
  equals,
  exists,
  isFalse,
  matches,
  matchesRegex,
  not,
  oneOf,
  type Condition,
} from "../../detections/condition";
import type { Detection, VerbatimDetection } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { briefInsightsQuery, insightsQuery } from "../../detections/insights-query";
import { secretDeletedAtOnce } from "../../detections/packs/secrets/secret-deleted-at-once";
import { insightsFilter } from "./insights-filter";

test("a query shows who did it, the newest first", () => {
  expect(insightsQuery(secretDeletedAtOnce, EXAMPLE_ACCOUNT, "$")).toBe(
    [
      "fields eventTime, eventName, userIdentity.arn, sourceIPAddress, errorCode, requestParameters.secretId",
      '| filter eventSource = "secretsmanager.amazonaws.com" and eventName = "DeleteSecret" and ' +
        "requestParameters.forceDeleteWithoutRecovery = 1 and not ispresent(errorCode)",
      "| sort @timestamp desc",
      "| limit 100",
    ].join("\n"),
  );
});

test("a query reads every field where the feed puts it", () => {
  expect(insightsQuery(secretDeletedAtOnce, EXAMPLE_ACCOUNT, "$.detail")).toBe(
    [
      "fields detail.eventTime, detail.eventName, detail.userIdentity.arn, detail.sourceIPAddress, detail.errorCode, " +
        "detail.requestParameters.secretId",
      '| filter detail.eventSource = "secretsmanager.amazonaws.com" and detail.eventName = "DeleteSecret" and ' +
        "detail.requestParameters.forceDeleteWithoutRecovery = 1 and not ispresent(detail.errorCode)",
      "| sort @timestamp desc",
      "| limit 100",
    ].join("\n"),
  );
});

describe("a condition becomes a filter", () => {
  test.each<[string, Condition, string]>([
    ["texts of one field: a list", oneOf("eventName", ["A", "B"]), 'eventName in ["A", "B"]'],
    ["one text", equals("errorCode", 'say "no"'), String.raw`errorCode = "say \"no\""`],
    ["the beginning", matches("errorCode", "AccessDenied*"), "errorCode like /^AccessDenied/"],
    ["the end", matches("sourceIPAddress", "*.amazonaws.com"), String.raw`sourceIPAddress like /\.amazonaws\.com$/`],
    ["the middle", matches("errorMessage", "*a/b*"), String.raw`errorMessage like /a\/b/`],
    ["both ends", matches("userAgent", "a*b"), "userAgent like /^a.*b$/"],
    ["any text", matches("userAgent", "*"), "ispresent(userAgent)"],
    [
      "a regular expression",
      matchesRegex("userAgent", "^a/.|\\d{,2}-[^a-c/]$"),
      String.raw`userAgent like /^a\/[\s\S]|[0-9]{0,2}-[^a-c\/]$/`,
    ],
    [
      "a regular expression that is not found, or none",
      not(matchesRegex("userAgent", "a")),
      "(not ispresent(userAgent) or userAgent not like /a/)",
    ],
    ["some element that is a star", equals("resources[*].ARN", "*"), String.raw`@message like /"\*"/`],
    ["presence", exists("errorCode"), "ispresent(errorCode)"],
    ["absence", not(exists("errorCode")), "not ispresent(errorCode)"],
    ["another text, or none", not(equals("errorCode", "x")), '(not ispresent(errorCode) or errorCode != "x")'],
    [
      "text that does not fit, or none",
      not(matches("userAgent", "x*")),
      "(not ispresent(userAgent) or userAgent not like /^x/)",
    ],
    ["another text", differs("userAgent", "x"), '(ispresent(userAgent) and userAgent != "x")'],
    ["some element with another text", differs("resources[*].ARN", "a*"), '@message like /"ARN"/'],
    ["a number in some element", compare("requestParameters.rule[*].days", "<=", 7), '@message like /"days"/'],
    ["a boolean", isFalse("readOnly"), "readOnly = 0"],
    ["a number", compare("requestParameters.days", "<", 7), "requestParameters.days < 7"],
    ["an element of an array", exists("resources[0].ARN"), "ispresent(resources.0.ARN)"],
    ["some element of an array", equals("resources[*].ARN", "a/b"), String.raw`@message like /"a\/b"/`],
    ["something in some element of an array", exists("resources[*].ARN"), '@message like /"ARN"/'],
    ["some element at all", exists("resources[*]"), "ispresent(resources.0)"],
    ["an unusual name", equals("requestParameters.x-y", "z"), '`requestParameters.x-y` = "z"'],
    [
      "alternatives, enclosed",
      any(all(equals("eventName", "A"), exists("errorCode")), equals("eventName", "B"), equals("eventName", "C")),
      '((eventName = "A" and ispresent(errorCode)) or eventName in ["B", "C"])',
    ],
  ])("%s", (_what, condition, filter) => {
    const query = insightsQuery(detectionOf(all(equals("eventSource", "s"), condition)), EXAMPLE_ACCOUNT, "$");
    expect(query?.split("\n")[1]).toBe(`| filter eventSource = "s" and ${filter}`);
  });

  test("several conditions are alternatives", () => {
    const detection = { ...secretDeletedAtOnce, condition: () => [equals("eventName", "A"), equals("eventName", "B")] };
    expect(insightsQuery(detection, EXAMPLE_ACCOUNT, "$")).toContain('| filter eventName in ["A", "B"]');
  });

  test("no condition, no query", () => {
    const detection = { ...secretDeletedAtOnce, condition: () => [] };
    expect(insightsQuery(detection, EXAMPLE_ACCOUNT, "$")).toBeUndefined();
    expect(briefInsightsQuery(detection, EXAMPLE_ACCOUNT, "$")).toBeUndefined();
  });
});

describe("a query shows", () => {
  test("three fields besides, in which the events differ", () => {
    const fields = ["requestParameters.a", "requestParameters.b", "userIdentity.type", "userAgent"] as const;
    const query = insightsQuery(detectionOf(all(...fields.map((field) => exists(field)))), EXAMPLE_ACCOUNT, "$");
    expect(query?.split("\n")[0]).toMatch(/errorCode, requestParameters\.a, requestParameters\.b, userIdentity\.type$/);
  });

  test("what the examples were about, and what went wrong", () => {
    const examples = { matches: [{ errorMessage: "no", requestParameters: { name: "x", days: 7 } }], nearMisses: [] };
    const query = insightsQuery({ ...secretDeletedAtOnce, examples }, EXAMPLE_ACCOUNT, "$");
    expect(query?.split("\n")[0]).toMatch(/errorCode, errorMessage, requestParameters\.name$/);
  });

  test("the account, where events of all accounts lie together", () => {
    const query = insightsQuery({ ...secretDeletedAtOnce, scope: "organization" }, EXAMPLE_ACCOUNT, "$");
    expect(query?.split("\n")[0]).toContain("recipientAccountId");
  });
});

describe("a verbatim pattern becomes a filter", () => {
  test.each([
    [
      '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
      "errorCode like /UnauthorizedOperation$/ or errorCode like /^AccessDenied/",
    ],
    [
      '{ ($.a.b = "x") && ($.c != "y") && ($.d NOT EXISTS) && ($.e IS TRUE) && $.f >= 3 }',
      'a.b = "x" and c != "y" and not ispresent(d) and e = 1 and f >= 3',
    ],
    [
      "{($.eventSource=organizations.amazonaws.com) && (($.eventName=A) || ($.eventName=B))}",
      'eventSource = "organizations.amazonaws.com" and eventName in ["A", "B"]',
    ],
    ["{ $.a = %^x% && $.b != %y|z% }", "a like /^x/ and b not like /y|z/"],
    ["{ $.a = 1 || $.b = 2 && $.c = 3 }", 'a = "1" or (b = "2" and c = "3")'],
  ])("%s", (pattern, filter) => {
    expect(insightsQuery(verbatim(pattern), EXAMPLE_ACCOUNT, "$")?.split("\n")[1]).toBe(`| filter ${filter}`);
  });

  test("a second pattern is an alternative", () => {
    expect(insightsQuery(verbatim("{ $.a = x }", "{ $.a = y }"), EXAMPLE_ACCOUNT, "$")).toContain(
      'filter a in ["x", "y"]',
    );
  });

  test.each(["ERROR", "{ $.a }", "{ $.a = }", "{ ($.a = x }", "{ $.a = x) }", "{ $.a = x y }"])(
    "%s is refused",
    (pattern) => {
      expect(() => insightsQuery(verbatim(pattern), EXAMPLE_ACCOUNT, "$")).toThrow("must be a JSON pattern");
    },
  );
});

describe("a brief query", () => {
  test.each<[string, Condition, string | undefined]>([
    ["has the events' names alone", all(call("kms", "DisableKey"), exists("errorCode")), 'eventName = "DisableKey"'],
    ["has those of all alternatives", any(call("kms", "A", "B"), call("s3", "B", "C")), 'eventName in ["A", "B", "C"]'],
    [
      "has wildcards of names",
      all(matches("eventName", "Delete*"), any(call("kms", "B", "C"), call("s3", "D")), exists("errorCode")),
      "eventName like /^Delete/",
    ],
    [
      "has names and wildcards",
      any(call("kms", "A", "B"), all(matches("eventName", "Delete*")), call("s3", "C")),
      'eventName in ["A", "B", "C"] or eventName like /^Delete/',
    ],
    ["is none where any name will do", any(call("kms", "A"), not(equals("eventName", "B"))), undefined],
    ["is none where an alternative has no name", any(call("kms", "A"), exists("errorCode")), undefined],
    ["is none without names", equals("userIdentity.type", "Root"), undefined],
  ])("%s", (_what, condition, filter) => {
    const query = briefInsightsQuery(detectionOf(condition), EXAMPLE_ACCOUNT, "$");
    expect(query?.split("\n")[1]).toBe(filter === undefined ? undefined : `| filter ${filter}`);
  });
});

describe.each(allDetections().map(({ detection }) => [detection.id, detection] as const))("of %s", (_id, detection) => {
  test.each(["$", "$.detail"] as const)("every example is found, at %s", (root) => {
    for (const queryOf of [insightsQuery, briefInsightsQuery]) {
      const query = queryOf(detection, EXAMPLE_ACCOUNT, root);
      if (query === undefined) continue;
      const found = insightsFilter(query);
      const events = detection.examples.matches.map((record) => (root === "$" ? record : { detail: record }));
      expect(events.filter((event) => !found(event))).toEqual([]);
    }
  });

  test("no near miss is found, unless some element of an array makes the difference", () => {
    const query = insightsQuery(detection, EXAMPLE_ACCOUNT, "$") ?? "";
    if ("patterns" in detection || query.includes("@message")) return;
    expect(detection.examples.nearMisses.filter(insightsFilter(query))).toEqual([]);
  });
});

function detectionOf(condition: Condition): Detection {
  return { ...secretDeletedAtOnce, condition };
}

function verbatim(...patterns: string[]): VerbatimDetection {
  const { examples, references, runbook } = secretDeletedAtOnce;
  const alarm = { severity: "low", threshold: 1, periodSeconds: 300, evaluationPeriods: 1, scope: "account" } as const;
  return { id: "verbatim", title: "", meaning: "", why: "", ...alarm, references, runbook, examples, patterns };
}
