import { proveLive, type LiveOptions } from "../../../verification/live/live";
import type { CheckResult } from "../../../verification/result";
import { FakeAws, FakeClock } from "../support/fake-aws";
import { readsAlarm, subjectWith } from "../support/subject";

const START = Date.parse("2026-01-15T10:00:00Z");
const READ = "11111111-2222-3333-4444-555555555555";
const event = (who = "me") => JSON.stringify({ detail: { eventName: "GetSecretValue", requestID: READ, who } });

/** An account in which everything happens at once. */
const WORKING = {
  "cloudwatch:DescribeAlarms": () => ({ MetricAlarms: [{ AlarmName: readsAlarm.name, StateValue: "OK" }] }),
  "secretsmanager:GetSecretValue": () => ({ ARN: "arn", $metadata: { requestId: READ } }),
  "cloudtrail:LookupEvents": () => ({ Events: [{ EventId: "e", CloudTrailEvent: event() }] }),
  "logs:FilterLogEvents": () => ({ events: [{ message: event() }] }),
  "cloudwatch:GetMetricStatistics": () => ({ Datapoints: [{ Sum: 3 }] }),
  "cloudwatch:DescribeAlarmHistory": ({ HistoryItemType }: Readonly<Record<string, unknown>>) => ({
    AlarmHistoryItems: [
      {
        Timestamp: new Date(START + 1000),
        HistoryData: JSON.stringify(
          HistoryItemType === "Action"
            ? { actionState: "Succeeded", notificationResource: "arn:aws:sns:eu-west-1:1:trailwatch-alerts" }
            : { newState: { stateValue: "ALARM", stateReason: "Threshold Crossed" } },
        ),
      },
    ],
  }),
};

interface Ran {
  readonly results: readonly CheckResult[];
  readonly aws: FakeAws;
  readonly clock: FakeClock;
}

async function run(answers: object, options: Partial<LiveOptions> = {}, alarm = {}): Promise<Ran> {
  const aws = new FakeAws({ ...WORKING, ...answers });
  const clock = new FakeClock(START);
  const results = await proveLive(subjectWith(aws, clock.now, alarm), {
    clock,
    onProgress: () => undefined,
    onRead: () => undefined,
    anyNumber: false,
    timeout: 60_000,
    ...options,
  });
  return { results, aws, clock };
}

const open = ({ results }: Ran): object[] =>
  results.filter(({ status }) => status !== "proven").map(({ hop, status }) => ({ hop, status }));

test("follows a read to the topic, and reads as often as the threshold requires", async () => {
  const said: string[] = [];
  const ran = await run({}, { onRead: (text) => said.push(text) });
  expect(ran.results.map(({ hop, status }) => [hop, status])).toEqual(
    ["API call", "CloudTrail", "log group", "metric filter", "metric", "alarm", "topic"].map((hop) => [hop, "proven"]),
  );
  expect(ran.aws.inputsOf("secretsmanager:GetSecretValue")).toHaveLength(3);
  expect(said).toEqual([expect.stringContaining("reads MyProjectSecrets 3 times, to reach the threshold")]);
  expect(ran.aws.inputsOf("logs:FilterLogEvents")[0]).toMatchObject({ filterPattern: `"${READ}"` });
});

