import { variablesOf } from "../../../modules/alert-hub/known-alarms";
import { alarmEvent } from "../../support/alarm-events";
import { details, hubCard, hubEvent, hubMessage, TOPICS, WINDOW } from "../../support/hub-messages";
import { KNOWN } from "../../support/known-alarms";

const described = (description: string, alarmName = "trailwatch-workloads-watched-secret-reads") =>
  alarmEvent({ detail: { alarmName, configuration: { description } } });
const of = (alarm: string, changes: object = {}) =>
  alarmEvent({ detail: { alarmName: `trailwatch-workloads-${alarm}` }, ...changes });
const QUOTE = "Text of the alarm, as the account sent it, with links disabled:";

test("the message says who did what, then where, then what to do", async () => {
  const { Subject, text, MessageStructure } = await hubMessage(alarmEvent(), { details: details(), window: WINDOW });
  expect(MessageStructure).toBe("json");
  expect(Subject).toBe("[HIGH] workloads: MyProjectSecrets read 5 times by alice");
  expect(text).toMatchInlineSnapshot(`
    "alice (assumed-role/Developer) read MyProjectSecrets 5 times in 5 minutes from 203.0.113.7; threshold 3

    Account: workloads (333333333333)
    Severity: high
    Time: 2026-11-22T17:04:40Z
    What: A watched secret was read

    Event 1: 2026-11-22T17:02:03Z, 5 times
      by alice (assumed-role/Developer)
      GetSecretValue (secretsmanager) on MyProjectSecrets
      from 203.0.113.7 in eu-west-1
      result: ok

    First steps:
    1. Find out who it was.

    Runbook: https://example.com/runbooks/watched-secret-reads.md
    Events: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fevents$252Ftrailwatch/log-events$3FfilterPattern$3D$257B$2520$2524.detail.eventName$2520$253D$2520$2522GetSecretValue$2522$2520$257D$26start$3D1795366740000$26end$3D1795367040000
    Alarm: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwatch-workloads-watched-secret-reads
    Alarm's name: trailwatch-workloads-watched-secret-reads in eu-west-1"
  `);
});

