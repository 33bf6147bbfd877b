import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { apiCall } from "../../detections/example-record";
import { writeStacks } from "../delivery/terraform-double";
import { ACCOUNT, folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { CTRL_C, CTRL_D, Terminal, type TerminalOptions } from "../support/terminal";

const running = new Set<Terminal>();
afterEach(() => {
  for (const terminal of running) terminal.kill();
  running.clear();
});

function trailwatch(args: readonly string[], options?: TerminalOptions): Terminal {
  const terminal = new Terminal(process.execPath, [resolve("bin", "trailwatch.mjs"), ...args], options);
  running.add(terminal);
  return terminal;
}

const tooWide = (terminal: Terminal, columns: number) => terminal.lines.filter((line) => line.length > columns);

/** A `terraform` that waits for a file before it plans or applies; and that file. */
function patientTerraform() {
  const folder = folderOf({});
  const [command, go] = [join(folder, "terraform"), join(folder, "go")];
  const script = `#!/bin/sh
case $1 in
  version) echo "Terraform v1.11.4" ;;
  plan) while [ ! -e ${go} ]; do sleep 0.1; done; : > saved.tfplan; echo "Plan: 1 to add, 0 to change, 0 to destroy."; exit 2 ;;
  apply) while [ ! -e ${go} ]; do sleep 0.1; done; echo "Apply complete! Resources: 1 added, 0 changed, 0 destroyed." ;;
esac
`;
  writeFileSync(command, script);
  chmodSync(command, 0o755);
  return { env: { TERRAFORM_BINARY_NAME: command }, go };
}

/** An AWS that says nothing until it is let; then it denies everything. */
async function silentAws() {
  const pending: ServerResponse[] = [];
  let isLetting = false;
  const deny = (response: ServerResponse): void => {
    response.writeHead(403, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": "AccessDeniedException",
    });
    response.end(JSON.stringify({ __type: "AccessDeniedException", message: "no" }));
  };
  const server = createServer((_, response) => {
    if (isLetting) deny(response);
    else pending.push(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLEEXAMPLE00",
      AWS_SECRET_ACCESS_KEY: "example",
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
    letAnswer: () => {
      isLetting = true;
      pending.splice(0).forEach(deny);
    },
    close: () => server.close(),
  };
}

/** Exit code of `replay` when an input holds nothing that can be read. */
const UNREAD = 2;

describe("replay", () => {
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const archive = folderOf({
    "records.json": {
      Records: [1, 2].map((number) => ({
        ...apiCall("kms", "DisableKey"),
        recipientAccountId: ACCOUNT,
        eventID: `${number}`,
      })),
    },
  });
  /** The standard input is the terminal: it goes on until the test ends it, and holds no record. */
  const replay = (options: TerminalOptions) =>
    trailwatch(["replay", archive, "-", "--deployment", deployment, "--accounts", "accounts"], options);

  test.each([60, 80, 100])("repaints its progress and takes it away, in %s columns", async (columns) => {
    const terminal = replay({ columns });
    await terminal.until(/\r\d files, [\d.]+ MB/);
    terminal.press(CTRL_D);
    expect(await terminal.ended).toBe(UNREAD);
    const left = terminal.left;
    expect(left).not.toMatch(/\d files, [\d.]+ MB(?! of)$/m);
    expect(left).toMatch(/^SEVERITY +ACCOUNT +DETECTION/m);
    expect(tooWide(terminal, columns)).toEqual([]);
    expect(terminal.hasColours).toBe(true);
  });

  test("NO_COLOR takes the colours away, TERM=dumb whatever moves the cursor", async () => {
    const plain = replay({ env: { NO_COLOR: "1" } });
    const dumb = replay({ env: { TERM: "dumb" } });
    await plain.until(/\r\d files/);
    await dumb.until(/\n?\d files, .*\n/);
    plain.press(CTRL_D);
    dumb.press(CTRL_D);
    expect([await plain.ended, await dumb.ended]).toEqual([UNREAD, UNREAD]);
    expect(plain.hasColours).toBe(false);
    expect(dumb.hasSequences).toBe(false);
  });
});

test("plan and apply show that they are at work, and a line for each stack that is done", async () => {
  const { env, go } = patientTerraform();
  const stacks = writeStacks({ "monitoring-an-account-with-a-long-name-as-there-are-some": {}, other: {} });
  const out = join(folderOf({}), "plans");
  const inPlace = { columns: 60, env };

  const plan = trailwatch(["plan", "*", "--synthesized", stacks, "--out", out], inPlace);
  await plan.until(/\rPlanning, 0 stacks done \.\.\. \(\d+ s\)/);
  writeFileSync(go, "");
  expect(await plan.ended).toBe(0);
  expect(plan.left).toMatch(/^other +\+1 ~0 -0 +\d+ s$/m);
  expect(plan.left).not.toContain("Planning");

  const { env: again, go: goAgain } = patientTerraform();
  const apply = trailwatch(["apply", "*", "--out", out], { ...inPlace, env: again });
  await apply.until(/\rApplying, 0 stacks done \.\.\. \(\d+ s\)/);
  writeFileSync(goAgain, "");
  expect(await apply.ended).toBe(0);
  expect(apply.left).toMatch(/^monitoring-an-account-with-a-long-name-as-there-are-some\n +\+1 ~0 -0 +\d+ s$/m);
  expect(apply.left).not.toContain("Applying");
});

test("plan is interrupted by Ctrl-C", async () => {
  const { env } = patientTerraform();
  const stacks = writeStacks({ one: {} });
  const plan = trailwatch(["plan", "*", "--synthesized", stacks, "--out", join(folderOf({}), "plans")], { env });
  await plan.until(/\rPlanning, 0 stacks done/);
  plan.press(CTRL_C);
  expect(await plan.ended).toBe(130);
  expect(plan.left).toMatch(/^ {2}interrupted$/m);
});

test("verify shows how many sections are done", async () => {
  const aws = await silentAws();
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const terminal = trailwatch(["verify", "--accounts", "accounts", "--deployment", deployment], {
    columns: 60,
    env: aws.env,
  });
  await terminal.until(/\rVerifying, 0 of 5 sections done \.\.\. \(\d+ s\)/);
  aws.letAnswer();
  expect(await terminal.ended).toBe(2);
  expect(terminal.left).not.toContain("Verifying");
  expect(terminal.left).toMatch(/^AWS does not know who calls: /m);
  aws.close();
});

test("accounts sync shows how much it has read, and how long that has taken", async () => {
  const aws = await silentAws();
  const terminal = trailwatch(["accounts", "sync", "--accounts", "accounts", "--check"], { columns: 60, env: aws.env });
  await terminal.until(/\rAWS Organizations: 0 accounts, 0 organizational/);
  aws.letAnswer();
  expect(await terminal.ended).toBe(1);
  expect(terminal.left).not.toContain("AWS Organizations: 0 accounts");
  expect(terminal.lines.filter((line) => line.startsWith("AWS Organizations:") && line.length > 60)).toEqual([]);
  aws.close();
});

test.each([
  [60, "detections workloads-production"],
  [80, "detections workloads-production"],
  [100, "detections workloads-production"],
])("in %s columns, what 'trailwatch %s' prints fits", async (columns, args) => {
  const terminal = trailwatch(args.split(" "), { columns, env: { TRAILWATCH_ACCOUNTS: "accounts" } });
  expect(await terminal.ended).toBe(0);
  expect(tooWide(terminal, columns)).toEqual([]);
});
