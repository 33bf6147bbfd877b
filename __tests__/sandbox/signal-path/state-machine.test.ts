import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { runStateMachine } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { KNOWN } from "../../support/known-alarms";

// The hub's own machine, as it is deployed.
const TOPICS = { alerts: "alerts", notices: "notices" };
const machine = (chatTopicArn?: string) =>
  JSON.stringify(
    stateMachine({
      known: KNOWN,
      topics: TOPICS,
      chatTopicArn,
      detailsMachineArn: "details",
      repeatsTable: "repeats",
      undeliveredUrl: "queue",
    }),
  );

const ITEM = {
  alarms: { N: "1" },
  events: { N: "5" },
  uncounted: { N: "0" },
  since: { N: "1" },
  firstSubject: { S: "x" },
};

async function run(definition: string, refusing: readonly string[] = [], event: object = alarmEvent()) {
  const calls: string[] = [];
  const kept: unknown[] = [];
  const execution = await runStateMachine(definition, event, (resource, args) => {
    if (resource.endsWith("startSyncExecution")) return Promise.resolve({ Status: "SUCCEEDED", Output: "{}" });
    const [entry] = (args["Entries"] ?? []) as readonly { readonly EventBusName: string }[];
    const to = entry?.EventBusName ?? String(args["TopicArn"] ?? args["QueueUrl"] ?? args["TableName"]);
    calls.push(to);
    if (refusing.includes(to)) return Promise.reject(new Error("refused"));
    if (resource.endsWith("sendMessage")) kept.push(JSON.parse(String(args["MessageBody"])));
    return Promise.resolve(to === "repeats" ? { Attributes: ITEM } : {});
  });
  return { ...execution, calls, kept };
}

test("an alert is published, and nothing is kept", async () => {
  expect(await run(machine())).toMatchObject({ succeeded: true, calls: ["repeats", "alerts"], kept: [] });
});

test("with chat, an alert is published there too, and a notice is not", async () => {
  const notice = alarmEvent({ detail: { alarmName: "trailwatch-workloads-own-deployment" } });
  expect((await run(machine("chat"))).calls).toEqual(["repeats", "alerts", "chat"]);
  expect((await run(machine("chat"), [], notice)).calls).toEqual(["repeats", "notices"]);
});

test("a heartbeat ends at once, without a notification", async () => {
  const beat = { source: "trailwatch.heartbeat", "detail-type": "Trailwatch heartbeat", account: "111111111111" };
  expect(await run(machine("chat"), [], beat)).toMatchObject({ succeeded: true, reason: "Heartbeat", calls: [] });
});

test("a variable is seen by the states that follow", async () => {
  const States = {
    A: { Type: "Pass", Assign: { name: { of: "{% $states.input.topic %}" } }, Next: "B" },
    B: { Type: "Task", Resource: "publish", Arguments: { TopicArn: "{% $name.of %}" }, End: true },
  };
  const definition = JSON.stringify({ StartAt: "A", States });
  expect((await run(definition, [], { topic: "mine" })).calls).toEqual(["mine"]);
});

test.each(["alerts", "chat"])("what %s rejects is kept unchanged, and the execution fails", async (topic) => {
  const event = alarmEvent();
  const { succeeded, kept, reason } = await run(machine("chat"), [topic], event);
  expect(kept).toEqual([event]);
  expect(succeeded).toBe(false);
  expect(reason).toContain("NotPublished");
});

test("when the queue also rejects it, the execution fails: an alarm watches for that", async () => {
  expect(await run(machine(), ["alerts", "queue"])).toMatchObject({ succeeded: false, reason: "refused" });
});

test.each([
  ["a state that is not there", { StartAt: "A", States: {} }, "there is no state 'A'"],
  ["a circle", { StartAt: "A", States: { A: { Type: "Pass", Next: "A" } } }, "it did not finish within 100 steps"],
  [
    "an expression without a value",
    { StartAt: "A", States: { A: { Type: "Pass", Output: "{% $x %}" } } },
    "gives nothing",
  ],
  [
    "a state that is not known",
    { StartAt: "A", States: { A: { Type: "Wait" } } },
    "does not support states of type 'Wait'",
  ],
])("%s ends it", async (_what, definition, reason) => {
  const execution = await run(JSON.stringify(definition));
  expect(execution.succeeded).toBe(false);
  expect(execution.reason).toContain(reason);
});