test.each([
  [
    "log group",
    {
      "cloudtrail:LookupEvents": () => ({ Events: [{ CloudTrailEvent: event() }] }),
      "logs:FilterLogEvents": () => ({ events: [] }),
    },
  ],
  ["CloudTrail", { "cloudtrail:LookupEvents": () => ({ Events: [] }), "logs:FilterLogEvents": () => ({ events: [] }) }],
  ["metric", { "cloudwatch:GetMetricStatistics": () => ({ Datapoints: [{ Sum: 2 }] }) }],
  ["alarm", { "cloudwatch:DescribeAlarmHistory": () => ({ AlarmHistoryItems: [] }) }],
])(
  "says that it ends at the hop %s, after the time that it was given, and blames nothing else",
  async (hop, answers) => {
    const ran = await run(answers);
    expect(ran.results.filter(({ status }) => status === "failed").map((result) => result.hop)).toEqual([hop]);
    expect(ran.clock.time).toBe(START + 60_000);
    const failure = ran.results.find(({ status }) => status === "failed");
    expect(failure?.seen).toMatch(/^nothing in 60 s \(usually /);
  },
);

test("an event history that lags is no failure where the log group has the event", async () => {
  expect(open(await run({ "cloudtrail:LookupEvents": () => ({ Events: [] }) }))).toEqual([]);
});

test("another caller's read is not taken for this one", async () => {
  const others = event().replace(READ, "99999999-2222-3333-4444-555555555555");
  const ran = await run({
    "cloudtrail:LookupEvents": () => ({ Events: [{ CloudTrailEvent: others }] }),
    "logs:FilterLogEvents": () => ({ events: [{ message: others }] }),
  });
  expect(open(ran)[0]).toEqual({ hop: "CloudTrail", status: "failed" });
});

test("a caller whom the detection ignores is named as the reason, without waiting for a metric", async () => {
  const { results, clock } = await run({ "logs:FilterLogEvents": () => ({ events: [{ message: event("ignored") }] }) });
  expect(results.find(({ status }) => status === "failed")).toMatchObject({
    hop: "metric filter",
    reason: expect.stringContaining("'ignore'") as string,
  });
  expect(clock.time).toBe(START);
});

test("a failed action is reported with CloudWatch's reason", async () => {
  const ran = await run({
    "cloudwatch:DescribeAlarmHistory": ({ HistoryItemType }: Readonly<Record<string, unknown>>) =>
      HistoryItemType === "StateUpdate"
        ? WORKING["cloudwatch:DescribeAlarmHistory"]({ HistoryItemType })
        : {
            AlarmHistoryItems: [
              {
                Timestamp: new Date(START + 1000),
                HistoryData: JSON.stringify({ actionState: "Failed", error: "CloudWatch may not use the key" }),
              },
            ],
          },
  });
  expect(ran.results.at(-1)).toMatchObject({
    hop: "topic",
    status: "failed",
    seen: expect.stringContaining("CloudWatch may not use the key") as string,
  });
});

test("events before the read prove nothing", async () => {
  const { results } = await run({
    "cloudwatch:DescribeAlarmHistory": () => ({
      AlarmHistoryItems: [
        {
          Timestamp: new Date(START - 1),
          HistoryData: JSON.stringify({ newState: { stateValue: "ALARM" }, actionState: "Succeeded" }),
        },
      ],
    }),
  });
  expect(results.find(({ status }) => status === "failed")?.hop).toBe("alarm");
});

test("an alarm in ALARM shows no change: that is unknown, and the metric is proven", async () => {
  const inAlarm = { AlarmName: readsAlarm.name, StateValue: "ALARM", StateUpdatedTimestamp: new Date(START - 60_000) };
  const ran = await run({ "cloudwatch:DescribeAlarms": () => ({ MetricAlarms: [inAlarm] }) });
  expect(open(ran)).toEqual([{ hop: "alarm", status: "unknown" }]);
  expect(ran.aws.inputsOf("cloudwatch:DescribeAlarmHistory")).toEqual([]);
});

test.each([
  [100, false, 100],
  [101, false, 0],
  [101, true, 101],
])("a threshold of %d with --yes %s makes %d reads", async (threshold, anyNumber, reads) => {
  const metric = { "cloudwatch:GetMetricStatistics": () => ({ Datapoints: [{ Sum: threshold }] }) };
  const ran = await run(metric, { anyNumber }, { threshold });
  expect(ran.aws.inputsOf("secretsmanager:GetSecretValue")).toHaveLength(reads);
  expect(open(ran)).toEqual(reads === 0 ? [{ hop: "API call", status: "unknown" }] : []);
});

test("reads are not split between two periods of the alarm", async () => {
  const aws = new FakeAws(WORKING);
  const clock = new FakeClock(START - 10_000);
  await proveLive(subjectWith(aws, clock.now), {
    clock,
    onProgress: () => undefined,
    onRead: () => undefined,
    anyNumber: false,
  });
  expect(aws.inputsOf("logs:FilterLogEvents")[0]).toMatchObject({ startTime: START - 1000 });
});

test("a refused read is unknown, and names the action", async () => {
  const { results } = await run({ "secretsmanager:GetSecretValue": undefined });
  expect(results).toEqual([
    expect.objectContaining({ hop: "API call", status: "unknown", missingAction: "secretsmanager:GetSecretValue" }),
  ]);
});
