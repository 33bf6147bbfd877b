import type { Session } from "../../../verification/aws/session";
import { Unanswered } from "../../../verification/aws/unanswered";
import type { ExpectedHub } from "../../../verification/expected/expected-hub";
import { proveAtHub } from "../../../verification/live/hub-steps";
import { Trace } from "../../../verification/live/trace";
import { failed, proven, type CheckResult } from "../../../verification/result";
import { FakeAws, FakeClock } from "../support/fake-aws";
import { ACCOUNT, readsAlarm, REGION, subjectWith } from "../support/subject";

const START = Date.parse("2026-01-15T10:00:00Z");
const HUB = "222233334444";
const MACHINE = `arn:aws:states:${REGION}:${HUB}:stateMachine:trailwatch-alert-hub`;
const OURS = MACHINE.replace("stateMachine", "execution") + ":ours";
const TOPIC = `arn:aws:sns:${REGION}:${HUB}:trailwatch-alert-hub-alerts`;
const NOTICES = "trailwatch-alert-hub-notices";

const expected: ExpectedHub = {
  stack: "alert-hub",
  region: REGION,
  bus: "trailwatch-alerts",
  machine: MACHINE,
  definition: [],
  role: { name: "trailwatch-alert-hub", policies: ["publish"] },
  topics: [TOPIC],
  details: { machine: "details", definition: [], role: { name: "details", policies: [] } },
  webhooks: [],
};

const before: CheckResult[] = [{ hop: "alarm", check: "the alarm goes off", ...proven("ALARM") }];

type Event = Readonly<Record<string, unknown>>;

const event = (changes = {}, account = ACCOUNT) =>
  JSON.stringify({ account, detail: { alarmName: readsAlarm.name, state: { value: "ALARM" }, ...changes } });
const startedBy = (input: string): Event => ({ type: "ExecutionStarted", executionStartedEventDetails: { input } });
const scheduled = (input: object): Event => ({
  type: "TaskScheduled",
  taskScheduledEventDetails: { parameters: JSON.stringify(input) },
});
const SEARCH = { resourceType: "aws-sdk:sfn", resource: "startSyncExecution" };
const answered = (output: object): Event => ({
  type: "TaskSucceeded",
  taskSucceededEventDetails: { ...SEARCH, output: JSON.stringify(output) },
});
const found = (output: object): Event => answered({ Status: "SUCCEEDED", Output: JSON.stringify(output) });
const EVENTS = { count: 3, isComplete: true, principals: ["me (assumed-role/Developer)"], principalCount: 1 };
const PUBLISHED = [
  scheduled({ TopicArn: TOPIC, Subject: "[HIGH] shop: MyProjectSecrets read 3 times by me" }),
  {
    type: "TaskSucceeded",
    taskSucceededEventDetails: { resourceType: "sns", resource: "publish", output: '{"MessageId":"1"}' },
  },
];
const SUCCEEDED = { type: "ExecutionSucceeded" };
const WHOLE = [startedBy(event()), found(EVENTS), ...PUBLISHED, SUCCEEDED];

interface Case {
  readonly history?: readonly Event[];
  readonly answers?: ConstructorParameters<typeof FakeAws>[0];
  readonly enter?: () => Promise<Session>;
  readonly results?: readonly CheckResult[];
}

async function run({ history = WHOLE, answers = {}, enter, results = before }: Case = {}) {
  const aws = new FakeAws({
    "states:ListExecutions": () => ({ executions: [{ executionArn: OURS, name: "ours", startDate: new Date(START) }] }),
    "states:GetExecutionHistory": ({ maxResults }) => ({ events: maxResults === 1 ? history.slice(0, 1) : history }),
    "logs:FilterLogEvents": () => ({
      events: [
        {
          message: JSON.stringify({
            detail: {
              userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::1:assumed-role/Developer/me" },
              requestID: "id",
            },
          }),
        },
      ],
    }),
    ...answers,
  });
  const clock = new FakeClock(START);
  const subject = subjectWith(aws, clock.now);
  const [secret] = subject.expected.secrets;
  if (secret === undefined) throw new Error("there is no secret");
  const reads = { since: START - 1000, requestIds: ["id", "id", "id"] };
  const trace = new Trace({ subject, alarm: readsAlarm, secret, reads });
  await trace.inLogGroup();
  const hub = { expected, enter: enter ?? (() => Promise.resolve(aws)) };
  const found = await proveAtHub(trace, hub, results, { clock, onProgress: () => undefined, timeout: 30_000 });
  return { results: found, aws, clock };
}

const FIRST = "the alarm starts state machine trailwatch-alert-hub";
const SECOND = "the alert hub publishes the message";
const THIRD = "the message says who read the secret";

