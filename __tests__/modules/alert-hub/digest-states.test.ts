import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { NoticesTable } from "../../support/notices-table";
import { runStateMachine, type Execution } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { details, hubEvent } from "../../support/hub-messages";
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

/** One event, in workloads. */
const FOUND = details([hubEvent()]);

const DOCS = join(__dirname, "../../../docs");
const schema: unknown = JSON.parse(readFileSync(join(DOCS, "digest-format.schema.json"), "utf8"));
const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

afterEach(() => jest.useRealTimers());

/** A hub with a digest, at a time that a test sets. */
class Hub {
  public readonly published: Readonly<Record<string, unknown>>[] = [];
  public readonly calls: string[] = [];
  private readonly table = new NoticesTable();

  constructor(
    private readonly refusing: readonly string[] = [],
    private readonly changes: object = {},
    private readonly found: object = { problem: "" },
    private readonly items?: object,
  ) {}

  /** Items of 2026-11-22. */
  public stored(): { readonly Items?: readonly object[] } {
    const values = { ":w": { S: "2026-11-22" } };
    const KeyConditionExpression = "digestWindow = :w";
    return this.table.query({ TableName: "notices", KeyConditionExpression, ExpressionAttributeValues: values });
  }

  public run(event: object, at = "2026-11-22T12:00:00Z"): Promise<Execution> {
    jest.useFakeTimers({ now: Date.parse(at), doNotFake: ["nextTick", "setImmediate", "setTimeout"] });
    const definition = JSON.stringify(stateMachine({ ...MACHINE, digest: DIGEST, ...this.changes }));
    return runStateMachine(definition, event, (resource, args) => {
      const call = resource.split(":").slice(-2).join(":");
      this.calls.push(args["TableName"] === "repeats" ? "repeats" : call);
      if (this.refusing.includes(call)) return Promise.reject(new Error("refused"));
      if (call === "sfn:startSyncExecution") {
        return Promise.resolve({ Status: "SUCCEEDED", Output: JSON.stringify(this.found) });
      }
      if (args["TableName"] === "repeats") return Promise.resolve({ Attributes: {} });
      if (call === "dynamodb:updateItem") return Promise.resolve(this.table.update(args));
      if (call === "dynamodb:query") return Promise.resolve(this.items ?? this.table.query(args));
      if (call === "sns:publish") this.published.push(args);
      return Promise.resolve({});
    });
  }
}

const notice = (name = "trailwatch-workloads-own-deployment", account = "333333333333") =>
  alarmEvent({ detail: { alarmName: name }, event: { account } });

test("notices are counted by account and detection, and sent in one message to the topic for notices", async () => {
  const hub = new Hub([], {}, FOUND);
  await hub.run(notice());
  await hub.run(notice());
  await hub.run(notice("trailwatch-payments-watched-secret-reads", "444444444444"));
  expect(hub.published).toEqual([]);
  expect(await hub.run(STARTS, "2026-11-23T07:00:03Z")).toMatchObject({ succeeded: true });
  const { Message = "", ...sent } = (hub.published[0] ?? {}) as Record<string, string>;
  expect(sent).toEqual({
    TopicArn: "notices-topic",
    Subject: "[Trailwatch] 3 notices in 2 accounts",
    MessageStructure: "json",
  });
  const { default: text = "", https = "", sqs } = JSON.parse(Message) as Record<string, string>;
  const lastSentence = "alice (assumed-role/Developer) read MyProjectSecrets 5 times in 5 minutes from 203.0.113.7";
  expect(text.split("\n")).toEqual([
    "The last 24 hours: 3 notices in 2 accounts",
    "",
    "workloads (333333333333)",
    "  2 x Trailwatch was deployed (low notice), last at 2026-11-22T17:04:40Z",
    `      ${lastSentence}; threshold 3`,
    "",
    "payments (444444444444)",
    "  1 x A watched secret was read (low notice), last at 2026-11-22T17:04:40Z",
    `      ${lastSentence} in account workloads; threshold 3`,
  ]);
  expect(sqs).toBe(https);
  const document: unknown = JSON.parse(https);
  expect(validator.safeParse(document).error?.issues ?? []).toEqual([]);
  expect(document).toMatchObject({
    type: "trailwatch.digest",
    version: 1,
    subject: "[Trailwatch] 3 notices in 2 accounts",
    from: "2026-11-22T06:55:00.000Z",
    to: "2026-11-23T06:55:00.000Z",
    count: 3,
    accountCount: 2,
    isComplete: true,
    notices: [
      {
        account: { id: "333333333333", name: "workloads" },
        detection: "own-deployment",
        title: "Trailwatch was deployed",
        severity: "low",
        count: 2,
        lastTime: "2026-11-22T17:04:40Z",
        lastSentence: `${lastSentence}; threshold 3`,
      },
      { detection: "watched-secret-reads" },
    ],
  });
});

test("the page's example is as the schema says", () => {
  const page = readFileSync(join(DOCS, "notification-format.md"), "utf8");
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, example = ""]) => JSON.parse(example) as object);
  const digests = examples.filter((one) => "type" in one && one.type === "trailwatch.digest");
  expect(digests).toHaveLength(1);
  expect(validator.safeParse(digests[0]).error?.issues ?? []).toEqual([]);
});

test("the fullest digest is smaller than what Step Functions and SNS accept", async () => {
  const long = "'\"\\ä".repeat(500);
  const hostile = hubEvent({ call: long, resource: long, address: long, principal: long, result: long });
  const hub = new Hub([], {}, details([hostile], { principals: [long] }));
  await hub.run(notice());
  const [item] = (hub.stored().Items ?? []) as [object];
  const Items = Array.from({ length: 300 }, (_, index) => ({
    ...item,
    accountName: { S: `${"n".repeat(60)}${index} (333333333333)` },
    alarmTitle: { S: "t".repeat(90) },
  }));
  expect(JSON.stringify({ Items }).length).toBeLessThan(256 * 1024);
  const full = new Hub([], {}, {}, { Items, LastEvaluatedKey: {} });
  expect(await full.run(STARTS, "2026-11-23T07:00:03Z")).toMatchObject({ succeeded: true });
  const { Message = "", Subject } = (full.published[0] ?? {}) as Record<string, string>;
  expect(Buffer.byteLength(Message)).toBeLessThan(250 * 1000);
  expect(Subject).toBe("[Trailwatch] at least 300 notices in 300 accounts");
  const { https = "" } = JSON.parse(Message) as Record<string, string>;
  expect(JSON.parse(https)).toMatchObject({ isComplete: false, count: 300 });
});

test("without notices the digest says so: silence would not prove that it works", async () => {
  const hub = new Hub();
  await hub.run(STARTS, "2026-11-23T07:00:03Z");
  expect(hub.published).toMatchObject([
    {
      Subject: "[Trailwatch] No notices in the last 24 hours",
      Message: expect.stringContaining('{"default":"No notices in the last 24 hours."') as string,
    },
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
  expect(hub.calls).toEqual([
    ...["sfn:startSyncExecution", "repeats", "sns:publish"],
    ...["sfn:startSyncExecution", "sns:publish"],
  ]);
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
  expect(hub.calls).toEqual(["sfn:startSyncExecution", "repeats", "dynamodb:updateItem", "events:putEvents"]);
});

test.each(["dynamodb:query", "sns:publish"])("a digest whose %s fails is a failed execution", async (call) => {
  expect(await new Hub([call]).run(STARTS)).toMatchObject({ succeeded: false, reason: "refused" });
});