test("without details it says why, with the saved query and the account's own text", async () => {
  const { Subject, text, document } = await hubMessage(alarmEvent(), { details: { problem: "it took\ntoo long" } });
  expect(Subject).toBe("[HIGH] workloads: A watched secret was read");
  expect(text).toMatchInlineSnapshot(`
    "A principal read a secret that is watched.

    Account: workloads (333333333333)
    Severity: high
    Time: 2026-11-22T17:04:40Z
    What: A watched secret was read

    No details: it took?too long
    To find the events: Logs Insights, saved query trailwatch/workloads/watched-secret-reads

    First steps:
    1. Find out who it was.

    Runbook: https://example.com/runbooks/watched-secret-reads.md
    Events: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights
    Alarm: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwatch-workloads-watched-secret-reads
    Alarm's name: trailwatch-workloads-watched-secret-reads in eu-west-1

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
  expect(document).toMatchObject({ problem: "it took?too long", events: [], principals: [] });
});

test("an alarm without matching events may have been set by hand", async () => {
  const { text } = await hubMessage(alarmEvent(), { details: details([], { count: 0, principals: [] }) });
  expect(text).toContain("No details: the log group has no matching event of that time. The alarm may have been set");
});

test("an alarm on a missing signal, and one of the hub, begin with what they mean", async () => {
  const beat = await hubMessage(of("heartbeat"), { details: details() });
  expect(beat.text).toMatch(/^No heartbeat passed for two hours\.\n\nAccount: workloads/);
  expect(beat.text).not.toMatch(/alice|No details/);
  const hub = await hubMessage(of("alert-hub"));
  expect(hub.Subject).toBe("[CRITICAL] workloads: The hub failed");
  expect(hub.text).toMatch(/^It did\.\n\n/);
  expect(hub.text).toContain(QUOTE);
});

test("the recovery of an alarm says so, in the mail and in the chat", async () => {
  const event = of("heartbeat", {});
  const recovered = { ...event, detail: { ...event.detail, state: { value: "OK", reason: "" } } };
  const { Subject, text, TopicArn, document } = await hubMessage(recovered);
  expect(TopicArn).toBe(TOPICS.alerts);
  expect(Subject).toBe("[OK] workloads: Signal path interrupted, recovered");
  expect(text).toMatch(/^The signal arrives again, so the alarm has recovered\./);
  expect(text).not.toContain("First steps");
  expect(document).toMatchObject({ kind: "recovery" });
  const { card } = await hubCard(recovered);
  expect(card.content.title).toBe(Subject);
});

test("runbooks that are no address: three steps instead of a dead link", async () => {
  const known = { ...KNOWN, runbooks: "docs/runbooks" };
  const { text, document } = await hubMessage(alarmEvent(), { details: details() }, known);
  expect(text).toContain("First steps:\n1. Find out who it was.\n2. Check what it did.\n3. Rotate the secret");
  expect(text).not.toContain("Runbook:");
  expect(document).not.toHaveProperty("runbook");
});

test.each(["", "-2", "-11"])(
  "metrics-forged%s is known, with its runbook and without a saved query",
  async (number) => {
    const { text } = await hubMessage(described("x", `trailwatch-workloads-metrics-forged${number}`));
    expect(text).toContain("Runbook: https://example.com/runbooks/metrics-forged.md\nAlarm: ");
    expect(text).toContain(`alarmsV2:alarm/trailwatch-workloads-metrics-forged${number}\n`);
    const other = await hubMessage(described("x", `trailwatch-workloads-own-deployment${number || "-x"}`));
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
  expect((await hubMessage(described(description, `trailwatch-workloads-${alarm}`))).TopicArn).toBe(topic);
});

test("an account's own severity is in the hub's table too", async () => {
  const name = "trailwatch-payments-watched-secret-reads";
  const event = alarmEvent({ detail: { alarmName: name }, event: { account: "444444444444" } });
  expect(await hubMessage(event)).toMatchObject({
    TopicArn: TOPICS.notices,
    Subject: "[LOW] payments: A watched secret was read",
  });
});

test.each([
  ["an account that is not in the table", { event: { account: "999999999999" } }, "[HIGH] 999999999999: Unknown alarm"],
  ["an id that only begins with a known one", { event: { account: "333333333333x" } }, "[HIGH] 333333333333x: Unknown"],
  ["an alarm in another region", { event: { region: "us-east-1" } }, "[HIGH] workloads: Unknown alarm"],
  ["an alarm with another account's name", { event: { account: "444444444444" } }, "[HIGH] payments: Unknown alarm"],
  ["an unknown detection", { detail: { alarmName: "trailwatch-workloads-x" } }, "[HIGH] workloads: Unknown alarm"],
])("%s is marked as unknown, and is an alert", async (_what, changes, subject) => {
  const { Subject, TopicArn, text } = await hubMessage(alarmEvent(changes), { details: details() });
  expect(Subject.slice(0, subject.length)).toBe(subject);
  expect(text).toMatch(/may be forged/);
  expect(text).not.toContain("alice");
  expect(text).toContain(QUOTE);
  expect(TopicArn).toBe(TOPICS.alerts);
});

test("text of the account cannot pass for the hub's: no line of it begins like one", async () => {
  const forged = [
    "Root user at work (low notice)",
    "Account: payments (444444444444)",
    "Runbook: https://evil.example/fix.md",
    "\r\nAlarm: evil.example/x www.evil.example",
  ].join("\n");
  const reason = "because\nAccount: management (111111111111)\n\nAlarm: http://evil.example";
  const event = alarmEvent({ detail: { configuration: { description: forged }, state: { reason, value: "ALARM" } } });
  const { Subject, text } = await hubMessage(event);
  expect(Subject).not.toMatch(/Root|evil/);
  const [own = "", member = ""] = text.split(`${QUOTE}\n`);
  expect(own).not.toMatch(/payments|management|evil/);
  for (const line of member.split("\n")) expect(line).toMatch(/^> /);
  expect(member).not.toMatch(/:\/\/|\.[a-z]/i);
});

test("the alarm's name cannot hold a link or a line", async () => {
  const name = "trailwatch-workloads-\nAccount: x https://evil.example/?a=b";
  const { Subject, text } = await hubMessage(alarmEvent({ detail: { alarmName: name } }));
  expect(Subject).toBe("[HIGH] workloads: Unknown alarm trailwatch-workloads-?Account:?x?https:?evil?example?a?b");
  expect(text).not.toMatch(/evil\.|\?a=b|^Account: x/m);
});

describe("contents of records", () => {
  const HOSTILE =
    "\nAlarm: https://evil.example/<!channel> *b* `c` _d_ [e](http://f.example) \u202e\u200b\0\u001b[31m\"'";
  const FIELDS = ["time", "principal", "service", "call", "resource", "address", "region", "account", "result"];

  test.each(FIELDS)("are one harmless line each: %s", async (field) => {
    const given = { details: details([hubEvent({ [field]: HOSTILE })], { principals: [HOSTILE] }), window: WINDOW };
    const { text, Subject, forms, document } = await hubMessage(alarmEvent(), given);
    const clean = await hubMessage(alarmEvent(), { details: details(), window: WINDOW });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text.match(/:\/\//g)).toEqual(clean.text.match(/:\/\//g));
    expect(text.match(/^Alarm: /gm)).toHaveLength(1);
    expect(text).not.toContain("evil.example");
    expect(Subject).toMatch(/^\[HIGH\] workloads: [ -~]{1,81}$/);
    expect(Subject).not.toMatch(/:\/\/|evil\.example/);
    expect(forms["https"]).toMatch(/^[ -~]*$/);
    expect(Object.keys(document)).toEqual(Object.keys(clean.document));
  });

  test.each(FIELDS)("are code without control sequences in a chat: %s", async (field) => {
    const given = { details: details([hubEvent({ [field]: HOSTILE })], { principals: [HOSTILE] }) };
    const { card } = await hubCard(alarmEvent(), given);
    const { title, description } = card.content;
    expect(title).not.toMatch(/[*`<>&|]|_d_|\]\(/);
    const [own = ""] = description.split("\nRunbook: ");
    // What is not code holds nothing of the record.
    const uncoded = own.replace(/`[^`\n]*`/g, "");
    expect(uncoded).not.toMatch(/[`*<>_[\]]|evil|channel/);
    expect(own).not.toMatch(/<|>|:\/\//);
  });

  test("of any type or length give a legal message", async () => {
    const long = "😀.a://\n".repeat(10_000);
    const values = [long, 7, null, true, [], {}, undefined];
    for (const value of values) {
      const event = Object.fromEntries([...FIELDS, "count"].map((field) => [field, value]));
      const events = Array.from({ length: 9 }, () => event);
      const of = { ...details(events), principals: [value, value], logGroup: value, pattern: value, to: value };
      const { Subject, Message } = await hubMessage(alarmEvent(), { details: of, window: { threshold: value } });
      expect(Subject).toMatch(/^[ -~]{1,99}$/);
      expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
    }
    for (const details of [null, 7, [], "x", { problem: long }]) {
      const { Message } = await hubMessage(alarmEvent(), { details, window: details, repeat: details });
      expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
    }
  });
});

