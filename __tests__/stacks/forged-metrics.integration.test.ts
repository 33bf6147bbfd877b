import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeStacks } from "../../main";
import { loadOrganization } from "../../organization/load";
import { evaluateTimeline, readDeployment, type Alarm, type DeployedAccount, type TimelineDatum } from "../../signals";

// What is synthesized for the example accounts, evaluated with values that cloudwatch:PutMetricData adds.

const folder = mkdtempSync(join(tmpdir(), "trailwatch-forged-"));
synthesizeStacks(loadOrganization(join(__dirname, "..", "..", "accounts")), folder);
const { accounts, warnings } = readDeployment(folder);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-01-15T00:00:00Z");

/** `count` values at once, or one each so many minutes. */
const events = (count: number, at: number, value = 1): TimelineDatum[] =>
  Array.from({ length: count }, () => ({ timestamp: at, value }));
const each = (minutes: number, value: number, hours = 3): TimelineDatum[] =>
  Array.from({ length: (hours * 60) / minutes }, (_, at) => ({ timestamp: START + at * minutes * MINUTE, value }));

const raises = (alarm: Alarm, data: readonly TimelineDatum[]): number[] =>
  evaluateTimeline({ alarm, data, from: START, to: START + 10 * HOUR, initialState: "OK" })
    .filter(({ to }) => to === "ALARM")
    .map(({ at }) => at);

const counting = accounts.flatMap((account) =>
  account.alarms
    .filter(({ namespace, treatMissingData }) => {
      const isOurs = namespace === "Trailwatch" || namespace === "LogMetrics";
      return isOurs && treatMissingData === "notBreaching";
    })
    .map((alarm) => [alarm.name, alarm, account] as const),
);
/** One account's alarm of each detection; the others have the same, or other settings. */
const different = [
  ...new Map(
    counting.map((one) => {
      const { metricName, statistic, threshold, periodSeconds, evaluationPeriods } = one[1];
      return [JSON.stringify([metricName, statistic, threshold, periodSeconds, evaluationPeriods]), one];
    }),
  ).values(),
];
const atOnce = different.filter(([, { statistic }]) => statistic === "Maximum");
const summed = different.filter(([, { statistic }]) => statistic === "Sum");

/** Alarms of the account on forged values of the metric. */
const forgedAlarms = (
  { lowestValueAlarms = [] }: DeployedAccount,
  { namespace, metricName }: (typeof counting)[0][1],
) =>
  lowestValueAlarms.filter(({ metrics }) =>
    metrics.some((metric) => metric.namespace === namespace && metric.metricName === metricName),
  );

test("every alarm is read", () => {
  expect(warnings).toEqual([]);
  expect(atOnce.length).toBeGreaterThan(30);
  expect(summed.length).toBeGreaterThan(15);
});

test("the threshold decides the statistic; pack cis has the one that checkers expect", () => {
  for (const [, { threshold, namespace, statistic }] of counting) {
    expect(statistic).toBe(threshold === 1 && namespace === "Trailwatch" ? "Maximum" : "Sum");
  }
});

test.each(atOnce)("%s: -1000 a minute changes nothing", (_name, alarm, account) => {
  const real = [...events(1, START + HOUR), ...events(3, START + 2.5 * HOUR + 30_000)];
  expect(raises(alarm, real)).toHaveLength(2);
  expect(raises(alarm, [...real, ...each(1, -1000)])).toEqual(raises(alarm, real));
  // As with the sum of real events.
  expect(raises({ ...alarm, statistic: "Sum" }, real)).toEqual(raises(alarm, real));
  expect(forgedAlarms(account, alarm)).toEqual([]);
});

test.each(summed)("%s: -1000 a minute raises metrics-forged within minutes", (_name, alarm, account) => {
  const real = events(alarm.threshold, START + HOUR);
  const zeros = alarm.namespace === "LogMetrics" ? each(1, 0) : [];
  const [forged, ...others] = forgedAlarms(account, alarm);
  if (forged === undefined) throw new Error(`no alarm watches ${alarm.metricName} for forged values`);
  expect(others).toEqual([]);
  expect(forged.name).toMatch(/-metrics-forged(-\d)?$/);
  expect(forged.metrics.length).toBeLessThanOrEqual(10);

  expect(raises(alarm, [...real, ...zeros])).toHaveLength(1);
  expect(raises(forged, [...real, ...zeros])).toEqual([]);
  expect(raises(alarm, [...real, ...zeros, ...each(1, -1000)])).toEqual([]);
  expect(raises(forged, [...real, ...zeros, ...each(1, -1000)])[0]).toBeLessThanOrEqual(START + 10 * MINUTE);
});

test.each(summed)(
  "%s: a value for an earlier time is seen as long as its alarm looks back",
  (_name, alarm, account) => {
    const [forged] = forgedAlarms(account, alarm);
    if (forged === undefined) throw new Error(`no alarm watches ${alarm.metricName} for forged values`);
    const lookback = alarm.periodSeconds * alarm.evaluationPeriods * 1000;
    const late = { timestamp: START + 6 * HOUR - lookback + 5 * MINUTE, value: -1000, receivedAt: START + 6 * HOUR };
    expect(raises(forged, [late])).toHaveLength(1);
  },
);

const beating = accounts.filter(({ alarms }) => alarms.some(({ metricName }) => metricName === "heartbeat"));

test.each(beating.map((account) => [account.name, account] as const))(
  "%s: +1 an hour to the heartbeat does not hide a dead feed",
  (_name, { alarms }) => {
    const [heartbeat] = alarms.filter(({ metricName }) => metricName === "heartbeat");
    const silence = alarms.filter(({ namespace }) => namespace === "AWS/Logs" || namespace === "AWS/Events");
    if (heartbeat === undefined) throw new Error("no heartbeat");
    expect(silence.map(({ metricName }) => metricName)).toContain("IncomingLogEvents");
    expect(raises(heartbeat, each(60, 1, 10))).toEqual([]);
    for (const alarm of silence) {
      expect(alarm.alarmActions).toEqual([expect.stringMatching(/:trailwatch-alerts$/)]);
      const { dimensions = {} } = alarm;
      const traffic = (hours: number) => each(60, 1, hours).map((datum) => ({ ...datum, dimensions }));
      expect(raises(alarm, traffic(10))).toEqual([]);
      // The last event arrives after 4 hours. CloudWatch looks back for two periods more than decide.
      const [raised = 0] = raises(alarm, traffic(5));
      expect(raised).toBeGreaterThan(START + 6 * HOUR);
      expect(raised).toBeLessThanOrEqual(START + 8 * HOUR + MINUTE);
    }
  },
);
