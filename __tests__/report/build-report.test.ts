import { parse } from "yaml";
import { buildReport } from "../../report/build-report";
import { slotsOfDistances } from "../../report/chart/timeline-part";
import { embedded } from "../../report/html/page";
import { burst, counted, countedSource, NIGHTS, sourceOf, tunedSource } from "./report-source";

const tuned = tunedSource(NIGHTS);
const report = buildReport(sourceOf([tuned, tunedSource([], { detection: "quiet" })]));
const [detection] = report.detections;

test("has the numbers of the tuning", () => {
  const { now, then, recommended, curves } = tuned.tuning;
  expect(report.detections).toHaveLength(1);
  expect(report.silent).toBe(1);
  expect(detection).toMatchObject({ alarms: now.alarms, alarmsPerWeek: now.alarmsPerWeek, events: 231 });
  expect(detection?.advice).toMatchObject({ verdict: "change", then, recommended: { threshold: 20 } });
  const curve = curves.find(({ periodSeconds }) => periodSeconds === recommended?.periodSeconds);
  const shown = detection?.drawn[0]?.points.map(({ threshold, alarms, keeps }) => ({ threshold, alarms, keeps }));
  expect(shown).toEqual(curve?.points.map(({ threshold, alarms, keeps }) => ({ threshold, alarms, keeps })));
});

test("names the principal of most events, by the name that people know, or how many there are", () => {
  const sentenceOf = (...principals: string[]): string =>
    buildReport(sourceOf([tunedSource(principals.map((arn, day) => burst(day, 120, 10, arn)))])).sentence;
  const alice = (account: number): string => `arn:aws:iam::${account}:user/alice`;
  expect(sentenceOf(alice(1), alice(2), "arn:aws:iam::1:root")).toContain(", most by alice (user)");
  expect(sentenceOf(alice(1), "arn:aws:iam::1:root")).toContain(", by 2 principals");
});

test("draws a level for each burst, and an alarm where the threshold is reached", () => {
  const period = detection?.drawn[0];
  const twenty = period?.points.find(({ threshold }) => threshold === 20);
  expect(twenty).toMatchObject({ alarms: 4, alarmsPerWeek: 2 });
  const levels = new Map(period?.levels);
  expect([...levels.values()].reduce((most, level) => Math.max(most, level), 0)).toBe(23);
  const raised = slotsOfDistances(twenty?.raised ?? []);
  expect(raised.map((slot) => levels.get(slot))).toEqual([20, 21, 22, 23]);
  expect(detection?.counts.reduce((sum, [, events]) => sum + events, 0)).toBe(231);
});

test("reads title, meaning and severity in the alarm's description, which may have none", () => {
  expect(detection).toMatchObject({ title: "Many calls were denied", severity: "high" });
  expect(detection?.meaning).toBe("A principal tries calls without permission.");
  const withDescription = (description: string) => ({
    ...tuned,
    history: { ...tuned.history, alarm: { ...tuned.history.alarm, description } },
  });
  expect(
    buildReport(sourceOf([withDescription("Hold (final notice) removed (critical alert)\nWhy.")])).detections[0],
  ).toMatchObject({ title: "Hold (final notice) removed", meaning: "Why." });
  const plain = withDescription("Call us");
  expect(buildReport(sourceOf([plain])).detections[0]).not.toHaveProperty("title");
});

test("lists the settings to write into each file: changes, and the selected entries", () => {
  expect(report.changes).toEqual([
    {
      account: "payments",
      file: "accounts/payments.yaml",
      yaml: "detections:\n  denied-call-burst:\n    threshold: 20\n",
    },
  ]);
  const ignoring = buildReport(sourceOf([tunedSource(NIGHTS, { chosen: ["payments/denied-call-burst/a74879"] })]));
  const written = parse(ignoring.changes[0]?.yaml ?? "") as Record<string, Record<string, { ignore: object[] }>>;
  const [entry] = written["detections"]?.["denied-call-burst"]?.ignore ?? [];
  expect(entry).toMatchObject({ field: "userIdentity.arn", equals: "arn:aws:iam::1:user/noisy" });
  expect(parse(ignoring.detections[0]?.advice?.noise[0]?.yaml ?? "")).toEqual([entry]);
  expect(buildReport(sourceOf([tunedSource(NIGHTS, { budgetPerWeek: 7 })])).changes).toEqual([]);
});

