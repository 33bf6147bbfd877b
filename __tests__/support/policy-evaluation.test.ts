import { admits, type PolicyRequest } from "./policy-evaluation";
import type { Policy, Statement } from "./synth";

const ALLOW: Statement = {
  Sid: "Allow",
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: ["sns:Publish", "kms:GenerateDataKey*"],
  Resource: "arn:aws:sns:eu-west-1:1:alerts",
  Condition: {
    StringEquals: { "aws:SourceAccount": "1" },
    ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:1:alarm:*" },
  },
};
const DENY: Statement = {
  Sid: "Deny",
  Effect: "Deny",
  Principal: "*",
  Action: "sns:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const REQUEST: PolicyRequest = {
  service: "cloudwatch.amazonaws.com",
  action: "sns:Publish",
  resource: "arn:aws:sns:eu-west-1:1:alerts",
  context: { "aws:SourceAccount": "1", "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:1:alarm:a:b" },
};
const policy = (...Statement: Statement[]): Policy => ({ Version: "2012-10-17", Statement });
const from = (context: Record<string, string>) => ({ ...REQUEST, context: { ...REQUEST.context, ...context } });

test.each<[string, Policy, PolicyRequest, boolean]>([
  ["what is allowed", policy(ALLOW), REQUEST, true],
  ["an action that a wildcard allows", policy(ALLOW), { ...REQUEST, action: "kms:GenerateDataKeyPair" }, true],
  ["another action", policy(ALLOW), { ...REQUEST, action: "sns:Subscribe" }, false],
  ["another resource", policy(ALLOW), { ...REQUEST, resource: "arn:aws:sns:eu-west-1:1:alerts2" }, false],
  ["another service", policy(ALLOW), { ...REQUEST, service: "events.amazonaws.com" }, false],
  ["another account", policy(ALLOW), from({ "aws:SourceAccount": "2" }), false],
  ["another source", policy(ALLOW), from({ "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:2:alarm:a" }), false],
  [
    "a source whose parts are shifted",
    policy({ ...ALLOW, Condition: { ArnLike: { "aws:SourceArn": "arn:*:alarm:*" } } }),
    REQUEST,
    false,
  ],
  ["a key that the request lacks", policy(ALLOW), { ...REQUEST, context: { "aws:SourceAccount": "1" } }, false],
  ["a denial that does not apply", policy(ALLOW, DENY), from({ "aws:SecureTransport": "true" }), true],
  ["a denial that does", policy(ALLOW, DENY), from({ "aws:SecureTransport": "false" }), false],
  [
    "a key that may be lacking",
    policy({ ...ALLOW, Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } }),
    REQUEST,
    true,
  ],
  ["nothing", policy(), REQUEST, false],
])("%s", (_what, given, request, expected) => {
  expect(admits(given, request)).toBe(expected);
});

test("what is not understood is an error, never an answer", () => {
  const odd = policy({ ...ALLOW, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } });
  expect(() => admits(odd, from({ "aws:SourceIp": "10.0.0.1" }))).toThrow("'IpAddress' is not known here");
  expect(() => admits(policy({ ...ALLOW, NotResource: "*" }), REQUEST)).toThrow("NotResource");
});