test("the execution, its message and the details are proven", async () => {
  const { results, clock } = await run();
  expect(results).toEqual([
    { hop: "alert hub", check: FIRST, ...proven("execution ours after 1 s") },
    {
      hop: "alert hub",
      check: SECOND,
      ...proven("published to trailwatch-alert-hub-alerts: [HIGH] shop: MyProjectSecrets read 3 times by me"),
    },
    { hop: "alert hub", check: THIRD, ...proven("3 events, by me (assumed-role/Developer)") },
  ]);
  expect(clock.time).toBe(START);
});

test.each<readonly [string, Case]>([
  ["no execution", { answers: { "states:ListExecutions": () => ({ executions: [] }) } }],
  ["no state machine", { answers: { "states:ListExecutions": () => undefined } }],
  ["only one of another alarm", { history: [startedBy(event({ alarmName: "trailwatch-shop-other" })), SUCCEEDED] }],
  ["only one of another account", { history: [startedBy(event({}, "999999999999")), SUCCEEDED] }],
  ["only one of the recovery", { history: [startedBy(event({ state: { value: "OK" } })), SUCCEEDED] }],
  ["only one whose input is no JSON", { history: [startedBy("{"), SUCCEEDED] }],
  [
    "only one before the reads",
    {
      answers: {
        "states:ListExecutions": ({ nextToken }) => {
          if (nextToken !== undefined) throw new Error("older pages are not read");
          return { executions: [{ executionArn: OURS, startDate: new Date(START - 60_000) }], nextToken: "2" };
        },
      },
    },
  ],
])("with %s the first step fails in the time that it was given, and the others wait for it", async (_what, input) => {
  const { results, clock, aws } = await run(input);
  expect(results).toMatchObject([
    { check: FIRST, status: "failed", remedy: expect.stringContaining("deploy alert-hub monitoring-shop") as string },
    { check: SECOND, status: "unknown", reason: `not checked: '${FIRST}' failed` },
    { check: THIRD, status: "unknown" },
  ]);
  expect(clock.time).toBe(START + 30_000);
  // An execution for another event is read once.
  expect(aws.inputsOf("states:GetExecutionHistory").length).toBeLessThanOrEqual(1);
});

test("the execution is found on a later page", async () => {
  const other = { executionArn: "other", name: "other", startDate: new Date(START + 1000) };
  const { results } = await run({
    answers: {
      "states:ListExecutions": ({ nextToken }) =>
        nextToken === undefined
          ? { executions: [other], nextToken: "2" }
          : { executions: [{ executionArn: OURS, name: "ours", startDate: new Date(START) }] },
      "states:GetExecutionHistory": ({ executionArn, maxResults }) => ({
        events: executionArn === "other" ? [startedBy("{}")] : maxResults === 1 ? WHOLE.slice(0, 1) : WHOLE,
      }),
    },
  });
  expect(results.map(({ status }) => status)).toEqual(["proven", "proven", "proven"]);
});

const ended = (error: string, cause: string): Event => ({
  type: "ExecutionFailed",
  executionFailedEventDetails: { error, cause },
});

test.each<readonly [string, readonly Event[], RegExp]>([
  [
    "SNS refuses the message",
    [
      {
        type: "TaskFailed",
        taskFailedEventDetails: {
          resourceType: "sns",
          resource: "publish",
          error: "SNS.AuthorizationError",
          cause: "no",
        },
      },
      ended("NotPublished", "SNS took no message"),
    ],
    /^the execution ended with FAILED: NotPublished: SNS took no message; sns:publish: SNS.AuthorizationError: no$/,
  ],
  ["webhooks are refused", [...PUBLISHED, ended("NotSent", "the bus")], /^the execution ended with FAILED: NotSent/],
  [
    "the execution takes too long",
    [...PUBLISHED, { type: "ExecutionTimedOut", executionTimedOutEventDetails: { error: "States.Timeout" } }],
    /TIMED_OUT: States.Timeout$/,
  ],
  ["it is stopped by hand", [{ type: "ExecutionAborted" }], /^the execution ended with ABORTED/],
  ["it publishes nothing", [SUCCEEDED], /^nothing was published$/],
  ["it does not end", [], /^nothing in 30 s/],
])("where %s the message fails, and the details are proven all the same", async (_what, end, seen) => {
  const { results } = await run({ history: [startedBy(event()), found(EVENTS), ...end] });
  expect(results).toMatchObject([
    { status: "proven" },
    { check: SECOND, status: "failed", seen: expect.stringMatching(seen) as string },
    { check: THIRD, status: "proven" },
  ]);
});

const DENIED = "reading the metric filters: States.TaskFailed: The role is not authorized to perform sts:AssumeRole";

