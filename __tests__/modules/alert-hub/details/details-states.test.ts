import { stateMachine } from "../../../../modules/alert-hub/state-machine";
import type { DetailsInput } from "../../../../modules/alert-hub/details/details-machine";
import { detailsStates } from "../../../../modules/alert-hub/details/details-states";
import { variablesOf } from "../../../../modules/alert-hub/known-alarms";
import { runStateMachine } from "../../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent, compositeEvent } from "../../../support/alarm-events";
import { KNOWN } from "../../../support/known-alarms";

/** The states of the hub's machine that find details, and one that shows what they assign. */
const MACHINE = JSON.stringify({
  StartAt: "Known",
  States: {
    Known: { Type: "Pass", Assign: Object.assign({}, ...variablesOf(KNOWN)) as object, Next: "Details" },
    ...detailsStates(KNOWN, "arn:details", "Tell"),
    Tell: { Type: "Succeed", Output: { details: "{% $details %}", window: "{% $window %}" } },
  },
});

const SUCCEEDED = { Status: "SUCCEEDED", Output: '{"count":5}' };
const TOO_LARGE = { Status: "FAILED", Error: "States.DataLimitExceeded", Cause: "x" };
const time = (text: string) => Date.parse(`2026-11-22T${text}Z`);

async function run(event: object, ...answers: readonly (object | Error)[]) {
  const inputs: DetailsInput[] = [];
  const execution = await runStateMachine(MACHINE, event, (resource, args) => {
    expect(resource).toBe("arn:aws:states:::aws-sdk:sfn:startSyncExecution");
    expect(args["StateMachineArn"]).toBe("arn:details");
    const answer = answers[inputs.length] ?? SUCCEEDED;
    inputs.push(JSON.parse(String(args["Input"])) as DetailsInput);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  expect(execution).toMatchObject({ succeeded: true, reason: "Tell" });
  return { inputs, ...(execution.output as { readonly details: object; readonly window: object }) };
}

const raised = (reasonData: unknown, changes: object = {}) =>
  alarmEvent({
    state: { reasonData: typeof reasonData === "string" ? reasonData : JSON.stringify(reasonData) },
    ...changes,
  });
const period = (...times: readonly string[]) => ({
  period: 60,
  threshold: 2.5,
  evaluatedDatapoints: times.map((at) => ({ timestamp: `2026-11-22T${at}.000+0000`, value: 1 })),
});

test("the events of the evaluated periods are searched, by the hub's own knowledge", async () => {
  const { inputs, details, window } = await run(alarmEvent());
  expect(inputs).toEqual([
    {
      account: "333333333333",
      namespace: "Trailwatch",
      metric: "watched-secret-reads",
      from: time("16:59:00"),
      to: time("17:04:00"),
      limit: 20,
    },
  ]);
  expect(details).toEqual({ count: 5 });
  expect(window).toEqual({ threshold: 3, periodSeconds: 300 });
});

test("several periods are searched from the first to the end of the last", async () => {
  const { inputs, window } = await run(raised(period("17:03:00", "17:02:00", "17:01:00")));
  expect(inputs[0]).toMatchObject({ from: time("17:01:00"), to: time("17:04:00") });
  expect(window).toEqual({ threshold: 2.5, periodSeconds: 60 });
});

const BEFORE = { from: time("16:49:40"), to: time("17:04:40") };
test.each([
  ["no reason", undefined, BEFORE],
  ["a reason that is not JSON", "{{{", BEFORE],
  ["a reason without periods", { version: "1.0" }, BEFORE],
  ["a number that is none", '{"period":"x","threshold":1e999,"evaluatedDatapoints":[]}', BEFORE],
  ["a year", period("17:03:00", "17:03:00").evaluatedDatapoints, BEFORE],
])("%s: the time before the alarm is searched", async (_what, reasonData, window) => {
  const event = reasonData === undefined ? alarmEvent({ state: { reasonData } }) : raised(reasonData);
  const { from = 0, to = 0 } = (await run(event)).inputs[0] ?? {};
  expect(to - from).toBe(window.to - window.from);
});

test.each([
  ["last year", '{"period":60,"evaluatedDatapoints":[{"timestamp":"2025-11-22T17:03:00.000+0000"}]}'],
  [
    "a whole year",
    '{"period":60,"startDate":"2025-11-22T17:03:00.000+0000","evaluatedDatapoints":[{"timestamp":"2026-11-22T17:03:00.000+0000"}]}',
  ],
  ["next year", '{"period":60,"evaluatedDatapoints":[{"timestamp":"2027-11-22T17:03:00.000+0000"}]}'],
])("a forged event cannot ask for %s", async (_what, reasonData) => {
  const { from = 0, to = 0 } = (await run(raised(reasonData))).inputs[0] ?? {};
  expect(from).toBeGreaterThanOrEqual(time("17:00:00") - 24 * 60 * 60 * 1000);
  expect(to).toBeLessThanOrEqual(time("17:15:00"));
  expect(to).toBeGreaterThan(from);
});

test("an event without any time does not prevent the message", async () => {
  const { inputs } = await run(alarmEvent({ state: { timestamp: 7, reasonData: [] }, event: { time: null } }));
  expect(inputs).toHaveLength(1);
});

test.each([
  ["a date that is none", raised('{"period":60,"evaluatedDatapoints":[{"timestamp":"2026-99-99T99:99:99.000+0000"}]}')],
])("%s: the message is sent without details", async (_what, event) => {
  const { details, window } = await run(event);
  expect(details).toEqual({ problem: expect.stringContaining("the query failed") as string });
  expect(window).toEqual({});
});

test("a composite alarm tells no period: its detection's usual one", async () => {
  const event = compositeEvent({
    reasonData: JSON.stringify({
      triggeringAlarms: [{ arn: "a", state: { value: "ALARM", timestamp: "2026-11-22T17:04:00.000+0000" } }],
    }),
  });
  const name = { ...event, detail: { ...event.detail, alarmName: "trailwatch-workloads-watched-secret-reads" } };
  const { inputs, window } = await run(name);
  expect(inputs[0]).toMatchObject({ from: time("16:49:00"), to: time("17:04:00"), namespace: "Trailwatch" });
  expect(window).toEqual({});
});

test.each([
  ["a recovery", alarmEvent({ state: { value: "OK" } })],
  ["an unknown account", alarmEvent({ event: { account: "999999999999" } })],
  ["an unknown alarm", alarmEvent({ detail: { alarmName: "trailwatch-workloads-x" } })],
  ["an alarm that no events raise", alarmEvent({ detail: { alarmName: "trailwatch-workloads-alert-hub" } })],
])("nothing is searched for %s", async (_what, event) => {
  expect((await run(event)).inputs[0]).toMatchObject({ namespace: "" });
});

test("the event's own metric does not matter", async () => {
  const metricStat = { metric: { name: "other", namespace: "Others" }, period: 60 };
  const configuration = { description: "", metrics: [{ metricStat }] };
  const event = alarmEvent();
  const { inputs } = await run({ ...event, detail: { ...event.detail, configuration } });
  expect(inputs[0]).toMatchObject({ namespace: "Trailwatch", metric: "watched-secret-reads" });
});

describe("whatever fails, the message is sent", () => {
  test("a page that is too large is read again, event by event", async () => {
    const { inputs, details } = await run(alarmEvent(), TOO_LARGE);
    expect(inputs.map(({ limit }) => limit)).toEqual([20, 1]);
    expect(details).toEqual({ count: 5 });
  });

  test("an event that is too large", async () => {
    const { inputs, details, window } = await run(alarmEvent(), TOO_LARGE, TOO_LARGE);
    expect(inputs).toHaveLength(2);
    expect(details).toEqual({
      problem: "the matching events are larger than the 256 KiB that Step Functions passes on",
    });
    expect(window).toEqual({ threshold: 3, periodSeconds: 300 });
  });

  test.each([
    ["the machine timed out", { Status: "TIMED_OUT", Error: "States.Timeout" }, "TIMED_OUT States.Timeout"],
    ["the machine failed", { Status: "FAILED", Error: "X", Cause: "y" }, "FAILED X y"],
    ["the call was denied", new Error("denied"), "denied"],
    ["an answer that is not JSON", { Status: "SUCCEEDED", Output: "<" }, "States.QueryEvaluationError"],
    ["no answer", {}, "the query failed"],
  ])("%s", async (_what, answer, problem) => {
    const { inputs, details } = await run(alarmEvent(), answer);
    expect(inputs).toHaveLength(1);
    expect(details).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  test("both attempts, and counting repeats, take 20 seconds at most", () => {
    const machine = stateMachine({
      known: KNOWN,
      topics: { alerts: "a", notices: "n" },
      detailsMachineArn: "d",
      repeatsTable: "repeats",
      undeliveredUrl: "q",
    }) as { readonly States: Readonly<Record<string, { readonly TimeoutSeconds?: number }>> };
    const seconds = Object.entries(machine.States).map(([name, { TimeoutSeconds = 0 }]) =>
      name.startsWith("Details") ? TimeoutSeconds : 0,
    );
    expect(seconds.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(20);
  });
});
