import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { alarmChecks } from "../../verification/checks/alarms";
import { compositeAlarmCheck } from "../../verification/checks/composite-alarms";
import { FakeAws } from "./support/fake-aws";
import { readsAlarm, subjectWith, TOPIC } from "./support/subject";

const RECOVERS = { alarmActions: [TOPIC], okActions: [TOPIC] };
const UNRECOVERED = {
  status: "failed",
  seen: expect.stringContaining(`does not notify ${TOPIC} when it recovers`) as string,
};
const ACTIONS = { AlarmActions: [TOPIC], ActionsEnabled: true };

function metricAlarm(alarm: MetricAlarm, recovers: boolean) {
  const MetricAlarms = [{ AlarmName: readsAlarm.name, ...ACTIONS, ...alarm }];
  const aws = new FakeAws({ "cloudwatch:DescribeAlarms": () => ({ MetricAlarms }) });
  const check = alarmChecks.find(({ name }) => name === "alarms act");
  return check?.run(subjectWith(aws, () => 0, recovers ? RECOVERS : {}));
}

function compositeAlarm(alarm: CompositeAlarm) {
  const rule = `ALARM("${readsAlarm.name}")`;
  const CompositeAlarms = [{ AlarmName: "trailwatch-shop-heartbeat", AlarmRule: rule, ...ACTIONS, ...alarm }];
  const plain = subjectWith(new FakeAws({ "cloudwatch:DescribeAlarms": () => ({ CompositeAlarms }) }), () => 0);
  const compositeAlarms = [{ name: "trailwatch-shop-heartbeat", rule, actionsEnabled: true, ...RECOVERS }];
  const { expected } = plain;
  return compositeAlarmCheck.run({
    ...plain,
    expected: { ...expected, deployed: { ...expected.deployed, compositeAlarms } },
  });
}

test("an alarm that no longer notifies its recovery is reported", async () => {
  expect(await metricAlarm({ OKActions: [TOPIC] }, true)).toMatchObject({ status: "proven" });
  expect(await metricAlarm({ OKActions: [] }, true)).toMatchObject(UNRECOVERED);
  expect(await metricAlarm({}, false)).toMatchObject({ status: "proven" });
});

test("so is a composite alarm", async () => {
  expect(await compositeAlarm({ OKActions: [TOPIC] })).toMatchObject({ status: "proven" });
  expect(await compositeAlarm({})).toMatchObject(UNRECOVERED);
});