test("the link to the events has log group, pattern and time, encoded as the console does", async () => {
  const pattern = `{ ($.a = "x'(*)!~") && ($.b != 1) }`;
  const { text } = await hubMessage(alarmEvent(), { details: details([hubEvent()], { pattern, from: 1, to: 2 }) });
  const [, link = ""] = /^Events: (.*)$/m.exec(text) ?? [];
  const [start = "", rest = ""] = link.split("/log-events");
  expect(start.endsWith("#logsV2:log-groups/log-group/$252Faws$252Fevents$252Ftrailwatch")).toBe(true);
  const plain = decodeURIComponent(rest.replaceAll("$", "%"));
  expect(plain).toBe(`?filterPattern=${encodeURIComponent(pattern).replace(/[!'()*~]/g, hex)}&start=1&end=2`);
});

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

test("with the longest texts, subject and message are within their limits", async () => {
  const long = "\n😀.a://".repeat(10_000);
  const event = alarmEvent({
    detail: { alarmName: long, configuration: { description: long }, state: { reason: long, value: "ALARM" } },
  });
  const { Subject, Message } = await hubMessage(event);
  expect(Subject.length).toBeLessThanOrEqual(99);
  expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
});

test("chat gets the reason for missing details as code, with AWS's name of the error", async () => {
  const { card } = await hubCard(alarmEvent(), { details: { problem: "CloudWatchLogs.ThrottlingException: `<x>`" } });
  expect(card.content.description).toContain("\nNo details: `CloudWatchLogs[.]ThrottlingException: ??x??`\nTo find");
});

