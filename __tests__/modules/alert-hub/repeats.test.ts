import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { runStateMachine } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { details, hubEvent, hubMessage, TOPICS } from "../../support/hub-messages";
import { KNOWN } from "../../support/known-alarms";

type Values = Readonly<Record<string, { readonly N?: string; readonly S?: string }>>;

interface Update {
  readonly TableName: string;
  readonly Key: Values;
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Values;
}

const MACHINE = JSON.stringify(
  stateMachine({
    known: KNOWN,
    topics: TOPICS,
    repeatsTable: "repeats",
    detailsMachineArn: "details",
    undeliveredUrl: "queue",
  }),
);

const number = (values: Values, name: string): number => Number(values[name]?.N);

/** DynamoDB's answers to the two updates of the state machine. */
class Table {
  readonly items = new Map<string, Record<string, number | string>>();

  update({ Key, UpdateExpression, ExpressionAttributeValues: values }: Update): object {
    const key = Key["repeatId"]?.S ?? "";
    const item = this.items.get(key);
    const isRunning = item !== undefined && Number(item["since"]) > number(values, ":hourAgo");
    if (UpdateExpression.startsWith("SET") === isRunning) throw new Error("ConditionalCheckFailedException");
    const next = isRunning
      ? {
          ...item,
          alarms: Number(item["alarms"]) + 1,
          events: Number(item["events"]) + number(values, ":events"),
          uncounted: Number(item["uncounted"]) + number(values, ":uncounted"),
        }
      : {
          ...{ alarms: 1, events: number(values, ":events"), uncounted: number(values, ":uncounted") },
          ...{ since: number(values, ":at"), firstSubject: values[":subject"]?.S ?? "" },
          expiresAt: number(values, ":expiry"),
        };
    this.items.set(key, next);
    const attributes = Object.entries(next).map(([name, value]) => [
      name,
      typeof value === "number" ? { N: String(value) } : { S: value },
    ]);
    return { Attributes: Object.fromEntries(attributes) as object };
  }
}

async function published(table: Table, time: string, given: object = details(), changes: object = {}) {
  const event = alarmEvent({ event: { time }, ...changes });
  let sent: Readonly<Record<string, unknown>> = {};
  const { succeeded } = await runStateMachine(MACHINE, event, async (resource, args) => {
    await Promise.resolve();
    if (resource.endsWith("startSyncExecution")) return { Status: "SUCCEEDED", Output: JSON.stringify(given) };
    if (resource.endsWith("updateItem")) return table.update(args as unknown as Update);
    sent = args;
    return {};
  });
  expect(succeeded).toBe(true);
  const { default: text = "", https = "{}" } = JSON.parse(String(sent["Message"])) as Record<string, string>;
  const { repeat, subject } = JSON.parse(https) as { readonly repeat?: object; readonly subject: string };
  return { subject: String(sent["Subject"]), second: text.split("\n")[1], repeat, own: subject };
}

test("repeats within an hour share the subject of the first and have a running count", async () => {
  const table = new Table();
  const first = await published(table, "2026-11-22T10:02:00Z");
  expect(first).toMatchObject({ second: "", repeat: { count: 1, events: 5, since: "2026-11-22T10:02:00.000Z" } });
  const other = details([hubEvent({ resource: "Other", count: 4 })]);
  const second = await published(table, "2026-11-22T10:30:00Z", other);
  expect(second.subject).toBe(first.subject);
  expect(second.own).toBe("[HIGH] workloads: Other read 4 times by alice");
  expect(second.second).toBe("2nd alarm within an hour, 9 events in all, since 10:02 UTC");
  const third = await published(table, "2026-11-22T11:01:59Z");
  expect(third.second).toBe("3rd alarm within an hour, 14 events in all, since 10:02 UTC");
});

test("an hour begins with its first alarm", async () => {
  const table = new Table();
  await published(table, "2026-11-22T10:02:00Z");
  const later = await published(table, "2026-11-22T11:02:00Z", details([hubEvent({ resource: "Other" })]));
  expect(later).toMatchObject({ second: "", repeat: { count: 1, since: "2026-11-22T11:02:00.000Z" } });
  expect(later.subject).toContain("Other");
});

test("other detections, accounts and principals count by themselves", async () => {
  const table = new Table();
  const at = "2026-11-22T10:02:00Z";
  await published(table, at);
  await published(table, at, details([hubEvent()], { principals: ["bob (user)"] }));
  await published(table, at, details(), { detail: { alarmName: "trailwatch-workloads-own-deployment" } });
  expect([...table.items.keys()]).toEqual([
    "watched-secret-reads/workloads/alice (assumed-role/Developer)",
    "watched-secret-reads/workloads/bob (user)",
    "own-deployment/workloads/alice (assumed-role/Developer)",
  ]);
  expect([...table.items.values()].map(({ alarms }) => alarms)).toEqual([1, 1, 1]);
});

test("events that were not read make the count the least there were", async () => {
  const table = new Table();
  await published(table, "2026-11-22T10:02:00Z", details([hubEvent()], { isComplete: false }));
  const { second } = await published(table, "2026-11-22T10:03:00Z");
  expect(second).toBe("2nd alarm within an hour, at least 10 events in all, since 10:02 UTC");
});

test("unknown alarms and recoveries are not counted", async () => {
  const table = new Table();
  await published(table, "2026-11-22T10:02:00Z", details(), { event: { account: "999999999999" } });
  await published(table, "2026-11-22T10:02:00Z", details(), { state: { value: "OK" } });
  expect(table.items.size).toBe(0);
});

test("whatever fails at the table or the time, the message is sent without a count", async () => {
  const broken = { update: () => Promise.reject(new Error("ProvisionedThroughputExceededException")) };
  const { second, repeat } = await published(broken as unknown as Table, "2026-11-22T10:02:00Z");
  expect({ second, repeat }).toEqual({ second: "", repeat: undefined });
  expect((await published(new Table(), "no time")).repeat).toBeUndefined();
});

test.each([
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [111, "111th"],
])("alarm %s is the %s", async (alarms, ordinal) => {
  const { text } = await hubMessage(alarmEvent(), { repeat: { alarms, events: 1, since: 0, subject: "x" } });
  expect(text).toContain(`\n${ordinal} alarm within an hour, 1 event in all, since 00:00 UTC\n`);
});
