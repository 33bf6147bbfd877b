import {
  evaluateAlarm,
  evaluateCompositeRule,
  firedActions,
  type AlarmEvaluation,
  type AlarmState,
} from "../../../signals";
import {
  evaluationCadence,
  evaluationInterval,
  evaluationRange,
  periodsRefusal,
  significantSamples,
} from "../../../signals/alarms/alarm-schedule";
import { breaches } from "../../../signals/alarms/evaluate-alarm";
import { readVectors } from "../vectors";

type Periods = { readonly periodSeconds: number; readonly evaluationPeriods: number };

type Vector = { readonly id: string } & (
  | ({ readonly kind: "evaluation"; readonly evaluationRange: number } & Evaluation)
  | { readonly kind: "window" | "multiDayTimeline" }
  | ({ readonly kind: "interval"; readonly evaluationIntervalSeconds: number } & Periods)
  | ({ readonly kind: "cadence"; readonly evaluatedEverySeconds: number } & Periods)
  | ({ readonly kind: "quota"; readonly accepted: boolean } & Periods)
  | { readonly kind: "period"; readonly periodSeconds: number; readonly accepted: boolean }
  | { readonly kind: "lowSample"; readonly percentile: number; readonly lowWhenFewerSamplesThan: number }
  | ({ readonly kind: "comparison"; readonly breaching: boolean } & Comparison)
  | {
      readonly kind: "composite";
      readonly rule: string;
      readonly children: Record<string, AlarmState>;
      readonly expected: AlarmState;
    }
  | { readonly kind: "actions"; readonly from: AlarmState; readonly to: AlarmState; readonly fires: string | null }
);

interface Evaluation extends Pick<AlarmEvaluation, "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData"> {
  readonly datapoints: readonly ("0" | "X" | "-")[];
  readonly expected?: AlarmState | "RETAIN";
  readonly expectedNot?: AlarmState;
}

interface Comparison {
  readonly operator: AlarmEvaluation["comparison"];
  readonly statistic: number;
  readonly threshold: number;
}

const vectors = readVectors("alarm-vectors.json") as readonly Vector[] | undefined;

if (vectors === undefined) {
  it.skip("alarm-vectors.json: not here, only where the project is developed", () => undefined);
} else {
  it.each(vectors.map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
    check(vector);
  });
}

function check(vector: Vector): void {
  switch (vector.kind) {
    case "evaluation":
      checkEvaluation(vector);
      expect(evaluationRange({ periodSeconds: 60, evaluationPeriods: vector.evaluationPeriods })).toBe(
        vector.evaluationRange,
      );
      return;
    case "interval":
      expect(evaluationInterval(vector)).toBe(vector.evaluationIntervalSeconds);
      return;
    case "cadence":
      expect(evaluationCadence(vector)).toBe(vector.evaluatedEverySeconds);
      return;
    case "quota":
      expect(periodsRefusal(vector) === undefined).toBe(vector.accepted);
      return;
    case "period":
      expect(periodsRefusal({ ...vector, evaluationPeriods: 1 }) === undefined).toBe(vector.accepted);
      return;
    case "lowSample":
      expect(significantSamples(vector.percentile)).toBeCloseTo(vector.lowWhenFewerSamplesThan, 9);
      return;
    case "comparison":
      expect(breaches({ ...vector, comparison: vector.operator }, vector.statistic)).toBe(vector.breaching);
      return;
    case "composite":
      expect(evaluateCompositeRule(vector.rule, vector.children)).toBe(vector.expected);
      return;
    case "actions":
      expect(firedActions(NAMED_ACTIONS, vector.from, vector.to)).toEqual(vector.fires === null ? [] : [vector.fires]);
      return;
    // Tested as sequences in timeline.test.ts.
    case "window":
    case "multiDayTimeline":
  }
}

const NAMED_ACTIONS = {
  alarmActions: ["AlarmActions"],
  okActions: ["OKActions"],
  insufficientDataActions: ["InsufficientDataActions"],
};

function checkEvaluation(vector: Evaluation): void {
  for (const previousState of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const) {
    const state = evaluateAlarm({
      ...vector,
      values: vector.datapoints.map((point) => (point === "-" ? null : Number(point === "X"))),
      threshold: 0,
      comparison: "GreaterThanThreshold",
      previousState,
    });
    if (vector.expected !== undefined)
      expect(state).toBe(vector.expected === "RETAIN" ? previousState : vector.expected);
    else expect(state).not.toBe(vector.expectedNot);
  }
}
