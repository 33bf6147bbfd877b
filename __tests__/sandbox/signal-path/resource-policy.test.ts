import { admits, type ServiceRequest } from "../../../sandbox/signal-path/resource-policy";

const ALARM = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:reads";
const TOPIC = "arn:aws:sns:eu-west-1:111111111111:alerts";
const REQUEST: ServiceRequest = {
  service: "cloudwatch.amazonaws.com",
  action: "sns:Publish",
  resource: TOPIC,
  context: { "aws:sourceaccount": "111111111111", "aws:sourcearn": ALARM, "aws:securetransport": "true" },
};
const ALLOW = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: TOPIC,
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

test.each([
  ["a statement for the service", ALLOW, true],
  ["another service", { ...ALLOW, Principal: { Service: "events.amazonaws.com" } }, false],
  ["everybody", { ...ALLOW, Principal: "*" }, true],
  ["an action in any case, with a wildcard", { ...ALLOW, Action: ["SNS:Pub*"] }, true],
  ["another action", { ...ALLOW, Action: "sns:Subscribe" }, false],
  ["another topic", { ...ALLOW, Resource: `${TOPIC}2` }, false],
  ["its account", { ...ALLOW, Condition: { StringEquals: { "AWS:SourceAccount": "111111111111" } } }, true],
  ["another account", { ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } } }, false],
  ["alarms like it", { ...ALLOW, Condition: { ArnLike: { "aws:SourceArn": ALARM.replace("reads", "*") } } }, true],
  ["other alarms", { ...ALLOW, Condition: { ArnLike: { "aws:SourceArn": `${ALARM}-*` } } }, false],
  ["a key that the request lacks", { ...ALLOW, Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } }, false],
  ["a condition that is not known", { ...ALLOW, Condition: { NumericEquals: { "aws:SourceAccount": "1" } } }, false],
])("%s", (_what, statement, admitted) => {
  expect(admits(policy(statement), REQUEST)).toBe(admitted);
});

test("a Deny counts more, where it applies", () => {
  const deny = { ...ALLOW, Effect: "Deny", Principal: "*" };
  const insecure = (value: string) => ({ ...deny, Condition: { Bool: { "aws:SecureTransport": value } } });
  expect(admits(policy(ALLOW, insecure("false")), REQUEST)).toBe(true);
  expect(admits(policy(ALLOW, insecure("true")), REQUEST)).toBe(false);
});

test.each(["", "{}", "no JSON"])("nothing is admitted by '%s'", (text) => {
  expect(admits(text, REQUEST)).toBe(false);
});
