import { AlarmError, AlarmEvaluator, evaluateTimeline, type Alarm, type TimelineDatum } from "../../../signals";

const MINUTE = 60_000;
const START = Date.UTC(2031, 3, 5, 10, 0);

const ALARM: Alarm = {
  statistic: "Sum",
  periodSeconds: 60,
  evaluationPeriods: 1,
  threshold: 1,
  comparison: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
  alarmActions: ["page"],
  okActions: ["relief"],
};

function at(minute: number, value = 1): TimelineDatum {
  return { timestamp: START + minute * MINUTE, value };
}

/** The changes as text: minute, state, actions. */
function story(alarm: Partial<Alarm>, data: readonly TimelineDatum[], more: object = {}): string[] {
  return evaluateTimeline({ alarm: { ...ALARM, ...alarm }, data, ...more }).map(
    ({ at: time, to, actions }) => `${(time - START) / MINUTE} ${to} ${actions.join()}`,
  );
}

it("alarms when the minute is over, and recovers when real values have left the range", () => {
  expect(story({}, [at(0.5)])).toEqual(["1 ALARM page", "4 OK relief"]);
});

it("stays without a word while nothing changes, however long", () => {
  expect(story({}, [at(0.5), at(1.5), at(2.5)])).toEqual(["1 ALARM page", "6 OK relief"]);
  const years = 3 * 365 * 24 * 60;
  expect(story({}, [at(0.5), at(years + 0.5)])).toEqual([
    "1 ALARM page",
    "4 OK relief",
    `${years + 1} ALARM page`,
    `${years + 4} OK relief`,
  ]);
});

it("starts with INSUFFICIENT_DATA, or with the given state", () => {
  const quiet = { from: START, to: START + 3 * MINUTE };
  expect(story({}, [], quiet)).toEqual(["1 OK relief"]);
  expect(story({}, [], { ...quiet, initialState: "OK" })).toEqual([]);
  expect(story({ treatMissingData: "missing" }, [], quiet)).toEqual([]);
  expect(story({}, [])).toEqual([]);
});

it("gathers by the time of the event: order makes no difference", () => {
  const data = [at(0.1), at(1.2), at(0.9), at(1.3)];
  const alarm = { threshold: 2, evaluationPeriods: 2 };
  expect(story(alarm, data)).toEqual(["1 OK relief", "2 ALARM page", "5 OK relief"]);
  expect(story(alarm, [...data].reverse())).toEqual(story(alarm, data));
});

it("counts a late value for its own minute, once it is there", () => {
  const late = { ...at(0.5), receivedAt: START + 1.5 * MINUTE };
  expect(story({}, [late], { from: START })).toEqual(["1 OK relief", "2 ALARM page", "4 OK relief"]);
  const justLate = { ...at(0.5), receivedAt: START + MINUTE };
  expect(story({}, [justLate], { from: START })).toEqual(["1 OK relief", "2 ALARM page", "4 OK relief"]);
  const tooLate = { ...at(0.5), receivedAt: START + 9 * MINUTE };
  expect(story({}, [tooLate], { from: START })).toEqual(["1 OK relief"]);
});

it("slides a period of several minutes by one minute", () => {
  const alarm = { periodSeconds: 300, threshold: 5 };
  const eachMinute = [0, 1, 2, 3, 4, 5].map((minute) => at(minute));
  // Minutes 1 to 5 count five. So do minutes 2 to 6, with the value at 5:00.
  expect(story(alarm, eachMinute.slice(0, 5))[1]).toBe("5 ALARM page");
  expect(story(alarm, eachMinute.slice(1, 6))[1]).toBe("6 ALARM page");
});

describe("a burst that slides through periods of several minutes", () => {
  const alarm = { periodSeconds: 300, threshold: 2 };

  it("raises ALARM once, until another value comes", () => {
    expect(story(alarm, [at(0.5), at(3.5)])).toEqual(["1 OK relief", "4 ALARM page", "6 OK relief"]);
    expect(story(alarm, [at(0.5), at(3.5), at(9.5)]).slice(2)).toEqual(["6 OK relief"]);
    expect(story(alarm, [at(0.5), at(3.5), at(7.5)]).slice(2)).toEqual(["6 OK relief", "8 ALARM page", "9 OK relief"]);
  });

  it("raises ALARM once where one of several periods suffices", () => {
    const several = { ...alarm, evaluationPeriods: 2, datapointsToAlarm: 1 };
    expect(story(several, [at(0.5), at(3.5)]).filter((change) => change.includes("ALARM"))).toHaveLength(1);
  });

  it("raises ALARM again for the want of values, where that breaches", () => {
    const silence = { ...alarm, treatMissingData: "breaching", comparison: "LessThanThreshold", threshold: 1 } as const;
    expect(story(silence, [at(0.5)], { to: START + 40 * MINUTE, initialState: "ALARM" })).toEqual([
      "1 OK relief",
      "16 ALARM page",
    ]);
  });
});

it("looks at full hours only when it covers more than a day", () => {
  const alarm = { periodSeconds: 3600, evaluationPeriods: 25, datapointsToAlarm: 1 };
  expect(story(alarm, [at(2), at(103, 0)], { from: START - 1, to: START + 200 * MINUTE })).toEqual([
    "0 OK relief",
    "60 ALARM page",
  ]);
});

it("evaluates every ten seconds below a minute", () => {
  expect(story({ periodSeconds: 10 }, [at(0.1)])[0]).toBe(`${1 / 6} ALARM page`);
});

it.each([
  ["SampleCount", 3],
  ["Sum", 6],
  ["Average", 2],
  ["Minimum", 1],
  ["Maximum", 3],
] as const)("%s of 1, 2 and 3 is %d", (statistic, value) => {
  const [transition] = evaluateTimeline({ alarm: { ...ALARM, statistic }, data: [at(0, 1), at(0, 2), at(0.5, 3)] });
  expect(transition?.values).toEqual([null, null, value]);
});

it("watches the series with just its dimensions", () => {
  const data = [{ ...at(0), dimensions: { who: "a" } }];
  expect(story({ dimensions: { who: "a" } }, data)[0]).toBe("1 ALARM page");
  const others: Record<string, string>[] = [{ who: "b" }, { who: "a", how: "x" }, {}];
  for (const dimensions of others) {
    expect(story({ dimensions }, data)).toEqual(["1 OK relief"]);
  }
});

it("fires nothing while actions are disabled, and changes its state all the same", () => {
  expect(story({ actionsEnabled: false }, [at(0)])[0]).toBe("1 ALARM ");
});

it("accepts data and can be evaluated as time passes", () => {
  const evaluator = new AlarmEvaluator(ALARM);
  expect(evaluator.evaluate(START)).toMatchObject({ from: "INSUFFICIENT_DATA", to: "OK" });
  evaluator.add(at(0));
  expect(evaluator.evaluate(START + MINUTE - 1)).toBeUndefined();
  expect(evaluator.evaluate(START + MINUTE)).toMatchObject({ to: "ALARM", actions: ["page"] });
  expect(evaluator.state).toBe("ALARM");
  expect(evaluator.isIdle).toBe(false);
});

it.each([
  { periodSeconds: 90 },
  { periodSeconds: 0 },
  { periodSeconds: 1800, evaluationPeriods: 49 },
  { periodSeconds: 3600, evaluationPeriods: 169 },
  { datapointsToAlarm: 2 },
])("refuses %j", (alarm) => {
  expect(() => new AlarmEvaluator({ ...ALARM, ...alarm })).toThrow(AlarmError);
});