test("lists the latest alarms with records, who and where from, and no parameters", () => {
  const [latest] = detection?.alarmList ?? [];
  const [time, ...texts] = latest?.records[0] ?? [];
  expect(new Date(time ?? 0).toISOString()).toBe("2026-03-15T02:00:00.000Z");
  expect(texts.map((number) => report.texts[number])).toEqual([
    ...["ListUsers", "iam.amazonaws.com", "us-east-1", "arn:aws:iam::1:user/noisy", "198.51.100.7"],
    ...[undefined, "event-13-120"],
  ]);
});

test("limits what is listed, and counts what is left out", () => {
  const often = Array.from({ length: 101 }, (_, number) => burst(0, number * 60, 6));
  const [listed] = buildReport(sourceOf([tunedSource(often)])).detections;
  expect([listed?.alarms, listed?.alarmList.length, listed?.alarmsLeftOut]).toEqual([101, 100, 1]);
  const [all] = buildReport(sourceOf([tunedSource(often.slice(1))])).detections;
  expect([all?.alarmList.length, all?.alarmsLeftOut]).toEqual([100, 0]);
});

test("counts an alarm for each principal that raised it, and how many are not listed", () => {
  const many = Array.from({ length: 6 }, (_, number) => burst(0, 60, 6, `arn:aws:iam::1:user/${number}`));
  const { principals, detections } = buildReport(sourceOf([tunedSource(many)]));
  expect(principals.map(({ alarms }) => alarms)).toEqual([1, 1, 1, 1, 1, 1]);
  const [listed] = detections;
  expect([listed?.principals.length, listed?.principalsLeftOut]).toEqual([5, 1]);
  expect([listed?.alarmList[0]?.principals.length, listed?.alarmList[0]?.principalsLeftOut]).toEqual([3, 3]);
});

test("lists alarms that count no events as it lists others: the latest first, bounded", () => {
  const alarms = Array.from({ length: 101 }, (_, at) => ({ alarm: "both", from: "OK", to: "ALARM", at }) as const);
  const composite = { account: "payments", detection: "both", matched: 0, alarms, notifications: [], principals: [] };
  const [listed] = buildReport({ ...sourceOf([], "replay"), replayed: [composite] }).detections;
  expect([listed?.alarmList.length, listed?.alarmsLeftOut, listed?.alarmList[0]?.at]).toEqual([100, 1, 100]);
});

test("includes seasons only where there are some, and alarms for which no threshold was tried", () => {
  expect(detection?.advice?.season).toMatchObject({ busyHours: [expect.any(Number), expect.any(Number)] });
  expect(buildReport(sourceOf([tunedSource([burst(0, 0, 9)])])).detections[0]?.advice?.season).toBeUndefined();
  const untunable = ["payments", "staging"].map((account) => ({ account, detection: "heartbeat", why: "it waits" }));
  const { notTuned } = buildReport({ ...sourceOf([tuned]), untunable });
  expect(notTuned).toEqual([{ why: "it waits", detections: ["heartbeat"] }]);
});

test("draws counted events like events that were read, without principals, and with the query for them", () => {
  const own = buildReport(countedSource([tunedSource(counted(NIGHTS))]));
  const [shown] = own.detections;
  expect(shown?.drawn).toEqual(buildReport(sourceOf([tuned], "replay")).detections[0]?.drawn);
  expect([own.principals, own.texts, shown?.principals, own.totals.duplicates]).toEqual([[], [], [], undefined]);
  expect(shown?.alarmList[0]).toMatchObject({ events: 23, principals: [], records: [] });
  expect(shown?.query).toEqual({ savedQuery: "denied-call-burst: a title", account: "444455556666" });
  const other = tunedSource(counted(NIGHTS), { account: "management", detection: "watched-secret-reads" });
  expect(buildReport(countedSource([other])).detections[0]?.query).toEqual({});
  expect(report).not.toHaveProperty("archive");
  expect(detection).not.toHaveProperty("query");
});

