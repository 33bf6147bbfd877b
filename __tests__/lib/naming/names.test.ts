import { PLAIN } from "../../../lib/naming/own-names";
import { signalAlarmName } from "../../../lib/naming/alarm-names";
import {
  deploymentRolesStackId,
  isDeploymentRolesStack,
  monitoredAccountOf,
  monitoringStackId,
} from "../../../lib/naming/stack-ids";
import { trailArn } from "../../../lib/naming/trails";

test("a trail's log group has the account in its name", () => {
  expect(PLAIN.trailLogGroup("management", "organization-trail")).toBe("/trailwatch/management/organization-trail");
  expect(PLAIN.trailLogGroup("management", "account-trail")).toBe("/trailwatch/management/account-trail");
});

test("a trail's ARN is known before the trail exists", () => {
  const arn = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/example";
  expect(trailArn("eu-west-1", "111111111111", "example")).toBe(arn);
});

test("an alarm's name holds its account and detection, and both are read back", () => {
  const name = PLAIN.alarmName("payments", "root-use");
  expect(name).toBe("trailwatch-payments-root-use");
  expect(PLAIN.detectionOfAlarm("payments", name)).toBe("root-use");
  expect(PLAIN.detectionOfAlarm("payments", signalAlarmName(name))).toBe("root-use");
  expect(PLAIN.detectionOfAlarm("payments-2", name)).toBeUndefined();
  expect(PLAIN.detectionOfAlarm("payments", "CIS.1 alarm")).toBeUndefined();
  expect(PLAIN.changeWindowAlarm("payments")).toBe("trailwatch-payments-change-window");
});

test("a stack's id holds its account", () => {
  expect(monitoringStackId("payments")).toBe("monitoring-payments");
  expect(monitoredAccountOf("monitoring-payments")).toBe("payments");
  expect(monitoredAccountOf("log-archive")).toBeUndefined();
  expect(isDeploymentRolesStack(deploymentRolesStackId("payments"))).toBe(true);
  expect(isDeploymentRolesStack("monitoring-payments")).toBe(false);
});

test("a stack's state has a key and a workspace of its own", () => {
  expect(PLAIN.stateKey("log-archive")).toBe("trailwatch/log-archive/terraform.tfstate");
  expect(PLAIN.workspaceName("log-archive")).toBe("trailwatch-log-archive");
});

test("policies match every event rule and role", () => {
  expect([0, 1].map(PLAIN.eventRuleName)).toEqual(["trailwatch", "trailwatch-2"]);
  expect(PLAIN.arns.rules).toBe("rule/trailwatch*");
  for (const role of PLAIN.roles) expect(role).toMatch(new RegExp(`^${PLAIN.pattern.replace("*", ".+")}$`));
});
