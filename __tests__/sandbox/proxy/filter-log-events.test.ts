import type { AwsResponse, Send } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { filterLogEvents } from "../../../sandbox/proxy/shims/filter-log-events";
import { searchPage } from "../../../sandbox/signal-path/log-search";
import { answer, jsonCall } from "./requests";

const READ = "GetSecretValue";
const event = (eventName: string, timestamp: number) => ({ message: JSON.stringify({ eventName }), timestamp });

/** The shim in front of a moto that has these events, in two pages. */
async function filter(input: object) {
  const asked: unknown[] = [];
  const send: Send = (request) => {
    const one = JSON.parse(request.body.toString()) as { readonly nextToken?: string };
    asked.push(one);
    const events = one.nextToken === undefined ? [event(READ, 2)] : [event(READ, 1), event("ListSecrets", 0)];
    return Promise.resolve(answer({ events, ...(one.nextToken === undefined ? { nextToken: "moto" } : {}) }));
  };
  const request = jsonCall("logs", "FilterLogEvents", { logGroupName: "g", ...input });
  const response = await filterLogEvents.answer(request, send, identify(request));
  return { asked, response, body: JSON.parse(response.body.toString()) as Record<string, unknown> };
}

test("a pattern of JSON fields is evaluated here, on all of moto's events", async () => {
  const { asked, body } = await filter({ filterPattern: `{ $.eventName = ${READ} }`, startTime: 0 });
  expect(asked).toEqual([
    { logGroupName: "g", startTime: 0 },
    { logGroupName: "g", startTime: 0, nextToken: "moto" },
  ]);
  expect(body).toEqual({ events: [event(READ, 1), event(READ, 2)], searchedLogStreams: [] });
});

test("pages follow each other by their tokens", async () => {
  const first = (await filter({ limit: 1 })).body;
  expect(first["events"]).toEqual([event("ListSecrets", 0)]);
  const second = (await filter({ limit: 2, nextToken: first["nextToken"] })).body;
  expect(second).toEqual({ events: [event(READ, 1), event(READ, 2)], searchedLogStreams: [] });
});

test.each([{ filterPattern: "{ $.eventName = " }, { nextToken: "x" }])("%j is refused", async (input) => {
  const { response, body } = await filter(input);
  expect(response.status).toBe(400);
  expect(JSON.stringify(body)).toContain("InvalidParameterException");
});

test("moto's own error is passed on", async () => {
  const refused: AwsResponse = { ...answer({}), status: 400 };
  const request = jsonCall("logs", "FilterLogEvents", { logGroupName: "none" });
  expect(await filterLogEvents.answer(request, () => Promise.resolve(refused), identify(request))).toBe(refused);
});

test("where little matches, pages are empty and have a token", () => {
  const stored = [...Array.from({ length: 1000 }, (_, time) => event("ListSecrets", time)), event(READ, 1000)];
  const search = (nextToken?: string) => searchPage(stored, { filterPattern: `{ $.eventName = ${READ} }`, nextToken });
  expect(search()).toEqual({ events: [], nextToken: "500" });
  expect(search("500")).toEqual({ events: [], nextToken: "1000" });
  expect(search("1000")).toEqual({ events: [event(READ, 1000)] });
});
