import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { type Proxy, openProxy } from "../../../sandbox/proxy/proxy";
import type { Exchange } from "../../../sandbox/proxy/call";
import type { AwsResponse } from "../../../sandbox/proxy/http";
import type { Shim } from "../../../sandbox/proxy/shim";
import { authorization } from "./requests";

const HTML = "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>";
const LOOKUP = {
  method: "POST",
  headers: { authorization: authorization("cloudtrail"), "x-amz-target": "CloudTrail_20131101.LookupEvents" },
  body: "{}",
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A local AWS that answers as a test says. */
async function upstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  stops.push(
    () =>
      new Promise((closed) =>
        server.close(() => {
          closed();
        }),
      ),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function door(listener: RequestListener, options: Partial<Parameters<typeof openProxy>[0]> = {}) {
  return opened(await openProxy({ upstream: await upstream(listener), shims: [], ...options }));
}

function opened(proxy: Proxy): Proxy {
  stops.unshift(proxy.stop);
  return proxy;
}

async function messageOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { message: unknown }).message;
}

describe("openProxy", () => {
  test("forwards requests and answers", async () => {
    const { endpoint } = await door((request, response) => {
      response.writeHead(201, {
        "x-seen": `${request.method ?? ""} ${request.url ?? ""} ${request.headers["x-mine"] as string}`,
      });
      request.pipe(response);
    });
    const response = await fetch(`${endpoint}/bucket/key?a=%20b`, {
      method: "PUT",
      headers: { "x-mine": "1" },
      body: "text",
    });
    expect([response.status, response.headers.get("x-seen"), await response.text()]).toEqual([
      201,
      "PUT /bucket/key?a=%20b 1",
      "text",
    ]);
  });

  test("keeps the length that HEAD answers, as there is no body to count", async () => {
    const { endpoint } = await door((_, response) => response.writeHead(200, { "content-length": 1234 }).end());
    const response = await fetch(`${endpoint}/bucket/key`, { method: "HEAD" });
    expect(response.headers.get("content-length")).toBe("1234");
  });

  test("answers a call that moto lacks with a final error that names it", async () => {
    const { endpoint } = await door((_, response) => response.writeHead(500).end(HTML), {
      lastWords: () => Promise.resolve("NotImplementedError: The lookup_events action has not been implemented\n"),
    });
    const response = await fetch(endpoint, LOOKUP);
    expect(response.status).toBe(400);
    expect(await messageOf(response)).toBe("sandbox: moto does not implement cloudtrail:LookupEvents");
  });

  test.each([
    { operation: "DescribeAlarms", status: 200, calls: 2 },
    { operation: "PutMetricAlarm", status: 400, calls: 1 },
  ])("asks moto once more for $operation if it failed: $calls call(s)", async ({ operation, status, calls }) => {
    let requests = 0;
    const { endpoint } = await door((_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(500).end(HTML);
      else response.writeHead(200).end("{}");
    });
    const headers = { ...LOOKUP.headers, "x-amz-target": `GraniteServiceVersion20100801.${operation}` };
    expect((await fetch(endpoint, { ...LOOKUP, headers })).status).toBe(status);
    expect(requests).toBe(calls);
  });

  test("says why moto failed in a call that it has", async () => {
    const { endpoint } = await door((_, response) => response.writeHead(500).end(HTML), {
      lastWords: () => Promise.resolve("Traceback …\nKeyError: 'a'\n127.0.0.1 - - \"POST / HTTP/1.1\" 500 -\n"),
    });
    expect(await messageOf(await fetch(endpoint, LOOKUP))).toBe(
      "sandbox: moto failed in cloudtrail:LookupEvents: KeyError: 'a'",
    );
  });

  test("does not report an older failure for a path that moto does not know", async () => {
    const { endpoint } = await door((_, response) => response.writeHead(404).end(HTML), {
      lastWords: () => Promise.resolve("KeyError: 'older'"),
    });
    expect(await messageOf(await fetch(endpoint, LOOKUP))).toBe(
      "sandbox: moto does not implement cloudtrail:LookupEvents",
    );
  });

  test("leaves an AWS error alone", async () => {
    const { endpoint } = await door((_, response) => response.writeHead(404).end("<Error>"));
    const response = await fetch(`${endpoint}/bucket`);
    expect([response.status, await response.text()]).toEqual([404, "<Error>"]);
  });

  test("answers with a final error when moto has exited", async () => {
    const { endpoint } = await door((request) => request.socket.destroy());
    const response = await fetch(endpoint, LOOKUP);
    expect(response.status).toBe(400);
    expect(await messageOf(response)).toMatch(/^sandbox: moto did not answer cloudtrail:LookupEvents: /);
  });

  test("a bug in a shim is not reported as a missing answer of moto", async () => {
    const buggy: Shim = {
      service: "cloudtrail",
      operations: ["LookupEvents"],
      why: "",
      does: "",
      answer: () => Promise.resolve((undefined as unknown as { answer: AwsResponse }).answer),
    };
    const response = await fetch((await door(() => undefined, { shims: [buggy] })).endpoint, LOOKUP);
    expect(response.status).toBe(400);
    const message = String(await messageOf(response));
    expect(message).toMatch(/^sandbox: cloudtrail:LookupEvents failed\. This is a bug in Trailwatch/);
    rmSync(/log: +(\S+)$/.exec(message)?.[1] ?? "");
  });

  test("a bug in an observer of calls is reported, and does not change the answer", async () => {
    const bugs: unknown[] = [];
    const bug = new TypeError("x is undefined");
    const { endpoint } = await door((_, response) => response.end("{}"), {
      onCall: () => {
        throw bug;
      },
      onBug: (error) => bugs.push(error),
    });
    expect(await (await fetch(endpoint, LOOKUP)).text()).toBe("{}");
    expect(bugs).toEqual([bug]);
  });

  test("a client that disconnects is not reported as a bug", async () => {
    const bugs: unknown[] = [];
    const { endpoint } = await door(() => undefined, { onBug: (error) => bugs.push(error) });
    const socket = connect(Number(new URL(endpoint).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
    await once(socket, "connect");
    socket.destroy();
    await once(socket, "close");
    expect((await fetch(`${endpoint}/moto-api/`)).status).toBe(404);
    expect(bugs).toEqual([]);
  });

  test("lets a shim answer its calls", async () => {
    const shim: Shim = {
      service: "cloudtrail",
      operations: ["LookupEvents"],
      why: "",
      does: "",
      answer: async (request, send) => ({ ...(await send(request)), body: Buffer.from("corrected") }),
    };
    const { endpoint } = await door((_, response) => response.end("broken"), { shims: [shim] });
    expect(await (await fetch(endpoint, LOOKUP)).text()).toBe("corrected");
  });

  test("calls onCall for every call after it is answered", async () => {
    const exchanges: Exchange[] = [];
    const { endpoint } = await door((_, response) => response.end("{}"), { onCall: (each) => exchanges.push(each) });
    await (await fetch(endpoint, LOOKUP)).text();
    expect(exchanges).toMatchObject([{ call: { operation: "LookupEvents" }, response: { status: 200 } }]);
  });

  test("reports what to do about a port in use", async () => {
    const { endpoint } = await door(() => undefined);
    const port = Number(new URL(endpoint).port);
    await expect(openProxy({ upstream: endpoint, shims: [], port })).rejects.toThrow(
      `port ${port} is in use: set another one with --port, or omit --port to use a free one`,
    );
  });
});
