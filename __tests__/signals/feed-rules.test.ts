import * as fc from "fast-check";

import type { Condition } from "../../detections/condition";
import { eventPatterns } from "../../detections/event-pattern";
import type { Field } from "../../detections/field";
import { ConditionError } from "../../detections/normal-form";
import { predicate } from "../../detections/predicate";
import { compileEventPattern, type CompiledEventPattern } from "../../signals";

/** The fields by which a feed's rule tells events apart, and one by which it does not. */
const field = fc.constantFrom<Field>("eventSource", "eventName", "errorCode", "userIdentity.type", "sourceIPAddress");
const text = fc.constantFrom("", "a", "ab", "b", "ba", "a\\", "\\", "aXb", "a\\xb");
const wildcard = fc.constantFrom("*", "a*", "*b", "a*b", "*a*", "**", "*\\*", "a**b", "\\*", "*a\\*b", "ab");

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant("equals" as const), field, value: text }),
  fc.record({ kind: fc.constant("matches" as const), field, wildcard }),
  fc.record({ kind: fc.constant("exists" as const), field }),
);

const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constant("not" as const), condition: tie("any") }),
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      conditions: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).any;

const record = fc.record(
  {
    eventSource: text,
    eventName: text,
    errorCode: text,
    sourceIPAddress: text,
    userIdentity: fc.record({ type: text }),
  },
  { requiredKeys: ["eventSource", "eventName", "userIdentity"] },
);

it("a feed's rules let through, once, whatever meets a condition", () => {
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      fc.array(record, { maxLength: 5 }),
      (asked, records) => {
        const rules = compiled(asked);
        for (const detail of records) {
          const event = { source: "aws.x", "detail-type": "AWS API Call via CloudTrail", detail };
          const passed = rules.filter((rule) => rule.matches(event)).length;
          expect(passed).toBeLessThanOrEqual(1);
          if (asked.some((one) => predicate(one)(detail))) expect(passed).toBe(1);
        }
      },
    ),
    { numRuns: 150 },
  );
});

function compiled(conditions: readonly Condition[]): readonly CompiledEventPattern[] {
  try {
    return eventPatterns(conditions).map((pattern) => compileEventPattern(pattern));
  } catch (error) {
    if (error instanceof ConditionError) fc.pre(false);
    throw error;
  }
}
