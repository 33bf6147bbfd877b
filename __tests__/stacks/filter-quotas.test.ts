import { equals, matches, matchesRegex, not, type Condition } from "../../detections/condition";
import { filterPatterns, holdsRegex } from "../../detections/filter-pattern";
import type { CompiledDetection } from "../../stacks/compiled-detection";
import { exceeded, existingGroupOf, FILTER_QUOTAS } from "../../stacks/filter-quotas";
import { tunedDetection } from "../support/detections";
import { testOrganization } from "../support/organization";

const compiled = (id: string, ...conditions: readonly Condition[]): CompiledDetection =>
  ({
    detection: { ...tunedDetection("root-use"), id },
    pack: { id: id.slice(0, 1) },
    filterPatterns: conditions.flatMap((condition) => filterPatterns(condition, "$.detail")),
  }) as unknown as CompiledDetection;

const problems = (...all: readonly CompiledDetection[]) =>
  FILTER_QUOTAS.flatMap((quota) => exceeded(quota, all, { name: "payments", feed: "event-bus" }) ?? []);

test.each<[Condition, boolean]>([
  [matchesRegex("userAgent", "^a"), true],
  [not(matchesRegex("userAgent", "a")), true],
  [equals("userAgent", "*"), true],
  [equals("userAgent", "100%"), false],
  [equals("userAgent", '"%a%" \\'), false],
  [matches("userAgent", '%"*%'), false],
])("a pattern holds a regular expression: %j %s", (condition, expected) => {
  expect(filterPatterns(condition, "$").map(holdsRegex)).toEqual([expected]);
});

test("a log group takes five filters with regular expressions, however many each holds", () => {
  const filter = matchesRegex("userAgent", "a");
  const five = [compiled("one", filter, filter), compiled("plain", equals("userAgent", "%")), compiled("two", filter)];
  const more = compiled("three", not(filter), equals("userAgent", "*"));
  expect(problems(...five, more)).toEqual([]);
  expect(problems(...five, more, compiled("four", filter))).toEqual([
    "a log group takes 5 metric filters with regular expressions, and account 'payments' (feed 'event-bus') needs 6 " +
      "('one' 2, 'three' 2, 'two' 1, 'four' 1): turn one of them off, or ignore addresses by a " +
      "prefix length that needs no regular expression, such as /24",
  ]);
});

test("and 100 in all", () => {
  const filter = equals("userAgent", "a");
  expect(problems(compiled("many", ...Array.from({ length: 100 }, () => filter)))).toEqual([]);
  expect(problems(compiled("many", ...Array.from({ length: 101 }, () => filter)))).toEqual([
    expect.stringMatching(
      /^a log group takes 100 metric filters, and account 'payments' \(feed 'event-bus'\) needs 101 \('many' 101\): turn/,
    ),
  ]);
});

test("filters of others on an existing log group are named", () => {
  const filter = equals("userAgent", "a");
  const many = compiled("many", ...Array.from({ length: 101 }, () => filter));
  const of = (feed: "organization-trail" | "event-bus") => {
    const organization = testOrganization({ trail: { existing: { name: "audit", logGroup: "audit/logs" } } });
    return FILTER_QUOTAS.flatMap(
      (quota) => exceeded(quota, [many], { name: "management", feed }, existingGroupOf(organization, { feed })) ?? [],
    )[0];
  };
  expect(of("organization-trail")).toMatch(
    /; filters of others on audit\/logs, such as a second installation's, count too$/,
  );
  expect(of("event-bus")).not.toContain("others on");
});
