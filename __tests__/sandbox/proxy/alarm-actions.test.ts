import { header, type AwsRequest, type AwsResponse } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { alarmActions } from "../../../sandbox/proxy/shims/alarm-actions";
import { answer, authorization, queryCall } from "./requests";

const ALARM = {
  AlarmName: "root-use",
  AlarmArn: "arn:alarm",
  Threshold: 1,
  AlarmActions: ["arn:topic"],
  OKActions: [],
  Unit: null,
  ActionsEnabled: true,
  StateValue: "ALARM",
  StateReason: "seen",
};

/** The calls that a moto with these alarms receives, and the response. */
async function callsFor(
  request: AwsRequest,
  alarms: readonly object[],
): Promise<{ calls: unknown[]; response: AwsResponse }> {
  const calls: unknown[] = [];
  const send = (passed: AwsRequest) => {
    calls.push([header(passed, "x-amz-target").split(".").at(-1), JSON.parse(passed.body.toString())]);
    expect(passed.headers.authorization).toBe(authorization("monitoring"));
    return Promise.resolve(answer({ MetricAlarms: alarms }));
  };
  return { response: await alarmActions.answer(request, send, identify(request)), calls };
}

test.each([
  ["DisableAlarmActions", false],
  ["EnableAlarmActions", true],
])("%s puts each alarm again, in its state", async (operation, ActionsEnabled) => {
  const { calls, response } = await callsFor(
    queryCall("monitoring", operation, { "AlarmNames.member.1": "root-use" }),
    [ALARM],
  );
  expect(calls).toEqual([
    ["DescribeAlarms", { AlarmNames: ["root-use"] }],
    ["PutMetricAlarm", { AlarmName: "root-use", Threshold: 1, AlarmActions: ["arn:topic"], ActionsEnabled }],
    ["SetAlarmState", { AlarmName: "root-use", StateValue: "ALARM", StateReason: "seen" }],
  ]);
  expect(response.body.toString()).toContain(`<${operation}Response>`);
});

test("alarms that are not there change nothing", async () => {
  const { calls, response } = await callsFor(
    queryCall("monitoring", "DisableAlarmActions", { "AlarmNames.member.1": "x" }),
    [],
  );
  expect(calls).toHaveLength(1);
  expect(response.status).toBe(200);
});

test("no names are no alarms", async () => {
  expect((await callsFor(queryCall("monitoring", "DisableAlarmActions"), [ALARM])).calls).toEqual([]);
});