describe("with webhooks", () => {
  const webhooks = { name: "bus", formats: ["trailwatch"] } as const;
  const definition = JSON.stringify(
    stateMachine({
      known: KNOWN,
      topics: TOPICS,
      webhooks,
      detailsMachineArn: "details",
      repeatsTable: "repeats",
      undeliveredUrl: "queue",
    }),
  );

  test("an alarm goes to the topic, then to their bus", async () => {
    expect(await run(definition)).toMatchObject({ succeeded: true, calls: ["repeats", "alerts", "bus"], kept: [] });
  });

  test("what their bus rejects is kept, after the message was sent", async () => {
    const event = alarmEvent();
    const { succeeded, calls, kept, reason } = await run(definition, ["bus"], event);
    expect({ succeeded, calls, kept }).toEqual({
      succeeded: false,
      calls: ["repeats", "alerts", "bus", "queue"],
      kept: [event],
    });
    expect(reason).toContain("NotSent");
  });

  test("they are notified although SNS refuses the message, and the execution fails", async () => {
    const { succeeded, calls } = await run(definition, ["alerts"]);
    expect({ succeeded, calls }).toEqual({ succeeded: false, calls: ["repeats", "alerts", "queue", "bus"] });
  });
});

describe("as Step Functions does it", () => {
  const execute = (States: object, task: (resource: string) => Promise<unknown>, input: unknown = {}) =>
    runStateMachine(JSON.stringify({ StartAt: "A", States }), input, task);
  const failing = Object.assign(new Error("denied"), { name: "Logs.AccessDenied" });
  const Show = { Type: "Succeed", Output: "{% $seen %}" };

  test("a task sees its result, and a role is passed with it", async () => {
    const roles: unknown[] = [];
    const A = {
      Type: "Task",
      Resource: "x",
      Credentials: { RoleArn: "{% 'arn:' & $states.input.id %}" },
      Assign: { seen: "{% $parse($states.result.json).n %}" },
      Next: "Show",
    };
    const definition = JSON.stringify({ StartAt: "A", States: { A, Show } });
    const { output } = await runStateMachine(definition, { id: "role" }, (_resource, _args, roleArn) => {
      roles.push(roleArn);
      return Promise.resolve({ json: '{"n":7}' });
    });
    expect([output, roles]).toEqual([7, ["arn:role"]]);
  });

  test("a catcher sees the error, and only its own assignments happen", async () => {
    const A = {
      Type: "Task",
      Resource: "x",
      Assign: { seen: "never" },
      Catch: [
        { ErrorEquals: ["Other"], Next: "A" },
        { ErrorEquals: ["Logs.AccessDenied"], Assign: { seen: "{% $states.errorOutput.Cause %}" }, Next: "Show" },
      ],
      Next: "Show",
    };
    expect((await execute({ A, Show }, () => Promise.reject(failing))).output).toBe("denied");
  });

  test("a catcher also gets errors of the state's own expressions", async () => {
    const A = {
      Type: "Task",
      Resource: "x",
      Assign: { seen: "{% $parse('<') %}" },
      Catch: [{ ErrorEquals: ["States.ALL"], Assign: { seen: "{% $states.errorOutput.Error %}" }, Next: "Show" }],
      Next: "Show",
    };
    expect((await execute({ A, Show }, () => Promise.resolve({}))).output).toBe("States.QueryEvaluationError");
  });

  test("no catcher gets a result of more than 256 KiB", async () => {
    const A = { Type: "Task", Resource: "x", Catch: [{ ErrorEquals: ["States.ALL"], Next: "A" }], End: true };
    const execution = await execute({ A }, () => Promise.resolve("x".repeat(256 * 1024)));
    expect(execution).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });

  test("a task and an execution end in time", async () => {
    const never = () => new Promise<never>(() => undefined);
    const A = { Type: "Task", Resource: "x", End: true };
    expect(await execute({ A: { ...A, TimeoutSeconds: 0.01 } }, never)).toMatchObject({ error: "States.Timeout" });
    const definition = JSON.stringify({ StartAt: "A", TimeoutSeconds: 0.01, States: { A } });
    expect(await runStateMachine(definition, {}, never)).toMatchObject({ status: "TIMED_OUT" });
  });

  test("a rule of a Choice assigns, otherwise the state does", async () => {
    const A = {
      Type: "Choice",
      Choices: [{ Condition: "{% $states.input.n = 1 %}", Assign: { seen: "one" }, Next: "Show" }],
      Assign: { seen: "other" },
      Default: "Show",
    };
    const none = () => Promise.reject(failing);
    expect((await execute({ A, Show }, none, { n: 1 })).output).toBe("one");
    expect((await execute({ A, Show }, none, { n: 2 })).output).toBe("other");
  });
});
