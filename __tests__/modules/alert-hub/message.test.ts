import fc from "fast-check";
import { alarmDescription, TOPIC_KINDS } from "../../../lib/naming/alarm-description";
import { SEVERITIES } from "../../../lib/naming/severity";
import { RAISED_ALARMS } from "../../../modules/alert-hub/alarm-events";
import { chatArguments, IS_ALERT, messageArguments } from "../../../modules/alert-hub/message";
import { evaluateExpressions } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { compileEventPattern } from "../../../signals";
import { alarmEvent, compositeEvent } from "../../support/alarm-events";

const TOPICS = { alerts: "arn:aws:sns:eu-west-1:1:alerts", notices: "arn:aws:sns:eu-west-1:1:notices" };

const message = (event: object) =>
  evaluateExpressions(messageArguments(TOPICS), event) as Promise<Record<"TopicArn" | "Subject" | "Message", string>>;
const described = (description?: string) =>
  alarmEvent({ detail: { configuration: description === undefined ? {} : { description } } });

test("the message is lines of text, quotes included, that start with the alarm's description", async () => {
  const { Subject, Message } = await message(alarmEvent());
  expect(Subject).toBe("[workloads] A watched secret was read (high alert)");
  expect(Message).toMatchInlineSnapshot(`
"A watched secret was read (high alert)
Somebody read a secret that is watched.
Raised by: 3 events or more in 300 s.
Account: workloads (333333333333)
Runbook: https://example.com/runbooks/watched-secret-reads.md
Who did it: Logs Insights, saved query trailwatch/workloads/watched-secret-reads
filter detail.eventName = "GetSecretValue"

Reason: Threshold Crossed: 1 datapoint [5.0 (22/11/26 16:59:00)] was greater than or equal to the threshold (3.0).
Time: 2026-11-22T17:04:40Z
Alarm: trailwatch-workloads-watched-secret-reads of account 333333333333 in eu-west-1
See it: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwatch-workloads-watched-secret-reads
Run the query: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights"
`);
});

test.each([
  ["an alert", "Root was used (critical alert)\nmore", TOPICS.alerts],
  ["a notice", "Root was used (critical notice)\nmore", TOPICS.notices],
  ["what only speaks of a notice further down", "Root was used (low alert)\na notice) was", TOPICS.alerts],
  ["a title that speaks of a notice", "Legal hold (final notice) removed (critical alert)\nmore", TOPICS.alerts],
  ["a title that ends in another marker", "Root (low notice) (high alert)\nmore", TOPICS.alerts],
  ["what says both the other way round", "Root (high alert) (low notice)\nmore", TOPICS.notices],
  ["what does not say", "Root was used", TOPICS.alerts],
  ["what has no description", undefined, TOPICS.alerts],
])("%s goes to its topic", async (_what, description, topic) => {
  expect((await message(described(description))).TopicArn).toBe(topic);
});

test("for any title, the state machine selects the topic in the description", async () => {
  const property = fc.asyncProperty(
    fc.string({ unit: "binary" }),
    fc.constantFrom(...SEVERITIES),
    fc.constantFrom(...TOPIC_KINDS),
    async (title, severity, kind) => {
      const description = alarmDescription({ title: `${title} (low notice)`, severity, kind }, ["more (low notice)"]);
      expect((await message(described(description))).TopicArn).toBe(TOPICS[`${kind}s`]);
    },
  );
  await fc.assert(property, { numRuns: 50 });
});

test("without a description, the subject consists of the account's id and the alarm's name", async () => {
  expect((await message(described())).Subject).toBe("[333333333333] trailwatch-workloads-watched-secret-reads");
});

test("a description that names another account is not used for the subject", async () => {
  const sent = await message(described("Root was used (high alert)\nAccount: payments (444444444444)\nmore"));
  expect(sent.Subject).toBe("[333333333333] Root was used (high alert)");
  expect(sent.Message).toContain("of account 333333333333 in eu-west-1");
});

test("the subject is within the limit of SNS: less than 100 characters, on one line", async () => {
  const { Subject } = await message(described(`${"long ".repeat(40)}(high alert)\nAccount: workloads (333333333333)`));
  expect(Subject).toHaveLength(99);
  expect(Subject).not.toContain("\n");
});

test("with the longest description, message and chat text are within their limits", async () => {
  const event = described("x".repeat(1024));
  expect(Buffer.byteLength((await message(event)).Message)).toBeLessThan(256 * 1024);
});

test("chat gets the form that it wants, and alerts only", async () => {
  const { TopicArn, Message } = (await evaluateExpressions(chatArguments("chat"), alarmEvent())) as Record<
    string,
    string
  >;
  expect(TopicArn).toBe("chat");
  expect(JSON.parse(Message ?? "")).toMatchObject({
    version: "1.0",
    source: "custom",
    content: {
      textType: "client-markdown",
      title: "[workloads] A watched secret was read (high alert)",
      description: expect.stringContaining('"GetSecretValue"\n') as string,
    },
  });
  expect(await evaluateExpressions(IS_ALERT, alarmEvent())).toBe(true);
  expect(await evaluateExpressions(IS_ALERT, described("Root was used (high notice)"))).toBe(false);
});

describe("the event pattern of alarms in ALARM", () => {
  const pattern = compileEventPattern(RAISED_ALARMS);

  test.each([
    ["an alarm", alarmEvent(), true],
    ["one that is over", alarmEvent({ state: { value: "OK" } }), false],
    ["one without data", alarmEvent({ state: { value: "INSUFFICIENT_DATA" } }), false],
    ["another tool's alarm", alarmEvent({ detail: { alarmName: "cpu-trailwatch-" } }), false],
    [
      "a change of its settings",
      alarmEvent({ event: { "detail-type": "CloudWatch Alarm Configuration Change" } }),
      false,
    ],
    ["what another source says", alarmEvent({ event: { source: "com.example" } }), false],
    ["a composite alarm", compositeEvent(), true],
    ["one in a change window", compositeEvent({ actionsSuppressedBy: "Alarm" }), false],
  ])("%s", (_what, event, matches) => {
    expect(pattern.matches(event)).toBe(matches);
  });
});