test.each<readonly [string, Event, RegExp, RegExp]>([
  [
    "the role of the account is gone",
    found({ problem: DENIED }),
    /sts:AssumeRole$/,
    /deploy alert-hub monitoring-shop/,
  ],
  [
    "the log group lags",
    found({ problem: "no event in the log group matches" }),
    /^no event/,
    /run verify --live again/,
  ],
  ["no filter writes the metric", found({ problem: "no metric filter of the account" }), /^no metric/, /deploy/],
  ["the hub does not know the alarm", found({ problem: "" }), /^no events were searched$/, /deploy alert-hub/],
  [
    "the machine that searches fails",
    answered({ Status: "FAILED", Error: "States.DataLimitExceeded", Cause: "too large" }),
    /FAILED: States.DataLimitExceeded: too large$/,
    /deploy alert-hub$/,
  ],
  ["it takes too long", answered({ Status: "TIMED_OUT", Error: null }), /TIMED_OUT$/, /deploy alert-hub$/],
  [
    "the machine is gone",
    { type: "TaskFailed", taskFailedEventDetails: { ...SEARCH, error: "Sfn.StateMachineDoesNotExist", cause: "x" } },
    /not started: Sfn.StateMachineDoesNotExist: x$/,
    /deploy alert-hub$/,
  ],
  [
    "it does not answer in time",
    { type: "TaskTimedOut", taskTimedOutEventDetails: { ...SEARCH, error: "States.Timeout" } },
    /States.Timeout$/,
    /deploy alert-hub$/,
  ],
  ["the result is no JSON", answered({ Status: "SUCCEEDED", Output: "{" }), /another result/, /deploy alert-hub$/],
  ["the result has another form", found({ count: "3" }), /another result/, /deploy alert-hub$/],
  ["an earlier hub does not search", { type: "PassStateEntered" }, /^no events were searched$/, /deploy alert-hub$/],
  ["an event is missing", found({ ...EVENTS, count: 2 }), /^2 of 3 reads/, /again/],
  ["it was another", found({ ...EVENTS, principals: ["bob (assumed-role/X)"] }), /not by me$/, /deploy alert-hub$/],
])("where %s only the details fail", async (_what, search, seen, remedy) => {
  const { results } = await run({ history: [startedBy(event()), search, ...PUBLISHED, SUCCEEDED] });
  expect(results).toMatchObject([
    { check: FIRST, status: "proven" },
    { check: SECOND, status: "proven" },
    {
      check: THIRD,
      status: "failed",
      seen: expect.stringMatching(seen) as string,
      remedy: expect.stringMatching(remedy) as string,
    },
  ]);
});

test("events that are read one by one after a page that is too large count", async () => {
  const large = answered({ Status: "FAILED", Error: "States.DataLimitExceeded", Cause: "" });
  const { results } = await run({ history: [startedBy(event()), large, found(EVENTS), ...PUBLISHED, SUCCEEDED] });
  expect(results.map(({ status }) => status)).toEqual(["proven", "proven", "proven"]);
});

test("among more principals than a message lists, the caller may be another one", async () => {
  const many = found({ ...EVENTS, count: 99, principals: ["a", "b", "c", "d", "e"], principalCount: 6 });
  const { results } = await run({ history: [startedBy(event()), many, ...PUBLISHED, SUCCEEDED] });
  expect(results[2]).toMatchObject({ check: THIRD, status: "unknown" });
});

test("a notice that a digest will list is proven", async () => {
  const stored = [
    scheduled({ TableName: NOTICES }),
    {
      type: "TaskSucceeded",
      taskSucceededEventDetails: { resourceType: "dynamodb", resource: "updateItem", output: "{}" },
    },
  ];
  const { results } = await run({ history: [startedBy(event()), ...stored, SUCCEEDED] });
  expect(results).toMatchObject([
    { status: "proven" },
    { status: "proven", seen: "collected: the next digest lists it" },
    { status: "proven", seen: "a digest has no details" },
  ]);
});

test("without access to the hub's account, or to its executions, the steps are unknown", async () => {
  const noEntry = await run({ enter: () => Promise.reject(new Unanswered("cannot be assumed", "sts:AssumeRole")) });
  expect(noEntry.results).toMatchObject([
    { status: "unknown", missingAction: "sts:AssumeRole" },
    { status: "unknown", reason: "not checked: the execution is unknown" },
    { status: "unknown" },
  ]);
  const denied = await run({ answers: { "states:ListExecutions": undefined } });
  expect(denied.results[0]).toMatchObject({ status: "unknown", missingAction: "states:ListExecutions" });
});

test("an alarm that did not go off is the one cause; one whose own topic failed reaches the hub", async () => {
  const alarm: CheckResult = { hop: "alarm", check: "the alarm goes off", ...failed("nothing", "", "") };
  const { results, aws } = await run({ results: [alarm] });
  expect(results.map(({ reason }) => reason)).toEqual(Array(3).fill("not checked: 'the alarm goes off' failed"));
  expect(aws.inputsOf("states:ListExecutions")).toEqual([]);
  const topic: CheckResult = { hop: "topic", check: "topic", ...failed("nothing", "", "") };
  expect((await run({ results: [...before, topic] })).results.map(({ status }) => status)).toEqual(
    Array(3).fill("proven"),
  );
});
