import { proveNotification } from "../../../verification/live/notify";
import { FakeAws, FakeClock } from "../support/fake-aws";
import { readsAlarm, subjectWith } from "../support/subject";

const START = Date.parse("2026-01-15T10:00:00Z");

function account(StateValue: string, items: readonly object[]): FakeAws {
  return new FakeAws({
    "cloudwatch:DescribeAlarms": () => ({ MetricAlarms: [{ AlarmName: readsAlarm.name, StateValue }] }),
    "cloudwatch:SetAlarmState": () => ({}),
    "cloudwatch:DescribeAlarmHistory": () => ({ AlarmHistoryItems: items }),
  });
}

const succeeded = { Timestamp: new Date(START + 1000), HistoryData: JSON.stringify({ actionState: "Succeeded" }) };
const statesSet = (aws: FakeAws) => aws.inputsOf("cloudwatch:SetAlarmState").map(({ StateValue }) => StateValue);

function prove(aws: FakeAws, clock = new FakeClock(START)) {
  return proveNotification(subjectWith(aws, clock.now), { clock, onProgress: () => undefined });
}

test.each(["OK", "INSUFFICIENT_DATA"])("sets an alarm to ALARM, and restores %s", async (state) => {
  const aws = account(state, [succeeded]);
  expect(await prove(aws)).toMatchObject([
    { hop: "topic", check: "test message to trailwatch-alerts", status: "proven" },
  ]);
  expect(statesSet(aws)).toEqual(["ALARM", state]);
});

test("an action that never runs is a failure, and the alarm is restored", async () => {
  const aws = account("OK", []);
  expect(await prove(aws)).toMatchObject([{ status: "failed", seen: "nothing in 2 min 0 s (usually a few seconds)" }]);
  expect(statesSet(aws)).toEqual(["ALARM", "OK"]);
});

test("an interruption restores the alarm, too", async () => {
  const aws = account("OK", []);
  const clock = new FakeClock(START);
  clock.interruptAfter = 2;
  await expect(prove(aws, clock)).rejects.toThrow("interrupted");
  expect(statesSet(aws)).toEqual(["ALARM", "OK"]);
});

test("an alarm in ALARM is left alone", async () => {
  const aws = account("ALARM", [succeeded]);
  expect(await prove(aws)).toMatchObject([{ status: "unknown" }]);
  expect(statesSet(aws)).toEqual([]);
});
