import { request, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type Proxy, openProxy } from "../../../sandbox/proxy/proxy";
import type { AwsRequest } from "../../../sandbox/proxy/http";

let door: Proxy;
let passed: AwsRequest[];

beforeEach(async () => {
  passed = [];
  door = await openProxy({
    shims: [],
    upstream: (each) => {
      passed.push(each);
      const headers = {
        "Access-Control-Allow-Origin": "*",
        "access-control-allow-headers": "authorization",
        "content-type": "text/xml",
      };
      return Promise.resolve({ status: 200, headers, body: Buffer.from("data") });
    },
  });
});
afterEach(() => door.stop());

/** `fetch` does not allow these headers to be set. */
function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}) {
  return new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(door.endpoint);
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    outgoing.on("error", reject).end(method === "POST" ? "Action=DeleteTopic" : undefined);
  });
}

test.each<[string, OutgoingHttpHeaders]>([
  ["GET", { host: "evil.example" }],
  ["POST", { origin: "http://evil.example", "content-type": "text/plain" }],
  ["POST", { "sec-fetch-site": "cross-site" }],
  ["OPTIONS", { origin: "http://evil.example", "access-control-request-method": "PUT" }],
])("refuses %s with %j before anything is done", async (method, headers) => {
  const { status, headers: answered, body } = await ask(method, "/bucket", headers);
  expect([status, body.slice(0, 9)]).toEqual([403, "sandbox: "]);
  expect(Object.keys(answered).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(passed).toEqual([]);
});

test("refuses a request with two hosts, whichever is first", async () => {
  const { hostname, port, host } = new URL(door.endpoint);
  for (const hosts of [
    [host, "evil.example"],
    ["evil.example", host],
  ]) {
    const socket = connect(Number(port), hostname);
    socket.end(`GET /bucket HTTP/1.1\r\n${hosts.map((each) => `Host: ${each}\r\n`).join("")}\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  }
  expect(passed).toEqual([]);
});

test.each([
  ["/?Action=DeleteTopic&TopicArn=arn&X-Amz-Credential=AKIA%2F20260101%2Feu-west-1%2Fsns%2Faws4_request", 403],
  ["/?Action=ListTopics&X-Amz-Credential=AKIA%2F20260101%2Feu-west-1%2Fsns%2Faws4_request", 200],
  ["/bucket/key", 200],
])("an address that a person opens, or is redirected to, changes nothing: %s", async (path, status) => {
  expect(await ask("GET", path, { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" })).toMatchObject({ status });
  expect(passed).toHaveLength(status === 200 ? 1 : 0);
});

test("takes headers off that let pages of other origins read an answer", async () => {
  const { status, headers } = await ask("GET", "/bucket/key");
  expect(status).toBe(200);
  expect(headers).toMatchObject({ "content-type": "text/xml" });
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
});

test.each([
  "/moto-api/reset",
  "//moto-api/reset",
  "/%6doto-api/data.json",
  "/moto%2Dapi",
  "/%6Doto-api/%zz",
  "/moto-api?a",
])("moto's own pages are not reached: %s", async (path) => {
  expect(await ask("POST", path)).toMatchObject({ status: 404 });
  expect(passed).toEqual([]);
});

test.each(["/bucket/moto-api/reset", "/my-moto-api", "/MOTO-API"])(
  "a path that merely looks so is passed on: %s",
  async (path) => {
    expect(await ask("GET", path)).toMatchObject({ status: 200 });
    expect(passed).toMatchObject([{ url: path }]);
  },
);
