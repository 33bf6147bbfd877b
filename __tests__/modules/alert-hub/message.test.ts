import { variablesOf, type KnownAlarms } from "../../../modules/alert-hub/known-alarms";
import { chatArguments, isAlert, messageArguments } from "../../../modules/alert-hub/message";
import { evaluateExpressions } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { KNOWN } from "../../support/known-alarms";

const TOPICS = { alerts: "arn:aws:sns:eu-west-1:1:alerts", notices: "arn:aws:sns:eu-west-1:1:notices" };

const variables = (known: KnownAlarms) => Object.assign({}, ...variablesOf(known)) as Record<string, object>;
const message = (event: object, known = KNOWN) =>
  evaluateExpressions(messageArguments(known, TOPICS), event, variables(known)) as Promise<
    Record<"TopicArn" | "Subject" | "Message", string>
  >;
const described = (description: string, alarmName = "trailwatch-workloads-watched-secret-reads") =>
  alarmEvent({ detail: { alarmName, configuration: { description } } });
/** The lines above the member's text. */
const ownLines = (text: string) => text.split("\n\n")[0];

test("the message has the hub's own lines first, then the account's text, quoted", async () => {
  const { Subject, Message } = await message(alarmEvent());
  expect(Subject).toBe("[workloads] A watched secret was read (high alert)");
  expect(Message).toMatchInlineSnapshot(`
    "A watched secret was read (high alert)
    A principal read a secret that is watched.
    Account: workloads (333333333333)
    Alarm: trailwatch-workloads-watched-secret-reads in eu-west-1
    Time: 2026-11-22T17:04:40Z
    Runbook: https://example.com/runbooks/watched-secret-reads.md
    Who did it: Logs Insights, saved query trailwatch/workloads/watched-secret-reads
    See it: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwatch-workloads-watched-secret-reads
    Run the query: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights

    Text of the alarm, as the account sent it, with links disabled:
    > A watched secret was read (high alert)
    > A principal read a secret that is watched.
    > Raised by: 3 events or more in 300 s.
    > Account: workloads (333333333333)
    > Runbook: https[:]//example[.]com/runbooks/watched-secret-reads[.]md
    > Who did it: Logs Insights, saved query trailwatch/workloads/watched-secret-reads
    > filter detail[.]eventName = "GetSecretValue"
    > Reason: Threshold Crossed: 1 datapoint [5.0 (22/11/26 16:59:00)] was greater than or equal to the threshold (3.0)."
  `);
});

test("the recovery of an alarm says so, in the mail and in the chat", async () => {
  const event = alarmEvent({ state: { value: "OK" } });
  const { Subject, Message, TopicArn } = await message(event);
  expect(TopicArn).toBe(TOPICS.alerts);
  expect(Subject).toBe("[workloads] Recovered: A watched secret was read (high alert)");
  expect(ownLines(Message)).toContain("Recovered: A watched secret was read (high alert)\nThe signal arrives again");
  expect(ownLines(Message)).not.toContain("A principal read a secret");
  const chat = chatArguments(KNOWN, "arn:aws:sns:eu-west-1:1:chat");
  const sent = (await evaluateExpressions(chat, event, variables(KNOWN))) as typeof chat;
  expect(sent.Message).toContain("Recovered: A watched secret was read");
});

test.each(["", "-2", "-11"])(
  "metrics-forged%s is known, with its runbook and without a saved query",
  async (number) => {
    const { Message } = await message(described("x", `trailwatch-workloads-metrics-forged${number}`));
    expect(Message).toContain("Runbook: https://example.com/runbooks/metrics-forged.md\nSee it: ");
    expect(Message).toContain(`alarmsV2:alarm/trailwatch-workloads-metrics-forged${number}\n\nText of the alarm`);
    const other = await message(described("x", `trailwatch-workloads-own-deployment${number || "-x"}`));
    expect(other.Subject).toContain("Unknown alarm");
  },
);

test.each([
  ["an alert", "watched-secret-reads", "A title (low notice)", TOPICS.alerts],
  ["an alert whose text has a notice's marker further down", "watched-secret-reads", "x\n(low notice)", TOPICS.alerts],
  ["a notice", "own-deployment", "A title (critical alert)", TOPICS.notices],
  ["an unknown alarm", "made-up", "A title (low notice)", TOPICS.alerts],
  ["an alarm named like a part of every object", "constructor", "A title (low notice)", TOPICS.alerts],
  ["an alarm named like every object's prototype", "__proto__", "A title (low notice)", TOPICS.alerts],
])("%s goes to the topic of the hub's own table", async (_what, alarm, description, topic) => {
  expect((await message(described(description, `trailwatch-workloads-${alarm}`))).TopicArn).toBe(topic);
});

