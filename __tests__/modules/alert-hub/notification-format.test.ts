import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isRecord } from "../../../lib/support/is-record";
import { alarmEvent } from "../../support/alarm-events";
import { details, hubEvent, hubMessage, WINDOW, type HubVariables } from "../../support/hub-messages";

const DOCS = join(__dirname, "../../../docs");
const SCHEMA = JSON.parse(readFileSync(join(DOCS, "notification-format.schema.json"), "utf8")) as Schema;
const PAGE = readFileSync(join(DOCS, "notification-format.md"), "utf8");

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const validator = z.fromJSONSchema(SCHEMA as Parameters<typeof z.fromJSONSchema>[0]);
const REPEAT = { alarms: 2, events: 10, uncounted: 0, since: Date.UTC(2026, 10, 22, 16, 40), subject: "x" };
const LONG = "x😀\n".repeat(5000);

const CASES: readonly (readonly [string, object, HubVariables])[] = [
  ["an alarm with details", alarmEvent(), { details: details(), window: WINDOW, repeat: REPEAT }],
  ["one without", alarmEvent(), {}],
  ["an unknown one", alarmEvent({ event: { account: "999999999999" } }), {}],
  ["one of nothing", {}, {}],
  ["a recovery", alarmEvent({ state: { value: "OK" } }), {}],
  [
    "the longest texts",
    alarmEvent({ event: { id: LONG, time: LONG }, detail: { alarmName: LONG } }),
    { details: { problem: LONG } },
  ],
  [
    "the longest events",
    alarmEvent(),
    { details: details(Array.from({ length: 8 }, () => hubEvent({ call: LONG, resource: LONG, account: LONG }))) },
  ],
];

test.each(CASES)("the document is as the schema says: %s", async (_what, event, given) => {
  const { document } = await hubMessage(event, given);
  expect(validator.safeParse(document).error?.issues ?? []).toEqual([]);
  expect(undocumented(document, SCHEMA)).toEqual([]);
});

test("the schema rejects a document without a sentence", () => {
  expect(validator.safeParse({ type: "trailwatch.alert", version: 1 }).success).toBe(false);
});

test("the page's example is a real document", async () => {
  const [, example = "{}"] = /```json\n([^]*?)```/.exec(PAGE) ?? [];
  const { document } = await hubMessage(alarmEvent(), { details: details(), window: WINDOW, repeat: REPEAT });
  expect(JSON.parse(example)).toEqual(document);
});

/** Fields of a document that the schema does not have. */
function undocumented(value: unknown, schema: Schema | undefined, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => undocumented(one, schema?.items, `${path}[]`));
  if (schema === undefined) return [path];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => undocumented(one, schema.properties?.[key], `${path}.${key}`));
}
