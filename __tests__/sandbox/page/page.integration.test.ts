import { type OutgoingHttpHeaders, request } from "node:http";
import { openPage } from "../../../sandbox/page/page";
import type { Page } from "../../../sandbox/page/page-options";
import { FakeSignalPath } from "./fake-signal-path";
import { FakeSteps } from "./fake-steps";

let path: FakeSignalPath;
let steps: FakeSteps;
let page: Page;
beforeEach(async () => {
  path = new FakeSignalPath();
  steps = new FakeSteps();
  const { accounts, alarms, mailbox, signalPath } = path;
  page = await openPage({ accounts, alarms, mailbox, signalPath, steps });
});
afterEach(() => page.stop());

/** With `fetch`, `Host` cannot be chosen. */
function ask(url: string, method = "GET", headers: OutgoingHttpHeaders = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    request(new URL(url, page.url), { method, headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    })
      .on("error", reject)
      .end();
  });
}

/** Reads server-sent events until one of this name. */
async function firstEvent(name: string, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<unknown> {
  let text = "";
  const decoder = new TextDecoder();
  for (;;) {
    const found = new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`).exec(text)?.[1];
    if (found !== undefined) return JSON.parse(found);
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended before '${name}'`);
    text += decoder.decode(value, { stream: true });
  }
}

async function watch() {
  const response = await fetch(new URL("events", page.url));
  if (response.body === null) throw new Error("no stream");
  return response.body.getReader();
}

test("serves the page and its files, and allows no foreign content", async () => {
  const response = await fetch(page.url);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);

  const parts = [...(await response.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, part = ""]) => part);
  expect(parts).toContain("/echarts.js");
  for (const part of parts) expect(await ask(part)).toMatchObject({ status: 200 });
});

test.each(["/../page.ts", "/..%2fpage.ts", "/page.ts", "/tsconfig.json", "/records/", "/%", "/records/%E0%A4%A"])(
  "serves no %s",
  async (part) => {
    expect(await ask(part)).toMatchObject({ status: 404 });
  },
);

test("answers under its own names only", async () => {
  const { port } = new URL(page.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    expect(await ask("/", "GET", { host })).toMatchObject({ status: 200 });
  }
  for (const host of [`evil.example:${port}`, "127.0.0.1", "127.0.0.1:1"]) {
    expect(await ask("/events", "GET", { host })).toMatchObject({ status: 403 });
  }
});

test("sends a snapshot first, and then each event", async () => {
  path.log({ eventId: "before" });
  const reader = await watch();
  const snapshot = await firstEvent("snapshot", reader);
  expect(snapshot).toMatchObject({ counts: { "API call": { passed: 0 } }, mails: [], accounts: path.accounts });
  expect((snapshot as { events: unknown[] }).events).toHaveLength(4);

  path.stopAtFeed("after");
  expect(await firstEvent("hop", reader)).toMatchObject({ hop: "API call", eventId: "after" });
  // Who comes back after a break begins anew, with nothing missing.
  await reader.cancel();
  const again = await firstEvent("snapshot", await watch());
  expect((again as { events: unknown[] }).events).toHaveLength(7);
});

test("accepts a confirmation from its own page, not from another site", async () => {
  path.subscribe();
  const confirm = "/mails/0/confirm";
  const origin = page.url.slice(0, -1);
  const { port } = new URL(page.url);
  for (const headers of [{}, { origin: "https://evil.example" }, { origin: `http://localhost:${port}` }]) {
    expect(await ask(confirm, "POST", headers)).toMatchObject({ status: 403 });
  }
  const mails = async () =>
    ((await firstEvent("snapshot", await watch())) as { mails: { confirmed: boolean }[] }).mails;
  expect(await mails()).toMatchObject([{ confirmed: false }]);
  expect(await ask(confirm, "GET", { origin })).toMatchObject({ status: 404 });

  expect(await ask(confirm, "POST", { origin })).toMatchObject({ status: 200 });
  expect(await mails()).toMatchObject([{ confirmed: true }]);
  expect(await ask("/mails/1/confirm", "POST", { origin })).toMatchObject({ status: 404 });
});

test("explains an event", async () => {
  path.stopAtFeed("a");
  const { body } = await ask("/records/a");
  expect(JSON.parse(body)).toContainEqual(expect.objectContaining({ hop: "feed", outcome: "stopped" }));
});

test("starts what its own page asks for, and nothing that another site asks for", async () => {
  const requests = [
    ["/scenarios/read-secret/run", "run read-secret"],
    ["/actions/read-secret/run?times=7", "act read-secret 7"],
    ["/actions/stop-trail/undo", "undo stop-trail"],
    ["/speed/600", "speed 600"],
    ["/processing/pause", "pause"],
    ["/processing/resume", "resume"],
  ] as const;
  const origin = page.url.slice(0, -1);
  for (const [url] of requests) {
    for (const headers of [{}, { origin: "https://evil.example" }, { origin, "sec-fetch-site": "cross-site" }])
      expect(await ask(url, "POST", headers)).toMatchObject({ status: 403 });
    expect(await ask(url, "GET", { origin })).toMatchObject({ status: 404 });
  }
  expect(steps.requests).toEqual([]);
  for (const [url] of requests) expect(await ask(url, "POST", { origin })).toMatchObject({ status: 200 });
  expect(steps.requests).toEqual(requests.map(([, request]) => request));
});

test("answers why a request is not possible, in one line", async () => {
  const origin = page.url.slice(0, -1);
  steps.problem = "the alarm is\nin ALARM";
  expect(await ask("/scenarios/read-secret/run", "POST", { origin })).toEqual({
    status: 409,
    body: "the alarm is\\nin ALARM",
  });
  const refusal = "'processing' must be pause or resume, got 'stop'";
  expect(await ask("/processing/stop", "POST", { origin })).toEqual({ status: 409, body: refusal });
  for (const url of ["/constructor/x/run", "/toString", "/steps"])
    expect(await ask(url, "POST", { origin })).toMatchObject({ status: 404 });
});

test("sends each change of the steps", async () => {
  const reader = await watch();
  expect(await firstEvent("snapshot", reader)).toMatchObject({ steps: { speed: 60, isPaused: false } });
  steps.pause(true);
  expect(await firstEvent("steps", reader)).toMatchObject({ isPaused: true });
});
