import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { assumedRoleCredentials } from "../../../lib/aws/assumed-role";

const ROLE = "arn:aws:iam::111111111111:role/example";
const QUICK = { connect: 150, answer: 150, credentials: 150, attempts: 1 };

let requests: URLSearchParams[] = [];
/** When the next session expires; undefined: STS does not answer. */
let expiration: string | undefined;
let server: Server;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString("utf8")));
    request.on("end", () => {
      requests.push(new URLSearchParams(body));
      if (expiration === undefined) return;
      response.end(
        `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>KEY${requests.length}</AccessKeyId>` +
          `<SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken>` +
          `<Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function assume() {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  return assumedRoleCredentials(ROLE, "session-name", {
    endpoint,
    region: "eu-west-1",
    credentials,
    timeLimits: QUICK,
  });
}

test("assumes the role once for all clients", async () => {
  expiration = "2099-01-01T00:00:00Z";
  const credentials = assume();
  const all = await Promise.all([credentials(), credentials()]);
  expect([...all, await credentials()].map(({ accessKeyId }) => accessKeyId)).toEqual(["KEY1", "KEY1", "KEY1"]);
  expect(requests.map((one) => [one.get("RoleArn"), one.get("RoleSessionName")])).toEqual([[ROLE, "session-name"]]);
});

test("assumes it again before the session expires", async () => {
  expiration = new Date(Date.now() + 60_000).toISOString();
  const credentials = assume();
  const { accessKeyId } = await credentials();
  expect((await credentials()).accessKeyId).not.toBe(accessKeyId);
});

test("does not wait forever for STS", async () => {
  expiration = undefined;
  await expect(assume()()).rejects.toMatchObject({ name: "NoAnswer" });
});
