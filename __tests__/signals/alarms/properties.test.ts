import * as fc from "fast-check";

import { AlarmEvaluator, evaluateAlarm, evaluateCompositeRule, evaluateTimeline } from "../../../signals";
import type { Alarm, AlarmEvaluation, AlarmTransition, TimelineDatum } from "../../../signals";

const MINUTE = 60_000;

const policy = fc.constantFrom("missing", "ignore", "breaching", "notBreaching");
const state = fc.constantFrom("OK", "ALARM", "INSUFFICIENT_DATA");
const counts = fc.integer({ min: 1, max: 5 }).chain((evaluationPeriods) =>
  fc.record({
    evaluationPeriods: fc.constant(evaluationPeriods),
    datapointsToAlarm: fc.integer({ min: 1, max: evaluationPeriods }),
    treatMissingData: policy,
  }),
);
const rest = { threshold: 0.5, comparison: "GreaterThanThreshold" } as const;

function evaluation(values: fc.Arbitrary<number | null>): fc.Arbitrary<AlarmEvaluation> {
  return fc
    .tuple(counts, fc.array(values, { maxLength: 7 }), state)
    .map(([alarm, range, previousState]) => ({ ...alarm, ...rest, values: range, previousState }));
}

it("one more breach never calms an alarm, one more good value never raises it", () => {
  fc.assert(
    fc.property(evaluation(fc.constantFrom(0, 1, null)), fc.nat(6), (alarm, index) => {
      const at = index % Math.max(alarm.values.length, 1);
      if (alarm.values[at] === undefined || alarm.values[at] === null) return;
      const bad = evaluateAlarm({ ...alarm, values: alarm.values.with(at, 1) });
      const good = evaluateAlarm({ ...alarm, values: alarm.values.with(at, 0) });
      if (good === "ALARM") expect(bad).toBe("ALARM");
    }),
    { numRuns: 80 },
  );
});

it("real values that suffice decide alone", () => {
  fc.assert(
    fc.property(evaluation(fc.constantFrom(0, 1)), policy, state, (alarm, treatMissingData, previousState) => {
      if (alarm.values.length < alarm.evaluationPeriods) return;
      expect(evaluateAlarm({ ...alarm, treatMissingData, previousState })).toBe(evaluateAlarm(alarm));
    }),
  );
});

const datum: fc.Arbitrary<TimelineDatum> = fc
  .tuple(fc.integer({ min: 0, max: 120 * MINUTE }), fc.integer({ min: 0, max: 10 * MINUTE }), fc.nat(2))
  .map(([timestamp, delay, value]) => ({ timestamp, receivedAt: timestamp + delay, value }));

const alarm: fc.Arbitrary<Alarm> = fc
  .tuple(counts, fc.constantFrom(60, 120, 300), fc.constantFrom("Sum", "Average", "Maximum"))
  .map(([count, periodSeconds, statistic]) => ({ ...count, ...rest, periodSeconds, statistic }));

it("a timeline is what evaluating every minute gives", () => {
  fc.assert(
    fc.property(alarm, fc.array(datum, { maxLength: 8 }), (watched, data) => {
      const [from, to] = [-1, 240 * MINUTE];
      expect(evaluateTimeline({ alarm: watched, data, from, to })).toEqual(everyMinute(watched, data, to));
    }),
  );
});

function everyMinute(watched: Alarm, data: readonly TimelineDatum[], to: number): AlarmTransition[] {
  const evaluator = new AlarmEvaluator(watched);
  const transitions: AlarmTransition[] = [];
  for (let now = 0; now <= to; now += MINUTE) {
    for (const one of data) {
      const at = one.receivedAt ?? one.timestamp;
      if (at < now && at >= now - MINUTE) evaluator.add(one);
    }
    const transition = evaluator.evaluate(now);
    if (transition !== undefined) transitions.push(transition);
  }
  return transitions;
}

type Rule = boolean | { readonly not: Rule } | { readonly all: readonly Rule[] } | { readonly any: readonly Rule[] };

it("a composite rule needs parentheses only against NOT, AND, OR", () => {
  const rule = fc.letrec<{ any: Rule }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.boolean(),
      fc.record({ not: tie("any") }),
      fc.record({ all: fc.array(tie("any"), { minLength: 2, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("any"), { minLength: 2, maxLength: 3 }) }),
    ),
  })).any;
  fc.assert(
    fc.property(rule, (tree) => {
      expect(evaluateCompositeRule(print(tree, 0), {})).toBe(holds(tree) ? "ALARM" : "OK");
    }),
    { numRuns: 80 },
  );
});

function holds(rule: Rule): boolean {
  if (typeof rule === "boolean") return rule;
  if ("not" in rule) return !holds(rule.not);
  return "all" in rule ? rule.all.every(holds) : rule.any.some(holds);
}

/** With parentheses where what stands around binds tighter: 2 for NOT, 1 for AND. */
function print(rule: Rule, around: number): string {
  if (typeof rule === "boolean") return rule ? "TRUE" : "FALSE";
  if ("not" in rule) return `NOT ${print(rule.not, 2)}`;
  const strength = "all" in rule ? 1 : 0;
  const parts = "all" in rule ? rule.all : rule.any;
  const text = parts.map((part) => print(part, strength)).join("all" in rule ? " AND " : " OR ");
  return around > strength ? `(${text})` : text;
}
