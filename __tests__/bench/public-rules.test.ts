import { ELASTIC_RULES } from "../../bench/coverage/elastic-rules";
import { PANTHER_RULES } from "../../bench/coverage/panther-rules";
import type { PublicRule } from "../../bench/coverage/public-rule";
import { recordsOf } from "../../bench/coverage/replayed-call";
import { SIGMA_RULES } from "../../bench/coverage/sigma-rules";
import { allDetections } from "../../detections/catalogue";
import { conditionsFor } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { predicate } from "../../detections/predicate";

const collections: readonly [string, readonly PublicRule[]][] = [
  ["Sigma", SIGMA_RULES],
  ["Panther", PANTHER_RULES],
  ["Elastic", ELASTIC_RULES],
];

describe.each(collections)("%s", (_name, rules) => {
  test("has each rule once, and a call for each that a filter can express", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rules.filter(({ alertsOn }) => alertsOn.length === 0)).toEqual([]);
  });

  test("meets conditions of detections with three quarters of what a filter can express, in full", () => {
    const meets = allDetections().flatMap(({ pack, detection }) => {
      if (pack.id === "cis" || "patterns" in detection) return [];
      return conditionsFor(detection, EXAMPLE_ACCOUNT).map((condition) => predicate(condition));
    });
    const expressible = rules.flatMap(({ alertsOn }) => (typeof alertsOn === "string" ? [] : [alertsOn]));
    const seen = expressible.filter((calls) =>
      calls
        .flatMap((call) => recordsOf(call, EXAMPLE_ACCOUNT.id, EXAMPLE_ACCOUNT.homeRegion))
        .every((record) => meets.some((holds) => holds(record))),
    );
    expect(seen.length / expressible.length).toBeGreaterThanOrEqual(0.75);
  });
});
