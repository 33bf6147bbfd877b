import type { Candidate } from "../../report/candidates";
import { fitted } from "../../report/fit";
import type { ReportDetection } from "../../report/report-data";
import { TextTable } from "../../report/text-table";

const FROM = 100;

function candidate(number: number, more: Partial<Candidate> = {}): Candidate {
  const own = { account: `a${number}`, detection: "d", severity: "high", events: 1, alarms: 1 };
  return {
    ...own,
    ...{ alarmsPerWeek: 1, messages: 0, then: 1, isProposed: false, isIgnoring: false, raised: [(FROM + 7) * 60_000] },
    details: () => ({ ...own, detection: more.detection ?? "d", alarmList: [] }) as unknown as ReportDetection,
    ...more,
  };
}

const fit = (candidates: readonly Candidate[]) =>
  fitted(
    candidates,
    candidates.map(({ account }) => account),
    { slots: { from: FROM, minutes: 1 }, texts: new TextTable() },
  );
const many = (count: number): Candidate[] => Array.from({ length: count }, (_, number) => candidate(number));

test("gives details to 300, and counts and times to the others", () => {
  expect(fit(many(300))).toMatchObject({ further: [], furtherLeftOut: 0, alarmTimesLeftOut: 0 });
  const { detections, further, kinds, alarmTimes } = fit(many(301));
  expect([detections.length, further, alarmTimes.length, alarmTimes.at(-1)]).toEqual([
    300,
    [[0, 300, 1, 1, 1]],
    301,
    [7],
  ]);
  expect(kinds).toEqual([{ detection: "d", severity: "high" }]);
});

test("gives details to the first of each detection and to proposed changes before others, in the same order", () => {
  const [proposed, other] = [candidate(400, { isProposed: true }), candidate(401, { detection: "e" })];
  const { detections } = fit([...many(300), proposed, other]);
  expect(detections.map(({ account }) => account).slice(-2)).toEqual(["a400", "a401"]);
  expect(detections).toHaveLength(300);
});

test("stops where the report would become too large", () => {
  const large = { alarmList: "x".repeat(400_000) } as unknown as ReportDetection;
  const { detections, further } = fit(many(10).map((one) => ({ ...one, details: () => large })));
  expect([detections.length, further.length]).toEqual([2, 8]);
});

test("shortens the lists of a detection whose names are long, and forgets the names of one that does not fit", () => {
  const texts = new TextTable();
  const long = (most: number) =>
    candidate(0, {
      details: ({ limits: { alarmsOfDetection } }) => {
        const count = Math.min(alarmsOfDetection, most);
        for (let number = 0; number < count; number += 1) texts.numberOf(`${number} ${"\u202e".repeat(298)}`);
        return { alarmList: "x".repeat(count * 8000) } as unknown as ReportDetection;
      },
    });
  const frame = { slots: { from: FROM, minutes: 1 }, texts };
  const { detections } = fitted([long(100)], ["a0"], frame);
  expect([detections.length, texts.count]).toEqual([1, 10]);
  const huge = candidate(1, {
    details: () => {
      texts.numberOf("of none");
      return { alarmList: "x".repeat(900_000) } as unknown as ReportDetection;
    },
  });
  const before = texts.bytes;
  expect(fitted([huge, long(1)], ["a0"], frame)).toMatchObject({
    detections: [expect.anything()],
    further: [[0, -1, 1, 1, 1]],
  });
  expect([texts.texts.includes("of none"), texts.bytes]).toEqual([false, before]);
});

test("counts those for which there is no line, and alarms without a time", () => {
  expect(fit(many(15_300)).furtherLeftOut).toBe(0);
  expect(fit(many(15_301)).furtherLeftOut).toBe(1);
  const often = (count: number) => candidate(0, { raised: Array.from({ length: count }, (_, at) => at * 60_000) });
  expect(fit([often(20_000)]).alarmTimesLeftOut).toBe(0);
  const { alarmTimes, alarmTimesLeftOut } = fit([often(20_000), candidate(1)]);
  expect([alarmTimesLeftOut, alarmTimes[1]]).toEqual([1, [7]]);
});
