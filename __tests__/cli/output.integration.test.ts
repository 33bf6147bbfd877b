import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { apiCall } from "../../detections/example-record";
import { folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { commandLine } from "./command-line";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-output-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const trailwatch = commandLine();
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/u;

// Of Linux: everything that is written to it fails as on a full disk.
const FULL = "/dev/full";
const onLinux = existsSync(FULL) ? test : test.skip;

onLinux.each([
  ["trailwatch detections", [resolve("bin", "trailwatch.mjs"), "detections"]],
  ["trailwatch detections --json", [resolve("bin", "trailwatch.mjs"), "detections", "--json"]],
  ["trailwatch --help", [resolve("bin", "trailwatch.mjs"), "--help"]],
  ["npm run synth", [resolve("scripts", "synth.mjs")]],
])("%s says in one message that its output cannot be written", (_command, args) => {
  const full = openSync(FULL, "w");
  const env = { ...process.env, CDKTF_OUTDIR: join(folder, "cdktf.out"), TRAILWATCH_ACCOUNTS: "accounts" };
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env,
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  expect(stderr).toBe(
    "standard output cannot be written: the disk is full (ENOSPC); free space, or choose another place\n",
  );
  expect(status).toBe(1);
});

test("what was typed is repeated without what a terminal obeys", async () => {
  const exit = jest.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("exit");
  });
  const { stderr } = await trailwatch("\u202eteced\u001b[31m");
  exit.mockRestore();
  expect(stderr).toContain("\\u{202e}teced\\u{1b}[31m");
  expect(stderr).not.toMatch(OBEYED);
});

test("what records and their files are called is printed without what a terminal obeys, and is exact in JSON", async () => {
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const name = "arn:aws:sts::111122223333:assumed-role/\u202enimda/\u001b[31mx";
  const record = { ...apiCall("kms", "DisableKey"), userIdentity: { type: "AssumedRole", arn: name } };
  const archive = join(folder, "\u202eevihcra");
  const broken = folderOf({ "\u202enosj.json": "{" });
  writeFileSync(archive + ".json", JSON.stringify({ Records: [record] }));
  const args = ["replay", archive + ".json", broken, "--deployment", deployment, "--accounts", "accounts"];
  const { stdout, stderr } = await trailwatch(...args);
  expect(stdout + stderr).toContain("\\u{202e}nosj.json");
  expect(stdout + stderr).not.toMatch(OBEYED);

  const json = await trailwatch(...args, "--json");
  expect(json.stdout).not.toMatch(OBEYED);
  expect(JSON.stringify(JSON.parse(json.stdout))).toContain("\u202enosj.json");
});

test("a report that cannot be written says why and what to do, and leaves what was there", async () => {
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const records = folderOf({ "records.json": { Records: [apiCall("kms", "DisableKey")] } });
  const file = join(folder, "report.md");
  writeFileSync(file, "old");
  const args = ["replay", records, "--deployment", deployment, "--accounts", "accounts", "--report"];
  const { stderr, code } = await trailwatch(...args, join(file, "report.md"));
  expect(stderr).toMatch(
    /'--report' must be a file that can be written, got '.+' \(ENOTDIR\); .*a part of the path is a file/,
  );
  expect(code).toBe(1);
  expect(readFileSync(file, "utf8")).toBe("old");
});

onLinux("what was found is printed where the report cannot be written", async () => {
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const records = folderOf({ "records.json": { Records: [apiCall("kms", "DisableKey")] } });
  const args = [records, "--deployment", deployment, "--accounts", "accounts", "--format", "markdown"];
  for (const command of ["replay", "tune"]) {
    const { stdout, stderr, code } = await trailwatch(command, ...args, "--report", FULL);
    expect(stdout).toContain("1 record, 0 duplicates");
    expect(stderr).toContain(`got '${FULL}' (ENOSPC); '${FULL}' cannot be written: the disk is full`);
    expect(code).toBe(1);
  }
});
