import { candidatePeriods, candidateThresholds } from "../../../signals/tuning/candidates";
import { kneeOf } from "../../../signals/tuning/curve";
import { isRaised, parseLabels } from "../../../signals/tuning/labels";
import type { MatchGroup } from "../../../signals/matches/match-log";
import { TRAIT_FIELDS, type MatchTraits } from "../../../signals/matches/match-traits";
import { isIgnored } from "../../../signals/tuning/noise";
import { seasonsOf } from "../../../signals/tuning/seasons";
import { tuneDetection, type TuningWish } from "../../../signals/tuning/tune-detection";
import type { DetectionTuning } from "../../../signals/tuning/tuning";

const START = Date.UTC(2026, 2, 2) / 60_000;
const DAY = 1440;

const valuesOf = (traits: Readonly<Record<string, string | null>>): MatchTraits["values"] =>
  TRAIT_FIELDS.map((field) => traits[field]);

/** Events of a principal, so many days and minutes after a Monday's midnight. */
function burst(day: number, minute: number, sum: number, arn = "arn:aws:iam::1:user/noisy"): MatchGroup {
  const values = valuesOf({ "userIdentity.arn": arn });
  const at = START + day * DAY + minute;
  const event = { id: `event-${day}-${minute}`, time: at * 60_000, name: "ListUsers", source: "iam.amazonaws.com" };
  return { minute: at, sum, values, events: [{ ...event, region: "us-east-1" }] };
}

const NIGHTS = Array.from({ length: 14 }, (_, day) => burst(day, 120, 10 + day));
const WISH: TuningWish = {
  budgetPerWeek: 2,
  mayRaise: true,
  mayIgnore: true,
  defaultThreshold: 5,
  labels: [],
  chosen: new Set(),
};

function tuned(
  groups: readonly MatchGroup[],
  wish: Partial<TuningWish> = {},
  threshold = 5,
  days = 14,
): DetectionTuning {
  const alarm = {
    ...{ name: "alarm", namespace: "Trailwatch", metricName: "denied", statistic: "Sum" as const },
    ...{ comparison: "GreaterThanOrEqualToThreshold" as const, treatMissingData: "notBreaching" as const },
    ...{ periodSeconds: 300, evaluationPeriods: 1, threshold },
  };
  const wanted = groups.map(({ minute, values = [], events: [event] }) => ({
    eventId: event?.id ?? "",
    minute,
    values,
  }));
  const history = { account: "a", detection: "d", alarm, groups, zeros: new Int32Array(), wanted, days };
  return tuneDetection(history, { ...WISH, ...wish });
}

const label = (eventId: string) => ({ text: eventId, eventId });

describe("recommends", () => {
  test("the lowest threshold that is in the budget", () => {
    const { verdict, now, recommended, then } = tuned(NIGHTS);
    expect([verdict, now.alarms, now.alarmsPerWeek]).toEqual(["change", 14, 7]);
    // From 20 on there are four: those with 20, 21, 22 and 23 events.
    expect(recommended).toEqual({ threshold: 20, periodSeconds: 300, alarms: 4, alarmsPerWeek: 2 });
    expect(then).toEqual({ alarms: 4, alarmsPerWeek: 2 });
    expect(tuned(NIGHTS, { budgetPerWeek: 1.9 }).recommended?.threshold).toBe(25);
  });

  test("nothing where the budget is kept, and says how low the threshold might be", () => {
    const { verdict, recommended, sharpest } = tuned(NIGHTS, { budgetPerWeek: 7 }, 10);
    expect([verdict, recommended, sharpest]).toEqual(["in-budget", undefined, 1]);
    expect(tuned(NIGHTS, { budgetPerWeek: 7 }, 1).sharpest).toBeUndefined();
  });

  test("nothing above what a labelled incident allows", () => {
    const kept = tuned(NIGHTS, { labels: [label("event-10-120")] });
    expect(kept.recommended).toMatchObject({ threshold: 20, alarms: 4 });
    expect(kept.curves.find(({ periodSeconds }) => periodSeconds === 300)?.allowed).toBe(20);
    const lost = tuned(NIGHTS, { labels: [label("event-3-120")] });
    expect([lost.verdict, lost.recommended, lost.offersAnomalyDetection]).toEqual([
      "no-static-threshold",
      undefined,
      true,
    ]);
  });

  test("a longer period, never a higher threshold, where one event is enough", () => {
    const often = Array.from({ length: 14 }, (_, hour) => burst(0, hour * 60, 1));
    expect(tuned(often, { mayRaise: false }, 1).recommended).toMatchObject({ threshold: 1, periodSeconds: 3600 });
    expect(tuned(NIGHTS, { mayRaise: false, budgetPerWeek: 0 }, 1).verdict).toBe("no-static-threshold");
  });

  test("a lower threshold where the label names an alarm that does not go off", () => {
    const named = { ...label("event-3-120"), alarm: { account: "a", detection: "d" } };
    const { recommended, incidents } = tuned([burst(3, 120, 3)], { labels: [named] });
    expect([recommended?.threshold, incidents]).toEqual([1, [{ label: "event-3-120", now: false, then: true }]]);
    expect(tuned([burst(3, 120, 3)], { labels: [label("event-3-120")] }).incidents).toEqual([]);
  });

  test("nothing without records, or without a match", () => {
    expect(tuned([], {}, 5, 0).verdict).toBe("no-records");
    expect(tuned([]).verdict).toBe("never-matched");
    expect([tuned([], {}, 5, 13).isGuess, tuned([], {}, 5, 14).isGuess]).toEqual([true, false]);
  });
});

