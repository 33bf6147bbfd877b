import { sqlCondition } from "../../../detections/athena/sql-condition";
import {
  all,
  any,
  compare,
  equals,
  exists,
  isTrue,
  matches,
  matchesRegex,
  not,
  oneOf,
} from "../../../detections/condition";
import type { Condition, Field } from "../../../detections/condition";
import { formOfPattern } from "../../../detections/verbatim-pattern";
import { normalForm } from "../../../detections/normal-form";

const sql = (condition: Condition): string => sqlCondition(normalForm(condition));
const VERSION = "requestParameters.version";
const SCALAR = "json_extract_scalar(requestparameters, '$.version')";
const TOKEN = "json_format(json_extract(requestparameters, '$.version'))";

describe("of a column of text", () => {
  test.each<[string, Condition, string]>([
    ["a text", equals("eventName", "GetSecretValue"), "eventname = 'GetSecretValue'"],
    ["a text with a quote", equals("userAgent", "it's"), "useragent = 'it''s'"],
    ["texts: a list", oneOf("eventName", ["A", "B"]), "eventname IN ('A', 'B')"],
    ["the beginning", matches("errorCode", "AccessDenied*"), "errorcode LIKE 'AccessDenied%'"],
    [
      "what LIKE takes for wildcards",
      matches("userAgent", "a_b%\\*"),
      String.raw`useragent LIKE 'a\_b\%\\%' ESCAPE '\'`,
    ],
    ["the same where nothing is a wildcard", equals("userAgent", "a_b%\\"), String.raw`useragent = 'a_b%\'`],
    ["any text", matches("userAgent", "*"), "useragent IS NOT NULL"],
    [
      "a regular expression, in Trino's words",
      matchesRegex("userAgent", "^a:.\\d{,2}$"),
      String.raw`regexp_like(useragent, '\Aa:[\s\S][0-9]{0,2}\z')`,
    ],
    [
      "one that is not found, or none",
      not(matchesRegex("userAgent", "a|b")),
      "useragent IS NULL OR NOT regexp_like(useragent, 'a|b')",
    ],
    ["presence", exists("errorCode"), "errorcode IS NOT NULL"],
    ["another text, or none", not(equals("errorCode", "x")), "errorcode IS NULL OR errorcode <> 'x'"],
    ["a text that does not fit", not(matches("errorCode", "x*")), "errorcode IS NULL OR errorcode NOT LIKE 'x%'"],
    ["a boolean, which it never holds", isTrue("errorCode"), "false"],
    ["a number, which it never holds", compare("errorCode", ">", 1), "false"],
    ["a boolean's column", isTrue("readOnly"), "readonly = 'true'"],
    ["a boolean's column and a text", equals("readOnly", "true"), "false"],
  ])("%s", (_name, condition, expected) => {
    expect(sql(condition)).toBe(expected);
  });
});

describe("within JSON", () => {
  test.each<[string, Condition, string]>([
    ["a text", equals(VERSION, "1"), `${SCALAR} = '1'`],
    [
      "a text that a boolean is called",
      equals(VERSION, "true"),
      `(${SCALAR} = 'true' AND ${TOKEN} NOT IN ('true', 'false'))`,
    ],
    [
      "presence, which a boolean has not",
      exists(VERSION),
      `(${SCALAR} IS NOT NULL AND ${TOKEN} NOT IN ('true', 'false'))`,
    ],
    ["absence, which null is not", not(exists(VERSION)), "json_extract(requestparameters, '$.version') IS NULL"],
    ["a boolean", isTrue(VERSION), `${TOKEN} = 'true'`],
    ["a number, which a text of digits is not", compare(VERSION, ">=", -1.5), `TRY_CAST(${TOKEN} AS DOUBLE) >= -1.5`],
    ["an element", equals("requestParameters.a[0].b", "x"), "json_extract_scalar(requestparameters, '$.a[0].b') = 'x'"],
  ])("%s", (_name, condition, expected) => {
    expect(sql(condition)).toBe(expected);
  });
});

test("of an array of structs, or of any element", () => {
  expect(sql(equals("resources[0].ARN", "x"))).toBe("element_at(resources, 1).arn = 'x'");
  expect(sql(equals("resources[*].ARN", "x"))).toBe("cardinality(filter(resources, element -> element.arn = 'x')) > 0");
  expect(sqlCondition(formOfPattern("{ $.resources[*].ARN NOT EXISTS }"))).toBe(
    "coalesce(cardinality(filter(resources, element -> NOT element.arn IS NULL)), 0) = 0",
  );
});

test("groups keep together", () => {
  const either = any(equals("eventName", "A"), exists("errorCode"));
  expect(sql(all(either, oneOf("eventSource", ["s", "t"]), exists("userAgent")))).toBe(
    "(eventname = 'A' OR errorcode IS NOT NULL) AND eventsource IN ('s', 't') AND useragent IS NOT NULL",
  );
});

test("the account's own id is read from the partition, where the query is about its events only", () => {
  const form = normalForm(
    all(equals("recipientAccountId", "111122223333"), matches("requestParameters.arn", "arn:aws:x:111122223333:a_*")),
  );
  expect(sqlCondition(form, "111122223333")).toBe(
    "recipientaccountid = account AND json_extract_scalar(requestparameters, '$.arn') LIKE " +
      String.raw`'arn:aws:x:' || account || ':a\_%' ESCAPE '\'`,
  );
});

test.each<[string, string]>([
  ["userIdentity.nobody", "'field' must be one that the trail's table in Athena has, got 'userIdentity.nobody'"],
  ["userIdentity.arn.deeper", "'field' must be one that the trail's table in Athena has"],
  ["requestParameters.a'b", "'field' must be names of letters"],
])("%s is refused", (field, message) => {
  const clause = { kind: "clause", field: field as Field, test: { kind: "present" } } as const;
  expect(() => sqlCondition(clause)).toThrow(message);
});

test("whether parameters are null or absent is refused: the table cannot tell", () => {
  expect(() => sqlCondition(formOfPattern("{ $.requestParameters NOT EXISTS }"))).toThrow(
    "'NOT EXISTS' must ask for a field within 'requestparameters'",
  );
});
