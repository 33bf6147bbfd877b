import { z } from "zod";
import { WEBHOOK_FORMAT_NAMES, type WebhookFormatName } from "../../../lib/naming/webhook-formats";
import { webhookArguments } from "../../../modules/alert-hub/webhook-task";
import { evaluateExpressions } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { KNOWN } from "../../support/known-alarms";

const TABLES = { accounts1: KNOWN.accounts, alarms1: { ...KNOWN.alarms, heartbeat: beat() }, markers1: KNOWN.markers };

function beat() {
  return { title: "No heartbeat", meaning: "None came.", marker: "critical alert", runbook: true, query: false };
}

interface Entry {
  readonly Source: string;
  readonly EventBusName: string;
  readonly Detail: { readonly format: string; readonly topic: string; readonly body: unknown };
}

async function entries(event: object, formats: readonly WebhookFormatName[] = WEBHOOK_FORMAT_NAMES): Promise<Entry[]> {
  const args = await evaluateExpressions(webhookArguments(KNOWN, { name: "bus", formats }), event, TABLES);
  return (args as { readonly Entries: Entry[] }).Entries;
}

async function bodyOf(format: WebhookFormatName, event: object): Promise<unknown> {
  const [entry] = await entries(event, [format]);
  // As EventBridge gets it: functions and undefined members of JSONata's result do not arrive.
  return JSON.parse(JSON.stringify(entry?.Detail.body));
}

const link = z.strictObject({ href: z.url({ protocol: /^https$/ }), text: z.string() });

/** The receivers' documentation: PagerDuty, "Send an alert event"; Opsgenie, "Create alert". `routing_key` follows. */
const SCHEMAS = {
  trailwatch: z.looseObject({ version: z.literal(1), kind: z.enum(["alarm", "recovery"]) }),
  pagerduty: z.strictObject({
    event_action: z.enum(["trigger", "resolve"]),
    dedup_key: z.string().min(1).max(255),
    client: z.string(),
    payload: z.strictObject({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(["critical", "error", "warning", "info"]),
      timestamp: z.iso.datetime(),
      component: z.string(),
      group: z.string(),
      class: z.string(),
      custom_details: z.looseObject({}),
    }),
    links: z.array(link),
  }),
  opsgenie: z.strictObject({
    message: z.string().min(1).max(130),
    alias: z.string().min(1).max(512),
    description: z.string().min(1).max(15_000),
    priority: z.enum(["P1", "P2", "P3", "P4", "P5"]),
    entity: z.string().max(512),
    source: z.string().max(100),
    tags: z.array(z.string().max(50)).max(20),
    details: z.record(z.string(), z.string()),
  }),
} satisfies Record<WebhookFormatName, z.ZodType>;

const named = (alarmName: string, state = "ALARM") => alarmEvent({ detail: { alarmName }, state: { value: state } });

const EVENTS: readonly (readonly [string, object])[] = [
  ["an alert", alarmEvent()],
  ["a notice", named("trailwatch-workloads-own-deployment")],
  ["a recovery", named("trailwatch-workloads-heartbeat", "OK")],
  ["an alarm that the hub does not know", named(`trailwatch-workloads-${"x".repeat(200)}`)],
  ["an alarm without a name", named("")],
];

describe.each(WEBHOOK_FORMAT_NAMES)("the body for %s", (format) => {
  test.each(EVENTS)("of %s is as the receiver documents it", async (_what, event) => {
    expect(SCHEMAS[format].safeParse(await bodyOf(format, event)).error?.issues).toBeUndefined();
  });
});

test("the same alarm has the same incident, another account's has another", async () => {
  const key = async (event: object) => ((await bodyOf("pagerduty", event)) as { readonly dedup_key: string }).dedup_key;
  expect(await key(alarmEvent({ event: { id: "another" } }))).toBe(await key(alarmEvent()));
  const elsewhere = alarmEvent({
    event: { account: "444444444444" },
    detail: { alarmName: "trailwatch-payments-watched-secret-reads" },
  });
  expect(await key(elsewhere)).not.toBe(await key(alarmEvent()));
});

test("a recovery resolves the incident of its alarm", async () => {
  const raised = await bodyOf("pagerduty", named("trailwatch-workloads-heartbeat"));
  const recovered = await bodyOf("pagerduty", named("trailwatch-workloads-heartbeat", "OK"));
  const { dedup_key: key } = raised as { readonly dedup_key: string };
  expect(raised).toMatchObject({ event_action: "trigger", payload: { severity: "critical" } });
  expect(recovered).toMatchObject({ event_action: "resolve", dedup_key: key });
});

test("an event for each format in use, with the topic that the rules match", async () => {
  const sent = await entries(named("trailwatch-workloads-own-deployment"), ["opsgenie", "trailwatch", "opsgenie"]);
  expect(sent).toMatchObject([
    { Source: "trailwatch.alert", EventBusName: "bus", Detail: { format: "trailwatch", topic: "notice" } },
    { Source: "trailwatch.alert", EventBusName: "bus", Detail: { format: "opsgenie", topic: "notice" } },
  ]);
});
