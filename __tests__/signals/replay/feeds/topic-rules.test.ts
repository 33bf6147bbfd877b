import { recordedCall } from "../../../../blindspots/record";
import { topicRulesOf } from "../../../../signals";
import type { DeployedRule } from "../../../../signals/deployment/deployment";

const PATTERN = JSON.stringify({ detail: { eventName: ["DeleteTopic"] } });

function rule(name: string, region: string, more: Partial<DeployedRule>): DeployedRule {
  return { name, region, pattern: PATTERN, state: "ENABLED", logGroups: [], forwardsTo: [], ...more };
}

const toTopic = rule("to-topic", "eu-west-1", { topics: ["arn:aws:sns:eu-west-1:111111111111:alerts"] });
const forwarding = rule("forwarding", "us-east-1", { forwardsTo: ["eu-west-1"] });

function namesOf(rules: readonly DeployedRule[], region: string, operation = "DeleteTopic"): string[] {
  const call = { service: "sns", operation, parameters: {}, account: "111111111111", region, isDataEvent: false };
  return topicRulesOf(rules, recordedCall(call)).map(({ name }) => name);
}

test("a rule sends events of its region to its topic, of others only if a rule forwards them", () => {
  expect(namesOf([toTopic, forwarding], "eu-west-1")).toEqual(["to-topic"]);
  expect(namesOf([toTopic, forwarding], "us-east-1")).toEqual(["to-topic"]);
  expect(namesOf([toTopic], "us-east-1")).toEqual([]);
  expect(namesOf([toTopic, forwarding], "us-west-2")).toEqual([]);
});

test("disabled rules and rules with another pattern send and forward nothing", () => {
  expect(namesOf([toTopic, forwarding], "eu-west-1", "CreateTopic")).toEqual([]);
  expect(namesOf([{ ...toTopic, state: "DISABLED" }], "eu-west-1")).toEqual([]);
  expect(namesOf([toTopic, { ...forwarding, state: "DISABLED" }], "us-east-1")).toEqual([]);
  expect(namesOf([toTopic, { ...forwarding, pattern: '{"detail":{"eventName":["x"]}}' }], "us-east-1")).toEqual([]);
});
