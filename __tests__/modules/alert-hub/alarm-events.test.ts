import { PLAIN } from "../../../lib/naming/own-names";
import { RECOVERING_ALARMS } from "../../../detections/recovering-alarms";
import { compileEventPattern } from "../../../lib/patterns/event-pattern/event-pattern";
import { HEARTBEAT_EVENT, hubPattern, raisedAlarmPattern } from "../../../modules/alert-hub/alarm-events";
import { alarmEvent } from "../../support/alarm-events";

const change = (alarmName: string, from: string, value: string) =>
  alarmEvent({ state: { value }, detail: { alarmName, previousState: { value: from }, state: { value } } });

test("alarms on a missing signal recover with a message", () => {
  expect([...RECOVERING_ALARMS].sort()).toEqual(["event-rule-silent", "heartbeat", "log-group-silent"]);
});

describe.each([false, true])("with change windows %s", (changeWindows) => {
  const patterns = [
    raisedAlarmPattern(changeWindows, PLAIN),
    hubPattern(changeWindows, [{ ...HEARTBEAT_EVENT, account: "999999999999" }], PLAIN),
  ];

  test.each<[string, string, string, boolean]>([
    ["trailwatch-workloads-heartbeat", "OK", "ALARM", true],
    ["trailwatch-workloads-heartbeat", "ALARM", "OK", true],
    ["trailwatch-workloads-log-group-silent", "ALARM", "OK", true],
    ["trailwatch-workloads-event-rule-silent", "ALARM", "OK", true],
    ["trailwatch-workloads-heartbeat", "INSUFFICIENT_DATA", "OK", false],
    ["trailwatch-workloads-heartbeat", "ALARM", "INSUFFICIENT_DATA", false],
    ["trailwatch-workloads-root-use", "ALARM", "OK", false],
    ["trailwatch-workloads-heartbeat-changed", "ALARM", "OK", false],
    ["other-heartbeat", "ALARM", "OK", false],
  ])("%s from %s to %s is forwarded: %s", (alarmName, from, to, isForwarded) => {
    for (const pattern of patterns) {
      expect(compileEventPattern(JSON.stringify(pattern)).matches(change(alarmName, from, to))).toBe(isForwarded);
    }
  });
});
