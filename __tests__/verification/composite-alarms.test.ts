import type { CompositeAlarm } from "@aws-sdk/client-cloudwatch";
import { accountChecks } from "../../verification/checks/account-checks";
import { compositeAlarmCheck } from "../../verification/checks/composite-alarms";
import type { DeployedCompositeAlarm } from "../../signals";
import { proveNotification } from "../../verification/live/notify";
import { FakeAws, FakeClock } from "./support/fake-aws";
import { ACCOUNT, readsAlarm, REGION, subjectWith, TOPIC } from "./support/subject";

const NAME = "trailwatch-shop-root-use";
const WINDOW = "trailwatch-shop-change-window";
const RULE = `ALARM("${NAME}-signal")`;

const deployed: readonly DeployedCompositeAlarm[] = [
  { name: NAME, rule: RULE, isSuppressible: true, actionsEnabled: true, alarmActions: [TOPIC] },
  { name: WINDOW, rule: `ALARM("${readsAlarm.name}")`, actionsEnabled: true, alarmActions: [] },
];
const healthy: CompositeAlarm = {
  AlarmName: NAME,
  AlarmRule: RULE,
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  ActionsSuppressor: WINDOW,
};
const window: CompositeAlarm = { AlarmName: WINDOW, AlarmRule: `ALARM("${readsAlarm.name}")`, ActionsEnabled: true };

function subject(aws: FakeAws) {
  const plain = subjectWith(aws, () => 0);
  const { expected } = plain;
  return { ...plain, expected: { ...expected, deployed: { ...expected.deployed, compositeAlarms: deployed } } };
}

const checked = (...CompositeAlarms: readonly CompositeAlarm[]) =>
  compositeAlarmCheck.run(subject(new FakeAws({ "cloudwatch:DescribeAlarms": () => ({ CompositeAlarms }) })));

test("composite alarms are checked only if there are any", () => {
  const names = (one: ReturnType<typeof subjectWith>) => accountChecks(one.expected).map(({ name }) => name);
  const aws = new FakeAws({});
  expect(names(subject(aws))).toContain(compositeAlarmCheck.name);
  expect(names(subjectWith(aws, () => 0))).not.toContain(compositeAlarmCheck.name);
});

test("those that are as synthesized are proven, whether AWS has the suppressor by its name or by its ARN", async () => {
  expect(await checked(healthy, window)).toMatchObject({ status: "proven" });
  const ActionsSuppressor = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${WINDOW}`;
  expect(await checked({ ...healthy, ActionsSuppressor }, window)).toMatchObject({ status: "proven" });
});

test.each<[string, Partial<CompositeAlarm>]>([
  ["is missing", { AlarmName: "other" }],
  ["has another rule", { AlarmRule: "FALSE" }],
  ["actions of", { ActionsEnabled: false }],
  [`does not notify ${TOPIC}`, { AlarmActions: [] }],
  ["is suppressed by cpu", { ActionsSuppressor: "cpu" }],
])("one that %s is reported", async (words, change) => {
  const finding = await checked({ ...healthy, ...change }, window);
  expect(finding).toMatchObject({ status: "failed", seen: expect.stringContaining(words) as string });
});

test("a window that is itself suppressed is reported", async () => {
  const finding = await checked(healthy, { ...window, ActionsSuppressor: "cpu" });
  expect(finding).toMatchObject({
    status: "failed",
    seen: expect.stringContaining(`${WINDOW} is suppressed`) as string,
  });
});

test("a topic that only a composite alarm notifies gets its test message, and its history is read", async () => {
  const items = [{ Timestamp: new Date(1000), HistoryData: JSON.stringify({ actionState: "Succeeded" }) }];
  const aws = new FakeAws({
    "cloudwatch:DescribeAlarms": ({ AlarmTypes }) =>
      String(AlarmTypes) === "CompositeAlarm"
        ? { CompositeAlarms: [{ ...healthy, StateValue: "OK" }, window] }
        : { MetricAlarms: [{ AlarmName: readsAlarm.name, StateValue: "OK" }] },
    "cloudwatch:SetAlarmState": () => ({}),
    "cloudwatch:DescribeAlarmHistory": ({ AlarmTypes }) => ({
      AlarmHistoryItems: String(AlarmTypes) === "CompositeAlarm" ? items : [],
    }),
  });
  const options = { clock: new FakeClock(0), onProgress: () => undefined };
  expect(await proveNotification(subject(aws), options)).toMatchObject([{ hop: "topic", status: "proven" }]);
  const set = aws.inputsOf("cloudwatch:SetAlarmState").map(({ AlarmName, StateValue }) => [AlarmName, StateValue]);
  expect(set).toEqual([
    [NAME, "ALARM"],
    [NAME, "OK"],
  ]);
});

test("a test message opens no change window", async () => {
  const aws = new FakeAws({
    "cloudwatch:DescribeAlarms": () => ({ MetricAlarms: [{ AlarmName: readsAlarm.name, StateValue: "OK" }] }),
  });
  const options = { clock: new FakeClock(0), onProgress: () => undefined };
  expect(await proveNotification(subject(aws), options)).toMatchObject([{ status: "unknown" }]);
  expect(aws.inputsOf("cloudwatch:SetAlarmState")).toEqual([]);
});
