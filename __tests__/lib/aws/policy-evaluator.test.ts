import { evaluate, type PolicyRequest } from "../../../lib/aws/policy-evaluator";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";
const publish: PolicyRequest = {
  principal: "cloudwatch.amazonaws.com",
  action: "sns:Publish",
  resource: TOPIC,
  context: {
    "aws:SourceAccount": "111122223333",
    "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:root-use",
    "aws:SecureTransport": "true",
    "aws:CalledVia": ["a", "b"],
  },
};
const allow = {
  Sid: "Allow",
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: TOPIC,
};
const deny = { ...allow, Sid: "Deny", Effect: "Deny", Principal: "*" };

const answerTo = (...Statement: object[]) => evaluate([JSON.stringify({ Statement })], publish).answer;

test("nothing is allowed that no statement allows", () => {
  expect(answerTo()).toBe("denied");
  expect(answerTo(allow)).toBe("allowed");
});

test.each([
  ["another service", { Principal: { Service: "events.amazonaws.com" } }],
  ["all services but this one", { Principal: undefined, NotPrincipal: { Service: "cloudwatch.amazonaws.com" } }],
  ["one account", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
  ["another action", { Action: "sns:Subscribe" }],
  ["all actions but this one", { Action: undefined, NotAction: "sns:Publish" }],
  ["another topic", { Resource: `${TOPIC}-2` }],
  ["all topics but this one", { Resource: undefined, NotResource: TOPIC }],
  ["another account's alarms", { Condition: { StringEquals: { "AWS:SourceAccount": "999988887777" } } }],
  [
    "other alarms",
    { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:cis-*" } } },
  ],
  ["alarms whose ARN has its parts elsewhere", { Condition: { ArnLike: { "aws:SourceArn": "arn:*:alarm:*" } } }],
  ["what has no account", { Condition: { Null: { "aws:SourceAccount": "true" } } }],
  ["accounts unlike this one", { Condition: { StringNotLike: { "aws:SourceAccount": "1111*" } } }],
  ["a key that CloudWatch does not send", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
])("what is allowed to %s is not allowed to CloudWatch", (_, changes) => {
  expect(answerTo({ ...allow, ...changes })).toBe("denied");
});

test.each([
  ["a list of services", { Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] } }],
  ["everybody", { Principal: "*" }],
  ["everybody, as a list", { Principal: { AWS: ["*"] } }],
  ["all services but another", { Principal: undefined, NotPrincipal: { Service: "events.amazonaws.com" } }],
  ["all actions but another", { Action: undefined, NotAction: "sns:Subscribe" }],
  ["all topics but another", { Resource: undefined, NotResource: `${TOPIC}-2` }],
  ["no word of the resource", { Resource: undefined }],
  ["a key that must be missing", { Condition: { Null: { "aws:PrincipalOrgID": "true" } } }],
  ["a missing key that must not be something", { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }],
  ["wildcards, whatever the case of the action", { Action: "SNS:Pub*", Resource: "*" }],
  [
    "its account and its alarms",
    {
      Condition: {
        StringEquals: { "aws:SourceAccount": ["999988887777", "111122223333"] },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*" },
      },
    },
  ],
  ["a key that may be missing", { Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } }],
  ["what is not another account", { Condition: { StringNotEquals: { "aws:SourceAccount": "999988887777" } } }],
])("it is allowed by %s", (_, changes) => {
  expect(answerTo({ ...allow, ...changes })).toBe("allowed");
});

test("one that denies outweighs one that allows, where its condition holds", () => {
  expect(answerTo(allow, deny)).toBe("denied");
  expect(answerTo(allow, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } })).toBe("allowed");
});

test.each(["", "{}", "[]", "no JSON", '{"Statement": [7]}'])("nothing is allowed by '%s'", (policy) => {
  expect(evaluate([policy], publish)).toEqual({ answer: "denied", because: "no statement allows it" });
});

test.each([
  ["which the request has", { DateGreaterThan: { "aws:SourceAccount": "2026-01-01" } }],
  ["of which it has several values", { StringEquals: { "aws:CalledVia": "a" } }],
  ["which it lacks", { "ForAllValues:StringEquals": { "aws:TagKeys": "team" } }],
])("a condition that is not known, on a key %s, leaves it open on either side", (_, Condition) => {
  expect(answerTo({ ...allow, Condition })).toBe("undecided");
  expect(answerTo(allow, { ...deny, Condition })).toBe("undecided");
  // Whatever it says, somebody else denies.
  expect(answerTo({ ...allow, Condition }, deny)).toBe("denied");
});