test("chat gets the form that it wants, without the account's text", async () => {
  const { TopicArn, card } = await hubCard(alarmEvent(), { details: details(), window: WINDOW });
  expect(TopicArn).toBe("chat");
  expect(card).toMatchInlineSnapshot(`
    {
      "content": {
        "description": "\`alice (assumed-role/Developer)\` read \`MyProjectSecrets\` 5 times in 5 minutes from \`203.0.113.7\`; threshold 3
    Account: workloads (333333333333), severity: high, time: \`2026-11-22T17:04:40Z\`
    - \`2026-11-22T17:02:03Z\` 5 times: \`alice (assumed-role/Developer)\`, \`GetSecretValue\` on \`MyProjectSecrets\` from \`203.0.113.7\` in \`eu-west-1\`: \`ok\`
    Runbook: https://example.com/runbooks/watched-secret-reads.md
    Events: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fevents$252Ftrailwatch/log-events$3FfilterPattern$3D$257B$2520$2524.detail.eventName$2520$253D$2520$2522GetSecretValue$2522$2520$257D$26start$3D1795366740000$26end$3D1795367040000
    Alarm: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwatch-workloads-watched-secret-reads",
        "keywords": [
          "high",
          "workloads",
          "watched-secret-reads",
        ],
        "nextSteps": [
          "Find out who it was.",
        ],
        "textType": "client-markdown",
        "title": "[HIGH] workloads: MyProjectSecrets read 5 times by alice",
      },
      "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
      "metadata": {
        "summary": "[HIGH] workloads: MyProjectSecrets read 5 times by alice",
        "threadId": "workloads?watched-secret-reads?alice?assumed-role?Developer?",
      },
      "source": "custom",
      "version": "1.0",
    }
  `);
  expect((await hubCard()).card.content.description).not.toContain("Threshold Crossed");
});

test("repeats share a thread of the chat, other principals have another", async () => {
  const thread = async (principal: string) => {
    const { card } = await hubCard(alarmEvent(), { details: details([hubEvent()], { principals: [principal] }) });
    return card.metadata.threadId;
  };
  expect(await thread("alice (user)")).toBe(await thread("alice (user)"));
  expect(await thread("alice (user)")).not.toBe(await thread("bob (user)"));
});

test("a table that exceeds a variable's limit is divided into several", async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(100_000_000_000 + index));
  const accounts = Object.fromEntries(ids.map((id) => [id, `account-${id}-${"x".repeat(19)}`]));
  const many = { ...KNOWN, accounts };
  for (const group of variablesOf(many)) expect(JSON.stringify(group).length).toBeLessThan(256 * 1024);
  for (const id of [ids[0], ids[5000], ids.at(-1)]) {
    const name = accounts[id ?? ""] ?? "";
    const event = alarmEvent({ event: { account: id }, detail: { alarmName: `trailwatch-${name}-own-deployment` } });
    expect((await hubMessage(event, {}, many)).Subject).toBe(`[LOW] ${name}: Trailwatch was deployed`);
  }
});
