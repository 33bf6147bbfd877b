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
    expect(await run(definition)).toMatchObject({ succeeded: true, calls: ["alerts", "bus"], kept: [] });
  });

  test("what their bus rejects is kept, after the message was sent", async () => {
    const event = alarmEvent();
    const { succeeded, calls, kept, reason } = await run(definition, ["bus"], event);
    expect({ succeeded, calls, kept }).toEqual({ succeeded: false, calls: ["alerts", "bus", "queue"], kept: [event] });
    expect(reason).toContain("NotSent");
  });

  test("they are notified although SNS refuses the message, and the execution fails", async () => {
    const { succeeded, calls } = await run(definition, ["alerts"]);
    expect({ succeeded, calls }).toEqual({ succeeded: false, calls: ["alerts", "queue", "bus"] });
  });
});
