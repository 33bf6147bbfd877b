import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { NoticesTable } from "../../support/notices-table";
import { runStateMachine, type Execution } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { KNOWN } from "../../support/known-alarms";

const DIGEST = { table: "notices", time: "07:00" };
const MACHINE = {
  known: KNOWN,
  topics: { alerts: "alerts", notices: "notices-topic" },
  detailsMachineArn: "details",
  repeatsTable: "repeats",
  undeliveredUrl: "queue",
};
const WEBHOOKS = { name: "bus", formats: ["trailwatch"] } as const;
const STARTS = { source: "trailwatch.digest", "detail-type": "Trailwatch digest", detail: {} };

afterEach(() => jest.useRealTimers());

/** A hub with a digest, at a time that a test sets. */
class Hub {
  public readonly published: Readonly<Record<string, unknown>>[] = [];
  public readonly calls: string[] = [];
  private readonly table = new NoticesTable();

  constructor(
    private readonly refusing: readonly string[] = [],
    private readonly changes: object = {},
  ) {}

  public run(event: object, at = "2026-11-22T12:00:00Z"): Promise<Execution> {
    jest.useFakeTimers({ now: Date.parse(at), doNotFake: ["nextTick", "setImmediate", "setTimeout"] });
    const definition = JSON.stringify(stateMachine({ ...MACHINE, digest: DIGEST, ...this.changes }));
    return runStateMachine(definition, event, (resource, args) => {
      const call = resource.split(":").slice(-2).join(":");
      this.calls.push(call);
      if (this.refusing.includes(call)) return Promise.reject(new Error("refused"));
      if (call === "dynamodb:updateItem") return Promise.resolve(this.table.update(args));
      if (call === "dynamodb:query") return Promise.resolve(this.table.query(args));
      if (call === "sns:publish") this.published.push(args);
      return Promise.resolve({});
    });
  }
}

const notice = (name = "trailwatch-workloads-own-deployment", account = "333333333333") =>
  alarmEvent({ detail: { alarmName: name }, event: { account } });

test("notices are counted by account and detection, and sent in one message to the topic for notices", async () => {
  const hub = new Hub();
  await hub.run(notice());
  await hub.run(notice());
  await hub.run(notice("trailwatch-payments-watched-secret-reads", "444444444444"));
  expect(hub.published).toEqual([]);
  expect(await hub.run(STARTS, "2026-11-23T07:00:03Z")).toMatchObject({ succeeded: true });
  expect(hub.published).toEqual([
    {
      TopicArn: "notices-topic",
      Subject: "[Trailwatch] 3 notices in 2 accounts",
      Message: [
        "The last 24 hours: 3 notices in 2 accounts",
        "",
        "workloads (333333333333)",
        "  2 x Trailwatch was deployed (low notice), last at 2026-11-22T17:04:40Z",
        "",
        "payments (444444444444)",
        "  1 x A watched secret was read (low notice), last at 2026-11-22T17:04:40Z",
      ].join("\n"),
    },
  ]);
});

test("without notices the digest says so: silence would not prove that it works", async () => {
  const hub = new Hub();
  await hub.run(STARTS, "2026-11-23T07:00:03Z");
  expect(hub.published).toMatchObject([
    { Subject: "[Trailwatch] No notices in the last 24 hours", Message: "No notices in the last 24 hours." },
  ]);
});

test("one notice", async () => {
  const hub = new Hub();
  await hub.run(notice());
  await hub.run(STARTS, "2026-11-23T07:00:03Z");
  expect(hub.published).toMatchObject([{ Subject: "[Trailwatch] 1 notice in 1 account" }]);
});

test.each([
  ["2026-11-22T06:54:59Z", ["2026-11-22"]],
  ["2026-11-22T06:55:01Z", ["2026-11-23"]],
  ["2026-11-22T07:00:01Z", ["2026-11-23"]],
  ["2026-11-23T06:54:59Z", ["2026-11-23"]],
])("a notice of %s is in the digest of %s only", async (at, expected) => {
  const hub = new Hub();
  await hub.run(notice(), at);
  const days = ["2026-11-22", "2026-11-23", "2026-11-24"];
  const found: string[] = [];
  for (const day of days) {
    await hub.run(STARTS, `${day}T07:00:30Z`);
    if (String(hub.published.at(-1)?.["Subject"]).includes("1 notice")) found.push(day);
  }
  expect(found).toEqual(expected);
});

test("an alert is never collected", async () => {
  const hub = new Hub();
  await hub.run(alarmEvent());
  await hub.run(alarmEvent({ detail: { alarmName: "trailwatch-workloads-unknown" } }));
  expect(hub.calls).toEqual(["sns:publish", "sns:publish"]);
  expect(hub.published).toMatchObject([{ TopicArn: "alerts" }, { TopicArn: "alerts" }]);
});

test("a notice that cannot be stored is sent at once", async () => {
  const hub = new Hub(["dynamodb:updateItem"]);
  expect(await hub.run(notice())).toMatchObject({ succeeded: true });
  expect(hub.published).toMatchObject([{ TopicArn: "notices-topic" }]);
});

test("webhooks get each notice at once", async () => {
  const hub = new Hub([], { webhooks: WEBHOOKS });
  await hub.run(notice());
  expect(hub.calls).toEqual(["dynamodb:updateItem", "events:putEvents"]);
});

test.each(["dynamodb:query", "sns:publish"])("a digest whose %s fails is a failed execution", async (call) => {
  expect(await new Hub([call]).run(STARTS)).toMatchObject({ succeeded: false, reason: "refused" });
});
