import fc from "fast-check";
import type { MatchGroup } from "../../../signals/matches/match-log";
import { TRAIT_FIELDS } from "../../../signals/matches/match-traits";
import { evaluateTimeline } from "../../../signals/alarms/timeline";
import { settingOf } from "../../../signals/tuning/measured-detection";
import { tuneDetection } from "../../../signals/tuning/tune-detection";
import type { DetectionTuning } from "../../../signals/tuning/tuning";

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2) / MINUTE;
const NAMES = ["alice", "backup", "scanner"];

interface Made {
  readonly groups: readonly MatchGroup[];
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly fewer: number;
  readonly threshold: number;
  readonly budgetPerWeek: number;
  /** Where it may not, a longer period is the only proposal. */
  readonly mayRaise: boolean;
}

const made: fc.Arbitrary<Made> = fc.record({
  groups: fc
    .array(
      fc.record({
        minute: fc.oneof(
          fc.nat(90),
          fc.nat(90).map((after) => 2880 + after),
          fc.nat(20 * 1440),
        ),
        sum: fc.integer({ min: 1, max: 9 }),
        who: fc.constantFrom(...NAMES),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((all) => all.sort((one, other) => one.minute - other.minute).map(groupOf)),
  periodSeconds: fc.constantFrom(60, 300, 900, 3600),
  evaluationPeriods: fc.constantFrom(1, 1, 2, 3),
  fewer: fc.nat(2),
  threshold: fc.integer({ min: 1, max: 6 }),
  budgetPerWeek: fc.constantFrom(0.5, 1, 3),
  mayRaise: fc.boolean(),
});

function groupOf({ minute, sum, who }: { minute: number; sum: number; who: string }): MatchGroup {
  const values = TRAIT_FIELDS.map((field) => (field === "userIdentity.arn" ? who : undefined));
  return { minute: START + minute, sum, values, events: [] };
}

function historyOf({ groups, periodSeconds, evaluationPeriods, fewer, threshold }: Made) {
  return {
    ...{ account: "a", detection: "d", groups, zeros: new Int32Array(), wanted: [], days: 20 },
    alarm: {
      ...{ name: "alarm", namespace: "Trailwatch", metricName: "d", statistic: "Sum" as const },
      ...{ comparison: "GreaterThanOrEqualToThreshold" as const, treatMissingData: "notBreaching" as const },
      ...{ periodSeconds, evaluationPeriods, threshold },
      datapointsToAlarm: Math.max(1, evaluationPeriods - fewer),
    },
  };
}

/** The alarms that the evaluator raises with the proposed setting, and without the ignored principals. */
function evaluated(one: Made, { recommended, noise }: DetectionTuning): { from: number; to: number }[] {
  const ignored = new Set(noise.filter(({ isChosen }) => isChosen).map(({ equals }) => equals));
  const counting = one.groups.filter(({ values }) => !values?.some((value) => ignored.has(value ?? "")));
  const { threshold, periodSeconds } = recommended ?? one;
  const changes = evaluateTimeline({
    alarm: { ...historyOf(one).alarm, threshold, periodSeconds },
    data: counting.map(({ minute, sum }) => ({ timestamp: minute * MINUTE, value: sum })),
    initialState: "OK",
  });
  return changes.flatMap(({ to, at }, number) =>
    to === "ALARM" ? [{ from: at, to: changes[number + 1]?.at ?? Infinity }] : [],
  );
}

/** The most alarms that each can have one of the proposed setting's alarms for itself: augmenting paths. */
function mostKept(choices: readonly (readonly number[])[]): number {
  const takenBy = new Map<number, number>();
  const place = (alarm: number, tried: Set<number>): boolean =>
    (choices[alarm] ?? []).some((then) => {
      if (tried.has(then)) return false;
      tried.add(then);
      const other = takenBy.get(then);
      if (other !== undefined && !place(other, tried)) return false;
      takenBy.set(then, alarm);
      return true;
    });
  return choices.filter((_, alarm) => place(alarm, new Set())).length;
}

/** Counts of what was compared, so that a test that compares nothing fails. */
function check(one: Made, chosen: readonly string[] = []): { lost: number; isOtherPeriod: boolean } {
  const tuning = tuneDetection(historyOf(one), {
    ...{ budgetPerWeek: one.budgetPerWeek, mayRaise: one.mayRaise, mayIgnore: true, defaultThreshold: 1, labels: [] },
    chosen: new Set(chosen),
  });
  const { recommended, noLongerRaised: lost, alarms, noise } = tuning;
  const isUnchanged = recommended === undefined && !noise.some(({ isChosen }) => isChosen);
  if (isUnchanged) expect(lost).toEqual([]);
  const then = evaluated(one, tuning);
  expect(then).toHaveLength(tuning.then.alarms);
  const { evaluationPeriods } = settingOf(historyOf(one).alarm);
  const counts = (recommended ?? one).periodSeconds * 1000 * evaluationPeriods;
  const standsFor = alarms.map(({ at, until }) =>
    then.flatMap(({ from, to }, number) => {
      const isOn = from <= Math.max(at - MINUTE + counts, until - MINUTE) && to > at;
      return isOn ? [number] : [];
    }),
  );
  expect(alarms.length - lost.length).toBe(mostKept(standsFor));
  for (const { at, partOf } of lost) {
    const choices = standsFor[alarms.findIndex((alarm) => alarm.at === at)] ?? [];
    if (partOf === undefined) expect(choices).toEqual([]);
    else expect(choices.map((number) => then[number]?.from)).toContain(partOf);
  }
  return { lost: lost.length, isOtherPeriod: (recommended ?? one).periodSeconds !== one.periodSeconds };
}

const numRuns = Number(process.env["RUNS"] ?? 50);

test("are those that the evaluator does not raise with the proposed threshold and period", () => {
  let [lost, otherPeriods] = [0, 0];
  const comparing = fc.property(made, (one) => {
    const found = check(one);
    lost += found.lost;
    otherPeriods += Number(found.isOtherPeriod);
  });
  // One proposal in twenty has another period: more are made until there is one.
  for (let round = 0; round < 10 && (round === 0 || otherPeriods === 0); round += 1) fc.assert(comparing, { numRuns });
  expect([lost > 0, otherPeriods > 0]).toEqual([true, true]);
});

test("and without the events of chosen entries", () => {
  let lost = 0;
  fc.assert(
    fc.property(made, fc.nat(3), (one, number) => {
      const wish = { budgetPerWeek: 1000, mayRaise: true, mayIgnore: true, defaultThreshold: 1, labels: [] };
      const { noise } = tuneDetection(historyOf(one), { ...wish, chosen: new Set() });
      lost += check(
        one,
        noise.slice(0, number).map(({ id }) => id),
      ).lost;
    }),
    { numRuns },
  );
  expect(lost).toBeGreaterThan(0);
});
