import * as fc from "fast-check";

import { any, equals, type Condition } from "../../detections/condition";
import type { Field } from "../../detections/field";
import { filterPatterns, type RecordRoot } from "../../detections/filter-pattern";
import { ConditionError } from "../../detections/normal-form";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { compileFilterPattern, type FilterPattern } from "../../signals";
import { arbitraryCondition, arbitraryLeaf, number, text, WORDS } from "./fixtures/arbitrary-conditions";

/** Few names, so that conditions and records meet. */
const FIELDS: readonly Field[] = [
  "eventName",
  "errorCode",
  "readOnly",
  "userIdentity.type",
  "userIdentity.x.y",
  "requestParameters.list[0]",
  "requestParameters.list[1].key",
  "requestParameters.list[*]",
  "requestParameters.list[*].key",
  "responseElements.__proto__",
];
const leaf = arbitraryLeaf(FIELDS);
const condition = arbitraryCondition(FIELDS);

const scalar = fc.oneof(fc.constantFrom(...WORDS, 0, 1, 1.5, -1, 1e21, 1e-7, true, false, null), text, number);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(fc.constantFrom("key", "x"), scalar));
const list = fc.oneof(
  scalar,
  fc.array(fc.oneof(value, fc.record({ key: scalar }, { requiredKeys: [] })), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("0", "1", "k"), fc.oneof(scalar, fc.record({ key: scalar }))),
);
const record: fc.Arbitrary<CloudTrailRecord> = fc
  .record(
    {
      eventName: value,
      errorCode: value,
      readOnly: value,
      userIdentity: fc.oneof(
        value,
        fc.record({ type: value, x: fc.oneof(value, fc.record({ y: value })) }, { requiredKeys: [] }),
      ),
      requestParameters: fc.oneof(value, fc.record({ list }, { requiredKeys: [] })),
      responseElements: fc.oneof(value, fc.constantFrom('{"__proto__":"a"}', '{"__proto__":1.5}').map(parse)),
    },
    { requiredKeys: [] },
  )
  // As it arrives: JSON knows neither infinity nor a negative zero.
  .map((fields) => parse(JSON.stringify(fields)) as CloudTrailRecord);

function parse(json: string): unknown {
  return JSON.parse(json);
}

/** The condition's patterns; undefined where CloudWatch has no words for it. */
function patternsOf(condition: Condition, root: RecordRoot): readonly FilterPattern[] | undefined {
  let patterns: readonly string[];
  try {
    patterns = filterPatterns(condition, root);
  } catch (error) {
    expect(error).toBeInstanceOf(ConditionError);
    return undefined;
  }
  return patterns.map((pattern) => compileFilterPattern(pattern));
}

/** How many of the patterns count the record. */
function count(patterns: readonly FilterPattern[], record: CloudTrailRecord, root: RecordRoot): number {
  const message = JSON.stringify(root === "$" ? record : { id: "x", detail: record });
  return patterns.filter((pattern) => pattern.matches(message)).length;
}

describe.each(["$", "$.detail"] as const)("a condition at %s", (root) => {
  it("says what its filter pattern says, of any record", () => {
    let said = 0;
    fc.assert(
      fc.property(condition, fc.array(record, { minLength: 1, maxLength: 6 }), (asked, records) => {
        const patterns = patternsOf(asked, root);
        if (patterns === undefined) return;
        said += 1;
        const holds = predicate(asked);
        for (const one of records) expect(count(patterns, one, root)).toBe(Number(holds(one)));
      }),
      { numRuns: 80 },
    );
    expect(said).toBeGreaterThan(20);
  });

  it("counts a record once, when a long list of operations is divided", () => {
    const operation = fc.constantFrom(...Array.from({ length: 40 }, (_, index) => `ListSomethingRatherLong${index}`));
    const rest = fc.option(leaf, { nil: undefined });
    fc.assert(
      fc.property(fc.array(operation, { minLength: 15, maxLength: 80 }), rest, (operations, other) => {
        const names = any(...operations.map((name) => equals("eventName", name)));
        const asked: Condition = other === undefined ? names : { kind: "all", conditions: [names, other] };
        const patterns = patternsOf(asked, root);
        if (patterns === undefined) return;
        const holds = predicate(asked);
        for (const eventName of new Set(operations)) {
          expect(count(patterns, { eventName }, root)).toBe(Number(holds({ eventName })));
        }
      }),
      { numRuns: 20 },
    );
  });
});