describe("an entry to ignore", () => {
  const intruder = burst(5, 900, 50, "arn:aws:iam::1:user/intruder");
  const groups = [...NIGHTS, intruder].sort((one, other) => one.minute - other.minute);

  test("is ranked by the alarms that it removes, and refused where it hides an incident", () => {
    const { noise } = tuned(groups, { labels: [label("event-5-900")] });
    expect(
      noise.map(({ id, equals, removes, alarmsAfter, hides }) => [id, equals, removes, alarmsAfter, hides]),
    ).toEqual([
      ["a/d/c7dad7", "arn:aws:iam::1:user/noisy", 14, 1, []],
      ["a/d/708155", "arn:aws:iam::1:user/intruder", 1, 14, ["event-5-900"]],
    ]);
  });

  test("is refused where it hides an incident that does not go off yet, but shall", () => {
    const quiet = { ...label("event-5-900"), alarm: { account: "a", detection: "d" } };
    const { noise } = tuned([...NIGHTS, burst(5, 900, 1, "arn:aws:iam::1:user/intruder"), burst(6, 900, 50)], {
      labels: [quiet],
    });
    expect(noise.map(({ equals, hides }) => [equals, hides])).toEqual([["arn:aws:iam::1:user/noisy", []]]);
    const own = tuned([...NIGHTS, burst(5, 900, 1)], { labels: [quiet] }).noise;
    expect(own.map(({ hides }) => hides)).toEqual([["event-5-900"]]);
  });

  test("leaves less to do for the threshold once it is chosen", () => {
    const { verdict, then } = tuned(groups, { chosen: new Set(["a/d/c7dad7"]) });
    expect([verdict, then.alarms]).toEqual(["in-budget", 1]);
  });

  test("is not for a pattern that is a checker's", () => {
    expect(tuned(groups, { mayIgnore: false }).noise).toEqual([]);
  });

  test("applies as CloudWatch compares: not to a missing field, and to what is no text", () => {
    const entry = { field: "errorCode", equals: "AccessDenied" } as const;
    expect(isIgnored(valuesOf({ errorCode: "AccessDenied" }), entry)).toBe(true);
    expect(isIgnored(valuesOf({ errorCode: "accessdenied" }), entry)).toBe(false);
    expect(isIgnored(valuesOf({}), entry)).toBe(false);
    expect(isIgnored(valuesOf({ errorCode: null }), entry)).toBe(true);
  });
});

test("tries round thresholds up to the first above all, and periods that CloudWatch takes", () => {
  expect(candidateThresholds(12, [7])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15]);
  expect(candidateThresholds(0, [])).toEqual([1]);
  expect(candidatePeriods({ periodSeconds: 120, evaluationPeriods: 1 })).toEqual([
    60, 120, 300, 900, 3600, 21600, 86400,
  ]);
  expect(candidatePeriods({ periodSeconds: 300, evaluationPeriods: 200 })).toEqual([60, 300]);
});

test("finds the bend of a curve, where it has one", () => {
  const curve = (...alarms: number[]) => alarms.map((count, at) => ({ threshold: 2 ** at, alarms: count }));
  expect(kneeOf(curve(100, 10, 8, 6, 0))).toBe(2);
  expect(kneeOf(curve(4, 3, 2, 1, 0))).toBeUndefined();
  expect(kneeOf(curve(3, 3, 3))).toBeUndefined();
  expect(kneeOf([])).toBeUndefined();
});

test("reads labels: ids and times, of one alarm or of any, with remarks", () => {
  expect(parseLabels("# ours\n\nevent-id-1 # seen\r\na/d 2026-01-15T09:30:00Z\n")).toEqual([
    { text: "event-id-1", eventId: "event-id-1" },
    { text: "a/d 2026-01-15T09:30:00Z", alarm: { account: "a", detection: "d" }, time: Date.UTC(2026, 0, 15, 9, 30) },
  ]);
  expect(() => parseLabels("event-id-1\n2026-01-15")).not.toThrow();
  expect(() => parseLabels("event-id-1\nwhat is this\n")).toThrow("got 'what is this' (line 2)");
});

test("a time is kept by an alarm within a period of it, and no further", () => {
  const incident = { label: { text: "t", time: 0 }, minute: 100 };
  const window = { periodSeconds: 300, evaluationPeriods: 1 };
  const raised = (from: number, to: number) => isRaised(incident, [{ from, to }], window, 5);
  expect([raised(106, 110), raised(107, 110), raised(90, 97), raised(90, 96)]).toEqual([true, false, true, false]);
});

test("shows hours and weekdays apart, and sees a season only where it comes again", () => {
  const { hours, busyHours, isWeekly } = seasonsOf(NIGHTS);
  expect(hours[2]).toBe(14 * 10 + 91);
  expect(busyHours).toEqual([0, 8]);
  expect(isWeekly).toBe(false);
  expect(seasonsOf(NIGHTS.slice(0, 6)).busyHours).toBeUndefined();
  const workdays = Array.from({ length: 28 }, (_, day) => burst(day, 600, 3)).filter((_, day) => day % 7 < 5);
  expect(seasonsOf(workdays)).toMatchObject({ weekdays: [12, 12, 12, 12, 12, 0, 0], isWeekly: true });
});
