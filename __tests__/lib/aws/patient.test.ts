import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { AthenaClient, GetWorkGroupCommand } from "@aws-sdk/client-athena";
import { DescribeOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Patience } from "../../../lib/aws/patience";
import { patient } from "../../../lib/aws/patient";

const QUICK: Patience = { connect: 150, answer: 150, credentials: 10_000, attempts: 2 };

const sockets = new Set<Socket>();
let accepted = 0;
let server: Server;

/** Answers each request with this text; undefined: never. */
let answer: string | undefined;

beforeEach(async () => {
  answer = undefined;
  accepted = 0;
  server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket.on("error", () => undefined));
    socket.once("data", () => answer !== undefined && socket.write(answer));
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((closed) => server.close(closed));
});

const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const settings = (endpoint: string) => ({ endpoint, region: "eu-west-1", credentials, maxAttempts: 12 });

/** A call of each of the SDK's protocols. */
const CALLS = {
  "JSON 1.1": (endpoint: string) =>
    patient(new OrganizationsClient(settings(endpoint)), QUICK).send(new DescribeOrganizationCommand({})),
  "JSON, Athena": (endpoint: string) =>
    patient(new AthenaClient(settings(endpoint)), QUICK).send(new GetWorkGroupCommand({ WorkGroup: "a" })),
  query: (endpoint: string) => patient(new STSClient(settings(endpoint)), QUICK).send(new GetCallerIdentityCommand()),
  "REST XML": (endpoint: string) =>
    patient(new S3Client({ ...settings(endpoint), forcePathStyle: true }), QUICK).send(
      new GetObjectCommand({ Bucket: "b", Key: "k" }),
    ),
};

describe.each(Object.entries(CALLS))("%s", (_, call) => {
  test("gives up on a server that never answers, after the attempts allowed", async () => {
    await expect(call(here())).rejects.toMatchObject({
      name: "NoAnswer",
      message: expect.stringMatching(
        /^127\.0\.0\.1 gave no answer in 2 attempts, got '.*150 ms.*'; check the network, a proxy .*AWS_ENDPOINT_URL/,
      ) as string,
    });
    expect(accepted).toBe(2);
  });

  test("gives up on a port where nothing listens", async () => {
    const endpoint = here();
    await new Promise((closed) => server.close(closed));
    await expect(call(endpoint)).rejects.toMatchObject({
      name: "NoAnswer",
      message: expect.stringContaining("ECONNREFUSED") as string,
    });
    server.listen(0, "127.0.0.1");
  });
});

test("says what a name that does not resolve is", async () => {
  await expect(CALLS.query("http://aws.invalid")).rejects.toThrow(
    /^aws\.invalid gave no answer.*(ENOTFOUND|EAI_AGAIN)/,
  );
});

test("says so when TLS is not spoken", async () => {
  answer = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
  await expect(CALLS.query(here().replace("http:", "https:"))).rejects.toMatchObject({
    name: "NoAnswer",
    message: expect.stringMatching(/^127\.0\.0\.1 gave no answer, got .*SSL/s) as string,
  });
});

test("gives up on an answer that stops in the middle", async () => {
  answer = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf";
  const { Body } = await CALLS["REST XML"](here());
  await expect(Body?.transformToString()).rejects.toThrow();
});

test("passes an answer of AWS's on", async () => {
  answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
  await expect(CALLS["REST XML"](here())).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

test("does not wait forever for credentials", async () => {
  const never = () => new Promise<never>(() => undefined);
  const client = patient(new STSClient({ ...settings(here()), credentials: never }), { ...QUICK, credentials: 150 });
  await expect(client.send(new GetCallerIdentityCommand())).rejects.toThrow(
    /^the environment gave no AWS credentials within 0\.15 s; check AWS_PROFILE .*credential_process.*aws sso login/,
  );
  expect(accepted).toBe(0);
});

test("leaves an error of the credentials as it is", async () => {
  const failing = () => Promise.reject(new Error("the SSO session has expired"));
  const client = patient(new STSClient({ ...settings(here()), credentials: failing }), QUICK);
  await expect(client.send(new GetCallerIdentityCommand())).rejects.toThrow(/^the SSO session has expired$/);
});
