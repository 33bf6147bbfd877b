import dns from "node:dns";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isLoopback, postAnywhere, postOnThisMachine } from "../../../sandbox/signal-path/http-delivery";

let server: Server;
let received: IncomingMessage[];
let status: number;

beforeEach(async () => {
  [received, status] = [[], 200];
  server = createServer((request, response) => {
    received.push(request);
    response.writeHead(status, { location: "/elsewhere" }).end();
  }).listen(0);
  await new Promise((listening) => server.once("listening", listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

const at = (host: string) => `http://${host}:${(server.address() as AddressInfo).port}/hook`;

test.each(["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"])("%s is loopback", (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each([
  "126.255.255.255",
  "128.0.0.1",
  "0.0.0.0",
  "::",
  "::2",
  "10.0.0.1",
  "169.254.169.254",
  "::ffff:10.0.0.1",
  "fe80::1",
  "localhost",
  "",
])("'%s' is not", (address) => {
  expect(isLoopback(address)).toBe(false);
});

test.each(["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"])(
  "delivers to this machine: %s",
  async (host) => {
    expect(await postOnThisMachine(at(host), { "x-amz-sns-message-type": "Notification" }, "{}")).toBe(
      "the endpoint answered 200",
    );
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: "POST", url: "/hook" });
  },
);

test.each([
  ["0.0.0.0", "0.0.0.0"],
  ["0", "0.0.0.0"],
  ["10.0.0.1", "10.0.0.1"],
  ["2852039166", "169.254.169.254"],
  ["[::]", "::"],
  ["[::ffff:10.0.0.1]", "::ffff:a00:1"],
])("does not deliver to %s, and says how to", async (host, address) => {
  await expect(postOnThisMachine(at(host), {}, "{}")).rejects.toThrow(
    `the sandbox delivers to this machine only, got ${address}: start it with --deliver-outside to deliver there too`,
  );
  expect(received).toEqual([]);
});

test("checks the addresses that a name resolves to", async () => {
  const lead = (...addresses: string[]) =>
    jest.spyOn(dns, "lookup").mockImplementation(((
      _name: string,
      _options: unknown,
      found: (...args: unknown[]) => void,
    ) => {
      found(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    }) as never);
  try {
    lead("127.0.0.1");
    expect(await postOnThisMachine(at("hook.example"), {}, "{}")).toBe("the endpoint answered 200");
    lead("127.0.0.1", "192.0.2.1");
    await expect(postOnThisMachine(at("hook.example"), {}, "{}")).rejects.toThrow("got 192.0.2.1");
    lead("192.0.2.1");
    await expect(postOnThisMachine(at("localhost"), {}, "{}")).rejects.toThrow("got 192.0.2.1");
    expect(received).toHaveLength(1);
  } finally {
    jest.restoreAllMocks();
  }
});

test("follows no redirection", async () => {
  status = 307;
  await expect(postOnThisMachine(at("127.0.0.1"), {}, "{}")).rejects.toThrow(
    "the endpoint answered 307; a redirection is not followed",
  );
  expect(received).toHaveLength(1);
});

test("delivers anywhere when it is to", async () => {
  expect(await postAnywhere(at("0.0.0.0"), {}, "{}")).toBe("the endpoint answered 200");
});
