import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { main, trailwatch } from "../../cli/main";

const BIN = resolve("bin", "trailwatch.mjs");

/** Runs a command line in this process, and collects what it prints and its exit code. */
async function run(...args: string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  await main(["node", "trailwatch", ...args]);
  const status = process.exitCode ?? 0;
  process.exitCode = undefined;
  for (const spy of spies) spy.mockRestore();
  return { status, ...written };
}

describe("as a process of its own", () => {
  // A machine may be busy.
  jest.setTimeout(60_000);

  const spawn = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8", env: { ...process.env, TRAILWATCH_ACCOUNTS: "" } });

  test("runs from what package.json names, without colours for a pipe", () => {
    const { bin } = JSON.parse(readFileSync("package.json", "utf8")) as { bin: Record<string, string> };
    expect(resolve(bin.trailwatch ?? "")).toBe(BIN);

    const { status, stdout, stderr } = spawn("detections", "--accounts", "accounts");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^payments +member +account-trail +\d+ .* \d+ of 100 /m);
    expect(stdout).not.toContain("\u001b");
  });

  test("knows what was meant by a command, and exits with 1", () => {
    const { status, stderr } = spawn("detectoins");
    expect(status).toBe(1);
    expect(stderr).toContain("Did you mean detections?");
  });
});

test("shows where an account's values stand in the shipped files", async () => {
  const { stdout } = await run("detections", "payments");
  const found = /watched-secret-reads +high +(\d+) in 300 s\n +threshold set in accounts\/payments.yaml:(\d+),/.exec(
    stdout,
  );
  const [, threshold, line] = found ?? [];
  const lines = readFileSync("accounts/payments.yaml", "utf8").split("\n");
  expect(lines[Number(line) - 1]?.trim()).toBe(`threshold: ${threshold ?? "not found"}`);
});

test("prints JSON of one account and of all", async () => {
  const parsed = async (...args: string[]) =>
    JSON.parse((await run("detections", "--json", ...args)).stdout) as unknown;
  expect(await parsed("payments")).toMatchObject({ name: "payments" });
  expect(await parsed()).toHaveLength(4);
});

test("says what is wrong in one message", async () => {
  expect(await run("detections", "paymnts")).toEqual({
    status: 1,
    stdout: "",
    stderr: "'account' must name an account of the organization, got 'paymnts'; did you mean 'payments'?\n",
  });
  expect(await run("detections", "--accounts", "nowhere")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^'accounts' must be a readable folder, got 'nowhere' \(ENOENT\); [^:]*:.*\n$/,
    ) as string,
  });
});

test("warns of expired entries to ignore, and continues", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-cli-"));
  for (const name of ["organization", "management", "log-archive", "payments", "workloads-production"]) {
    const text = readFileSync(join("accounts", `${name}.yaml`), "utf8");
    writeFileSync(join(folder, `${name}.yaml`), text.replace(/until: \d.*/, "until: 2001-01-01"));
  }
  const { status, stdout, stderr } = await run("detections", "--accounts", folder);
  rmSync(folder, { recursive: true });
  expect(status).toBe(0);
  expect(stdout).toContain("workloads-production");
  expect(stderr).toMatch(/^warning: '.*\.until' must not have passed, got '2001-01-01' \(at .*:\d+:\d+\);.*\n$/);
});

test("helps with every command", () => {
  expect(trailwatch().helpInformation()).toMatch(/Commands:\n +accounts .*\n(.*\n)*? +detections /);
});

test("rejects an organization that exceeds a limit, and names the settings", async () => {
  const ignoring = (file: string, text: string) =>
    `${readFileSync(join("accounts", file), "utf8").replace(/^detections:[^]*/m, "")}
detections:
  root-use:
    ignore:
      - { field: userIdentity.arn, equals: "${text}", reason: test }
`;
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-limits-"));
  try {
    cpSync("accounts", folder, { recursive: true });
    for (const file of ["management.yaml", "log-archive.yaml"]) {
      writeFileSync(join(folder, file), ignoring(file, "x".repeat(1024)));
    }
    const { status, stdout, stderr } = await run("detections", "payments", "--accounts", folder);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^'detections\.root-use\.ignore\[0\]' .*log-archive\.yaml:\d+:.*\n'detections\.root-use\.ignore\[0\]' .*management\.yaml:\d+:.*\n$/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