test("an account's own severity is in the hub's table too", async () => {
  const name = "trailwatch-payments-watched-secret-reads";
  const event = alarmEvent({ detail: { alarmName: name }, event: { account: "444444444444" } });
  expect(await message(event)).toMatchObject({
    TopicArn: TOPICS.notices,
    Subject: "[payments] A watched secret was read (low notice)",
  });
});

test.each([
  ["an account that is not in the table", { event: { account: "999999999999" } }, "[999999999999] Unknown alarm"],
  ["an id that only begins with a known one", { event: { account: "333333333333x" } }, "[333333333333x] Unknown"],
  ["an alarm in another region", { event: { region: "us-east-1" } }, "[workloads] Unknown alarm"],
  ["an alarm with another account's name", { event: { account: "444444444444" } }, "[payments] Unknown alarm"],
  ["an unknown detection", { detail: { alarmName: "trailwatch-workloads-x" } }, "[workloads] Unknown alarm"],
])("%s is marked as unknown, and is an alert", async (_what, changes, subject) => {
  const { Subject, TopicArn, Message } = await message(alarmEvent(changes));
  expect(Subject.slice(0, subject.length)).toBe(subject);
  expect(Subject).toMatch(/ \(high alert\)$/);
  expect(Message).toMatch(/may be forged/);
  expect(TopicArn).toBe(TOPICS.alerts);
});

test("text of the account cannot pass for the hub's: no line of it begins like one", async () => {
  const forged = [
    "Root user at work (low notice)",
    "Account: payments (444444444444)",
    "Runbook: https://evil.example/fix.md",
    "\r\nSee it: evil.example/x www.evil.example",
  ].join("\n");
  const reason = "because\nAccount: management (111111111111)\n\nSee it: http://evil.example";
  const event = alarmEvent({ detail: { configuration: { description: forged }, state: { reason, value: "ALARM" } } });
  const { Subject, Message } = await message(event);
  expect(Subject).toBe("[workloads] A watched secret was read (high alert)");
  expect(ownLines(Message)).not.toMatch(/payments|management|evil/);
  const [, ...quoted] = Message.slice(Message.indexOf("\n\n") + 2).split("\n");
  for (const line of quoted) expect(line).toMatch(/^> /);
  expect(quoted.join("\n")).not.toMatch(/:\/\/|\.[a-z]/i);
});

test("the alarm's name cannot hold a link or a line", async () => {
  const name = "trailwatch-workloads-\nAccount: x https://evil.example/?a=b";
  const { Subject, Message } = await message(alarmEvent({ detail: { alarmName: name } }));
  expect(Subject).toBe(
    "[workloads] Unknown alarm trailwatch-workloads-?Account:?x?https:?evil?example?a?b (high alert)",
  );
  expect(ownLines(Message)).not.toMatch(/evil\.|\?a=b|^Account: x/m);
});

test("with the longest texts, subject and message are within their limits", async () => {
  const long = "\n😀.a://".repeat(10_000);
  const event = alarmEvent({
    detail: { alarmName: long, configuration: { description: long }, state: { reason: long, value: "ALARM" } },
  });
  const { Subject, Message } = await message(event);
  expect(Subject.length).toBeLessThanOrEqual(99);
  expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
});

test("chat gets the form that it wants, without the account's text, and alerts only", async () => {
  const of = (value: unknown, event: object) => evaluateExpressions(value, event, variables(KNOWN));
  const { TopicArn, Message } = (await of(chatArguments(KNOWN, "chat"), alarmEvent())) as Record<string, string>;
  expect(TopicArn).toBe("chat");
  const { version, source, content } = JSON.parse(Message ?? "") as Record<string, Record<string, string>>;
  expect({ version, source }).toEqual({ version: "1.0", source: "custom" });
  expect(content).toMatchObject({
    textType: "client-markdown",
    title: "[workloads] A watched secret was read (high alert)",
  });
  expect(content?.["description"]).toContain("Account: workloads (333333333333)\n");
  expect(content?.["description"]).not.toContain("GetSecretValue");
  expect(await of(isAlert(KNOWN), alarmEvent())).toBe(true);
  expect(await of(isAlert(KNOWN), described("x (high alert)", "trailwatch-workloads-own-deployment"))).toBe(false);
});

test("10,000 accounts fit: each variable within 256 KiB, each account found", async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(100_000_000_000 + index));
  const accounts = Object.fromEntries(ids.map((id) => [id, `account-${id}-${"x".repeat(19)}`]));
  const many = { ...KNOWN, accounts };
  for (const group of variablesOf(many)) expect(JSON.stringify(group).length).toBeLessThan(256 * 1024);
  for (const id of [ids[0], ids[5000], ids.at(-1)]) {
    const name = accounts[id ?? ""] ?? "";
    const event = alarmEvent({ event: { account: id }, detail: { alarmName: `trailwatch-${name}-own-deployment` } });
    expect((await message(event, many)).Subject).toBe(`[${name}] Trailwatch was deployed (low notice)`);
  }
});
