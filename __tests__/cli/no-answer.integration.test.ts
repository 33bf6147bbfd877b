import { execFile } from "node:child_process";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { buildApp } from "../../main";
import { loadOrganization } from "../../organization/load";
import { commandLine } from "./command-line";

// What commands do when AWS, or what stands for it, says nothing.

const home = mkdtempSync(join(tmpdir(), "trailwatch-no-answer-"));
const environment = { ...process.env };
const sockets = new Set<Socket>();
let server: Server;

beforeAll(async () => {
  server = createServer((socket) => sockets.add(socket.on("error", () => undefined))).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const app = new App({ outdir: join(home, "cdktf.out") });
  buildApp(loadOrganization("accounts"), app);
  app.synth();
});
afterAll(async () => {
  process.env = environment;
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
  rmSync(home, { recursive: true });
});

const silent = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The environment of a command, without anything that this machine has of AWS. */
function aws(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(inherited),
    AWS_REGION: "eu-west-1",
    AWS_CONFIG_FILE: join(home, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
    TRAILWATCH_AWS_TIMEOUT: "0.1",
    ...own,
  };
}
const KEYS = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };

const trailwatch = commandLine();
const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ["accounts", "sync", "--log-archive", "archive"],
  ["verify", "--deployment", join(home, "cdktf.out")],
  ["replay", "s3://bucket/AWSLogs", "--deployment", join(home, "cdktf.out")],
];

describe.each(COMMANDS)("%s %s", (...command) => {
  test("gives up on a server that never answers, and says what to check", async () => {
    process.env = aws({ ...KEYS, AWS_ENDPOINT_URL: silent() });
    const { stderr, code } = await trailwatch(...command);
    expect(stderr).toMatch(/127\.0\.0\.1 gave no answer in 3 attempts.*AWS_REGION.*AWS_ENDPOINT_URL/s);
    expect(code).not.toBe(0);
  });

  test("names what lacks when there are no credentials", async () => {
    process.env = aws({ AWS_ENDPOINT_URL: silent() });
    const { stderr, code } = await trailwatch(...command);
    expect(stderr).toMatch(/AWS_PROFILE/);
    expect(code).not.toBe(0);
  });
});

test.each(["0", "0.05", "-1", "3601", "soon", "1e3"])("refuses a time of '%s'", async (TRAILWATCH_AWS_TIMEOUT) => {
  process.env = aws({ ...KEYS, TRAILWATCH_AWS_TIMEOUT });
  const { stderr, code } = await trailwatch("accounts", "sync");
  expect(stderr).toContain(
    `'TRAILWATCH_AWS_TIMEOUT' must be a number of seconds from 0.1 to 3600, got '${TRAILWATCH_AWS_TIMEOUT}'`,
  );
  expect(code).toBe(1);
});

test("ends although a credential process does not", async () => {
  writeFileSync(join(home, "config"), "[profile slow]\ncredential_process = sleep 15\n");
  const env = aws({ AWS_PROFILE: "slow" });
  const ended = new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, ["bin/trailwatch.mjs", "accounts", "sync"], { env }, (error, _stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stderr });
    });
  });
  const { code, stderr } = await ended;
  expect(stderr).toContain("the environment gave no AWS credentials within 0.1 s; check AWS_PROFILE");
  expect(code).toBe(1);
});