test("cuts any length of time into few slots", () => {
  const years = [burst(0, 0, 6), burst(3000, 0, 6)];
  const { slots, slotSeconds } = buildReport(sourceOf([tunedSource(years)]));
  expect(slots).toBeLessThanOrEqual(480);
  expect(slots * slotSeconds).toBeGreaterThanOrEqual(3000 * 86_400);
  expect(buildReport(sourceOf([tunedSource([burst(0, 7, 6)])]))).toMatchObject({ slots: 3, slotSeconds: 60 });
});

test("embeds nothing that could be taken for markup", () => {
  const attack = "</script><script>alert(1)</script><!--";
  const attacked = buildReport(sourceOf([tunedSource([burst(0, 0, 9, attack)])]));
  expect(embedded(attacked)).not.toContain("<");
  expect(JSON.parse(embedded(attacked))).toEqual(attacked);
});

test("embeds nothing by which a browser would show other text than there is", () => {
  const attacked = buildReport(sourceOf([tunedSource([burst(0, 0, 9, "admin\u202egpj.exe\u001b[31m")])]));
  expect(embedded(attacked)).toContain("admin\\\\u{202e}gpj.exe\\\\u{1b}[31m");
  expect(embedded(attacked)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("ranks by severity, then by alarms, then by events, in a replay and a tuning alike", () => {
  const of = (detection: string, severity: string, groups: readonly ReturnType<typeof burst>[]) => ({
    ...tunedSource(groups, { detection, budgetPerWeek: 2 }),
    severity,
  });
  const some = [
    of("often-low", "low", NIGHTS),
    of("once-critical", "critical", [burst(0, 0, 5)]),
    of("silent-critical", "critical", [burst(0, 0, 1)]),
    of("often-high", "high", [burst(0, 0, 5), burst(1, 0, 5)]),
    of("large-high", "high", [burst(0, 0, 50), burst(1, 0, 50)]),
  ];
  for (const kind of ["tune", "replay"] as const) {
    const source = { ...sourceOf(some, kind), measured: some };
    expect(buildReport(source).detections.map(({ detection: id }) => id)).toEqual([
      ...["once-critical", "silent-critical", "large-high", "often-high", "often-low"],
    ]);
  }
});

test("lists the alarms that the proposal no longer raises; none where nothing is proposed", () => {
  const { noLongerRaised, noLongerRaisedLeftOut } = detection?.advice ?? {};
  expect(noLongerRaised?.map(({ events }) => events)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
  expect([noLongerRaisedLeftOut, noLongerRaised?.[0]?.principals]).toEqual([0, detection?.alarmList[0]?.principals]);
  const [kept] = buildReport(sourceOf([tunedSource(NIGHTS, { budgetPerWeek: 7 })])).detections;
  expect(kept?.advice?.noLongerRaised).toEqual([]);
});

test("names in the settings to write the alarms that a raised threshold of 1 gives up", () => {
  const [change] = buildReport(sourceOf([tunedSource(NIGHTS, { threshold: 1 })])).changes;
  expect(change?.yaml).toBe(
    "detections:\n" +
      "  # Caution: one event raises the alarm now: with 20, fewer events in 300 s raise none.\n" +
      "  # No longer raised: 10 of 14 alarms, 2026-03-11 02:01, 2026-03-10 02:01, 2026-03-09 02:01, 2026-03-08 02:01, " +
      "2026-03-07 02:01, 2026-03-06 02:01, 2026-03-05 02:01, 2026-03-04 02:01, 2026-03-03 02:01, 2026-03-02 02:01 (UTC).\n" +
      "  denied-call-burst:\n    threshold: 20\n",
  );
});
