import { alarmEvent } from "../../support/alarm-events";
import { details, hubEvent, hubMessage, WINDOW } from "../../support/hub-messages";

const sent = async (events: readonly object[], changes: object = {}, window: object = {}) => {
  const { Subject, document, text } = await hubMessage(alarmEvent(), { details: details(events, changes), window });
  expect(text.split("\n")[0]).toBe(document.sentence);
  return { subject: Subject, sentence: document.sentence };
};

test.each<[string, object[], object, { readonly sentence: string; readonly subject: string }]>([
  [
    "one principal, call and resource",
    [hubEvent()],
    {},
    {
      sentence: "alice (assumed-role/Developer) read MyProjectSecrets 5 times in 5 minutes from 203.0.113.7",
      subject: "MyProjectSecrets read 5 times by alice",
    },
  ],
  [
    "one event",
    [hubEvent({ count: 1, call: "StopLogging", service: "cloudtrail.amazonaws.com", resource: "audit" })],
    {},
    { sentence: "alice (assumed-role/Developer) stopped audit from 203.0.113.7", subject: "audit stopped by alice" },
  ],
  [
    "a call without a resource",
    [hubEvent({ count: 1, call: "StopLogging", resource: "" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) called StopLogging from 203.0.113.7",
      subject: "StopLogging called by alice",
    },
  ],
  [
    "a call that the table does not have",
    [hubEvent({ count: 2, call: "PutX", resource: "Y" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) called PutX on Y 2 times in 5 minutes from 203.0.113.7",
      subject: "PutX called on Y 2 times by alice",
    },
  ],
  [
    "a part of a resource, and a version of Lambda's calls",
    [hubEvent({ count: 1, call: "UpdateFunctionCode20150331v2", resource: "orders" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) changed the code of orders from 203.0.113.7",
      subject: "the code of orders changed by alice",
    },
  ],
  [
    "a call without an object",
    [hubEvent({ count: 1, call: "ConsoleLogin", resource: "", principal: "root" })],
    { principals: ["root"] },
    { sentence: "root signed in from 203.0.113.7", subject: "root signed in" },
  ],
  [
    "several principals, resources and addresses",
    [
      hubEvent({ count: 2 }),
      hubEvent({ count: 1, resource: "B", address: "198.51.100.1" }),
      hubEvent({ count: 1, resource: "C", principal: "bob (user)" }),
    ],
    { principals: ["alice (assumed-role/Developer)", "bob (user)", "carol (user)"], principalCount: 3 },
    {
      sentence: "alice (assumed-role/Developer) and 2 others read 3 secrets in 4 calls in 5 minutes from 2 addresses",
      subject: "3 secrets read 4 times by alice and 2 others",
    },
  ],
  [
    "events of other calls",
    [
      hubEvent({ count: 3 }),
      hubEvent({ count: 1, call: "PutSecretValue" }),
      hubEvent({ count: 1, call: "ListSecrets" }),
    ],
    {},
    {
      sentence:
        "alice (assumed-role/Developer) read MyProjectSecrets 3 times and made 2 other calls in 5 minutes from 203.0.113.7",
      subject: "MyProjectSecrets read 3 times by alice",
    },
  ],
  [
    "a query that did not end",
    [hubEvent()],
    { isComplete: false },
    {
      sentence: "alice (assumed-role/Developer) read MyProjectSecrets at least 5 times in 5 minutes from 203.0.113.7",
      subject: "MyProjectSecrets read 5 times by alice",
    },
  ],
  [
    "more events than are listed",
    [hubEvent({ count: 1 }), hubEvent({ count: 1, resource: "B" })],
    { count: 500 },
    {
      sentence:
        "alice (assumed-role/Developer) read at least 2 secrets (500 events in all) in 5 minutes, first from 203.0.113.7",
      subject: "at least 2 secrets read by alice",
    },
  ],
  [
    "a refused call",
    [hubEvent({ count: 1, result: "AccessDenied" })],
    {},
    {
      sentence:
        "alice (assumed-role/Developer) was refused GetSecretValue on MyProjectSecrets (AccessDenied) from 203.0.113.7",
      subject: "GetSecretValue on MyProjectSecrets refused for alice",
    },
  ],
  [
    "a call that succeeded among refused ones, by another principal",
    [
      hubEvent({ count: 5, principal: "bob", result: "AccessDenied" }),
      hubEvent({ count: 1, principal: "mallory (assumed-role/Ops)" }),
    ],
    { principals: ["bob", "mallory (assumed-role/Ops)"], principalCount: 2 },
    {
      sentence:
        "mallory (assumed-role/Ops) and 1 other read MyProjectSecrets and failed at 5 other calls in 5 minutes from 203.0.113.7",
      subject: "MyProjectSecrets read by mallory and 1 other",
    },
  ],
  [
    "other calls of which some failed",
    [
      hubEvent({ count: 1, result: "AccessDenied" }),
      hubEvent({ count: 2 }),
      hubEvent({ count: 1, call: "ListSecrets", resource: "" }),
    ],
    {},
    {
      sentence:
        "alice (assumed-role/Developer) read MyProjectSecrets 2 times and made 2 other calls (1 failed) in 5 minutes from 203.0.113.7",
      subject: "MyProjectSecrets read 2 times by alice",
    },
  ],
  [
    "a failed call",
    [hubEvent({ count: 2, call: "ConsoleLogin", resource: "", result: "Failed authentication" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) failed to sign in 2 times in 5 minutes from 203.0.113.7",
      subject: "alice failed to sign in 2 times",
    },
  ],
  [
    "a failed call of EC2",
    [hubEvent({ count: 1, call: "RunInstances", resource: "p5", result: "Client.VcpuLimitExceeded" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) failed at RunInstances on p5 (VcpuLimitExceeded) from 203.0.113.7",
      subject: "RunInstances on p5 failed for alice",
    },
  ],
  [
    "a sign-in without MFA",
    [hubEvent({ count: 2, call: "ConsoleLogin", resource: "", mfa: "no" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) signed in without MFA 2 times in 5 minutes from 203.0.113.7",
      subject: "alice signed in without MFA 2 times",
    },
  ],
  [
    "what a resource is",
    [hubEvent({ count: 1, call: "CreateUser", resource: "support" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) created user support from 203.0.113.7",
      subject: "user support created by alice",
    },
  ],
  [
    "something of several resources",
    [
      hubEvent({ count: 1, call: "CreateAccessKey", resource: "a" }),
      hubEvent({ count: 1, call: "CreateAccessKey", resource: "b" }),
    ],
    {},
    {
      sentence: "alice (assumed-role/Developer) created an access key of each of 2 users in 5 minutes from 203.0.113.7",
      subject: "an access key of each of 2 users created by alice",
    },
  ],
  [
    "something of no resource",
    [hubEvent({ count: 1, call: "CreateAccessKey", resource: "" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) created an access key from 203.0.113.7",
      subject: "an access key created by alice",
    },
  ],
  [
    "calls with lists of resources",
    [
      hubEvent({ count: 1, call: "GetParameters", resource: "a, b, c and 7 more" }),
      hubEvent({ count: 1, call: "GetParameters", resource: "d" }),
    ],
    {},
    {
      sentence: "alice (assumed-role/Developer) read at least 2 parameters in 5 minutes from 203.0.113.7",
      subject: "at least 2 parameters read by alice",
    },
  ],
  [
    "a call that a service makes by itself",
    [
      hubEvent({
        count: 1,
        call: "RotationFailed",
        principal: "secretsmanager.amazonaws.com",
        address: "secretsmanager.amazonaws.com",
      }),
    ],
    { principals: ["secretsmanager.amazonaws.com"] },
    {
      sentence: "secretsmanager[.]amazonaws[.]com reported the failed rotation of MyProjectSecrets",
      subject: "the failed rotation of MyProjectSecrets reported by secretsmanager",
    },
  ],
  [
    "another region",
    [hubEvent({ count: 1, region: "us-east-2" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) read MyProjectSecrets from 203.0.113.7 in us-east-2",
      subject: "MyProjectSecrets read by alice",
    },
  ],
  [
    "another account that the hub knows",
    [hubEvent({ count: 1, account: "444444444444" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) read MyProjectSecrets from 203.0.113.7 in account payments",
      subject: "MyProjectSecrets read by alice in payments",
    },
  ],
  [
    "another account that it does not know",
    [hubEvent({ count: 1, account: "999999999999" })],
    {},
    {
      sentence: "alice (assumed-role/Developer) read MyProjectSecrets from 203.0.113.7 in account 999999999999",
      subject: "MyProjectSecrets read by alice in 999999999999",
    },
  ],
  [
    "no principal",
    [hubEvent({ count: 1, principal: "" })],
    { principals: [], principalCount: 0 },
    {
      sentence: "an unknown principal read MyProjectSecrets from 203.0.113.7",
      subject: "MyProjectSecrets read by an unknown principal",
    },
  ],
])("%s", async (_what, events, changes, { sentence, subject }) => {
  expect(await sent(events, changes)).toEqual({ sentence, subject: `[HIGH] workloads: ${subject}` });
});

test("the threshold ends the sentence", async () => {
  const { sentence } = await sent([hubEvent()], {}, WINDOW);
  expect(sentence).toBe(
    "alice (assumed-role/Developer) read MyProjectSecrets 5 times in 5 minutes from 203.0.113.7; threshold 3",
  );
});

test.each([
  [45_000, "45 seconds"],
  [60_000, "1 minute"],
  [3_600_000, "60 minutes"],
  [86_400_000, "24 hours"],
])("a window of %s ms is %s", async (length, words) => {
  const { sentence } = await sent([hubEvent()], { from: 1000, to: 1000 + length });
  expect(sentence).toContain(` in ${words} from `);
});

test("a long resource is cut in the subject, an ARN from its beginning", async () => {
  const { subject } = await sent([hubEvent({ resource: `${"folder/".repeat(20)}x` })]);
  expect(subject).toMatch(/^\[HIGH\] workloads: folder\/.*\.\.\. read 5 times by alice$/);
  const arn = `arn:aws:secretsmanager:eu-west-1:333333333333:secret:${"x".repeat(30)}-the-end`;
  expect((await sent([hubEvent({ resource: arn })])).subject).toMatch(/: \.\.\.x+-the-end read 5 times by alice$/);
});

test.each(["DisableAlarmActions", "PutMetricAlarm", "PutSomething", "StopLogging"])(
  "%s: a subject that is too long names who did it, and shortens what it was done to",
  async (call) => {
    const resource = "trailwatch-workloads-production-parameter-read-burst";
    const principal = `${"administrator".repeat(2)} (assumed-role/Administrator)`;
    const { subject } = await sent([hubEvent({ count: 1, call, resource, account: "444444444444", principal })], {
      principals: [principal],
    });
    expect(subject.length).toBeLessThan(100);
    expect(subject).toContain("trailwatch");
    expect(subject).toMatch(/\.\.\..* by administratoradministrator in payments$/);
  },
);

test.each([
  "alice (permission set Developer)",
  "alice (assumed-role/X of 111122223333)",
  "bob (account 111122223333)",
  "carol (federated by alice)",
  "user-1 (IAM Identity Center)",
  "account 111122223333",
  "a user that does not exist",
])("the principal %s is not in quotes", async (principal) => {
  const { sentence } = await sent([hubEvent({ count: 1, principal })], { principals: [principal] });
  expect(sentence).toBe(`${principal} read MyProjectSecrets from 203.0.113.7`);
});

test("an address of AWS itself is not in quotes", async () => {
  expect((await sent([hubEvent({ address: "AWS Internal" })])).sentence).toMatch(/ from AWS Internal$/);
  expect((await sent([hubEvent({ address: "AWS Internal test" })])).sentence).toMatch(/ from 'AWS Internal test'$/);
});

test("a name with spaces stands in quotes: it cannot read like the hub's own words", async () => {
  const resource = "X. It was an authorized test' from 10.0.0.1";
  const { sentence } = await sent([hubEvent({ resource })]);
  expect(sentence).toContain("read 'X. It was an authorized test? from 10.0.0.1' 5 times");
});
