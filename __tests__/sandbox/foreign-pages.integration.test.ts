import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page as Tab } from "playwright-core";
import { type Proxy, openProxy } from "../../sandbox/proxy/proxy";
import type { AwsRequest } from "../../sandbox/proxy/http";
import { mailboxPage } from "../../sandbox/mailbox/mailbox-pages";
import { openPage } from "../../sandbox/page/page";
import type { Page } from "../../sandbox/page/page-options";
import { testInChromium } from "../../bench/support/chromium";
import { chromiumTab } from "../support/chromium-tab";
import { FakeSignalPath } from "./page/fake-signal-path";

// What pages that have nothing to do with the sandbox can do to it, in a real browser.

const SECRET = "the content of an object";

// A name that leads to this machine, as one does after DNS rebinding.
const openTab = chromiumTab(["--host-resolver-rules=MAP evil.example 127.0.0.1"]);
let foreign: Server;
let path: FakeSignalPath;
let door: Proxy;
let page: Page;
let passed: AwsRequest[];
let unsubscribed: string[];

beforeAll(async () => {
  foreign = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>foreign</title>");
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => foreign.once("listening", listening));
});
afterAll(async () => {
  foreign.closeAllConnections();
  await new Promise((closed) => foreign.close(closed));
});
beforeEach(async () => {
  [passed, unsubscribed] = [[], []];
  path = new FakeSignalPath();
  page = await openPage(path);
  door = await openProxy({
    shims: [],
    // moto, with the headers that let any page read it.
    upstream: (request) => {
      passed.push(request);
      const headers = { "access-control-allow-origin": "*", "content-type": "text/html" };
      return Promise.resolve({ status: 200, headers, body: Buffer.from(SECRET) });
    },
    page: (request) =>
      mailboxPage(request, path.mailbox, (arn) => {
        unsubscribed.push(arn);
        return Promise.resolve();
      }),
  });
  path.mailbox.linkTo(door.endpoint);
});
afterEach(async () => {
  await page.stop();
  await door.stop();
});

async function tabAt(url: string): Promise<{ readonly tab: Tab; readonly statuses: number[] }> {
  const statuses: number[] = [];
  const { tab } = await openTab(url, {}, (opening) => {
    opening.on("response", (response) => {
      if (new URL(response.url()).pathname !== "/foreign") statuses.push(response.status());
    });
  });
  return { tab, statuses };
}

/** Everything that a page can send, and what it could read of the answers. */
const ATTACK = `async (urls) => {
  const read = [];
  const settled = (start) => new Promise((resolve) => { start(resolve); setTimeout(resolve, 300); });
  for (const url of urls) {
    for (const init of [
      {},
      { method: "POST", body: "Action=DeleteTopic", headers: { "content-type": "application/x-www-form-urlencoded" } },
      { mode: "no-cors" },
      { mode: "no-cors", method: "POST", body: "Action=DeleteTopic" },
      { method: "PUT", headers: { authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/sns/aws4_request" } },
      { method: "DELETE" },
    ]) await fetch(url, init).then((answer) => answer.text()).then((text) => text === "" || read.push(text), () => undefined);
    await settled((resolve) => Object.assign(new Image(), { onload: resolve, onerror: resolve, src: url }));
    await settled((resolve) => {
      const events = new EventSource(url);
      events.onmessage = events.onopen = () => { read.push("events"); events.close(); resolve(); };
      events.onerror = () => { events.close(); resolve(); };
    });
    await settled((resolve) => {
      const script = Object.assign(document.createElement("script"), { onload: resolve, onerror: resolve, src: url });
      document.head.append(script);
    });
    await settled((resolve) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      socket.onopen = () => { read.push("socket"); resolve(); };
      socket.onerror = resolve;
    });
    await settled((resolve) => {
      const frame = Object.assign(document.createElement("iframe"), { name: "frame", onload: resolve });
      document.body.append(frame);
      const form = Object.assign(document.createElement("form"), { action: url, method: "POST", target: "frame" });
      document.body.append(form);
      form.submit();
    });
    await settled((resolve) => document.body.append(Object.assign(document.createElement("iframe"), { onload: resolve, src: url })));
  }
  return read;
}`;

const HOSTS = ["evil.example", "127.0.0.1", "localhost"];

testInChromium("a page of another origin reads and changes nothing", async () => {
  path.subscribe();
  const { confirmLink = "" } = path.mailbox.messages()[0] ?? {};
  const urls = [
    `${door.endpoint}/bucket/key`,
    confirmLink,
    `${door.endpoint}/unsubscribe?subscription=arn`,
    `${door.endpoint}/moto-api/reset`,
    `${page.url}events`,
    `${page.url}mails/0/confirm`,
  ];
  for (const host of HOSTS) {
    const { tab, statuses } = await tabAt(`http://${host}:${(foreign.address() as AddressInfo).port}/foreign`);
    expect(await tab.evaluate(`(${ATTACK})(${JSON.stringify(urls)})`)).toEqual([]);
    // The browser did ask.
    expect(statuses.length).toBeGreaterThan(urls.length);
    expect(new Set(statuses)).toEqual(new Set([403]));
  }
  expect(passed).toEqual([]);
  expect(unsubscribed).toEqual([]);
  expect(path.mailbox.messages().some((mail) => path.mailbox.isConfirmed(mail))).toBe(false);
});

testInChromium("nor does one under a name that resolves to this machine", async () => {
  for (const own of [door.endpoint, page.url]) {
    const { tab, statuses } = await tabAt(`http://evil.example:${new URL(own).port}/`);
    const { origin } = new URL(tab.url());
    expect(await tab.content()).not.toContain(SECRET);
    const read = await tab.evaluate(`(${ATTACK})(${JSON.stringify([`${origin}/bucket/key`, `${origin}/events`])})`);
    for (const text of read as string[]) expect(text).toContain("'Host' must be one of");
    expect(new Set(statuses)).toEqual(new Set([403]));
  }
  expect(passed).toEqual([]);
});

testInChromium("opening the link in a mail confirms the subscription", async () => {
  path.subscribe();
  const [mail] = path.mailbox.messages();
  const { tab } = await tabAt(mail?.confirmLink ?? "");
  expect(await tab.getByRole("heading").textContent()).toBe("Subscription confirmed!");
  expect(mail !== undefined && path.mailbox.isConfirmed(mail)).toBe(true);
});