test("an operator for any of several values is met by one of them, and by no missing one", () => {
  const several = (Condition: object, values: readonly string[]) =>
    evaluate([JSON.stringify({ Statement: { ...allow, Condition } })], {
      ...publish,
      context: { "aws:CalledVia": values },
    }).answer;
  const equals = { "ForAnyValue:StringEquals": { "aws:CalledVia": "b" } };
  expect(several(equals, ["a", "b"])).toBe("allowed");
  expect(several(equals, ["a"])).toBe("denied");
  expect(several(equals, [])).toBe("denied");
  expect(several({ "ForAnyValue:StringNotEquals": { "aws:CalledVia": "b" } }, [])).toBe("denied");
});

test.each([
  ["NumericLessThan", "9", "no"],
  ["NumericLessThan", "10", "no"],
  ["NumericLessThan", "11", "yes"],
  ["NumericLessThanEquals", "10", "yes"],
  ["NumericGreaterThan", "9.5", "yes"],
  ["NumericGreaterThanEquals", "11", "no"],
  ["NumericEquals", "10.0", "yes"],
  ["NumericNotEquals", "10", "no"],
  ["NumericEquals", "ten", "no"],
])("10 compared by %s with %s: %s", (operator, value, holds) => {
  const compared = (context: PolicyRequest["context"]) =>
    evaluate([JSON.stringify({ Statement: { ...allow, Condition: { [operator]: { days: value } } } })], {
      ...publish,
      context,
    }).answer;
  expect(compared({ days: "10" })).toBe(holds === "yes" ? "allowed" : "denied");
  expect(compared({})).toBe(operator.includes("Not") ? "allowed" : "denied");
});

test("the policy of a role is asked for nobody by name, a trust policy for who assumes it", () => {
  const role = "arn:aws:iam::111122223333:role/ci";
  const answer = (statement: object, principal?: string) =>
    evaluate([JSON.stringify({ Statement: { Effect: "Allow", Action: "sts:AssumeRole", ...statement } })], {
      action: "sts:AssumeRole",
      context: {},
      principal,
    }).answer;
  expect(answer({ Resource: "*" })).toBe("allowed");
  expect(answer({ Resource: "*" }, role)).toBe("denied");
  expect(answer({ Principal: { AWS: role } }, role)).toBe("allowed");
  expect(answer({ Principal: { Federated: role } }, role)).toBe("allowed");
  expect(answer({ Principal: { AWS: role } }, `${role}2`)).toBe("denied");
  expect(answer({ Principal: { AWS: role } })).toBe("denied");
});

describe("policy variables", () => {
  const answer = (statement: object, context: PolicyRequest["context"] = publish.context, Version = "2012-10-17") =>
    evaluate([JSON.stringify({ Version, Statement: { ...allow, ...statement } })], { ...publish, context }).answer;
  const OWN = "arn:aws:sns:eu-west-1:${aws:SourceAccount}:alerts";

  test("are replaced by the request's values, in resources and conditions", () => {
    expect(answer({ Resource: OWN })).toBe("allowed");
    expect(answer({ Resource: OWN }, { "aws:SourceAccount": "999988887777" })).toBe("denied");
    expect(answer({ Resource: ["arn:aws:sns:*:1:a", OWN.toLowerCase()] })).toBe("allowed");
    expect(answer({ Resource: undefined, NotResource: OWN })).toBe("denied");
    const Condition = { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:${aws:SourceAccount}:alarm:*" } };
    expect(answer({ Condition })).toBe("allowed");
    expect(answer({ Condition }, { ...publish.context, "aws:SourceAccount": "999988887777" })).toBe("denied");
    expect(answer({ Resource: "*", Condition: { StringEquals: { "aws:SourceAccount": "${x}" } } }, { x: '"\\' })).toBe(
      "denied",
    );
  });

  test.each([
    ["a key that the request lacks", OWN, {}],
    ["a value that is a wildcard", OWN, { "aws:SourceAccount": "*" }],
    ["several values", OWN, { "aws:SourceAccount": ["111122223333", "999988887777"] }],
    ["a default value", "${aws:PrincipalTag/team, 'a'}", publish.context],
    ["an escaped character", "arn:aws:sns:eu-west-1:111122223333:${*}", publish.context],
  ])("%s: it is not known", (_what, Resource, context) => {
    expect(answer({ Resource }, context)).toBe("undecided");
    // Of what is about other requests, nothing is asked.
    expect(answer({ Resource, Action: "sns:Subscribe" }, context)).toBe("denied");
  });

  test("are text in the earlier version", () => {
    expect(answer({ Resource: OWN }, publish.context, "2008-10-17")).toBe("denied");
  });
});
