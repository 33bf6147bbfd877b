import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { apiCall } from "../../detections/example-record";
import { Evaluator, readDeployment, replay } from "../../signals";
import { ACCOUNT, folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { commandLine } from "./command-line";

const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const call = (eventID: string): object => ({
  ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT }),
  eventID,
});
const lookedUp = JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(call("one")) }] });
const trailwatch = commandLine();
const evaluating = ["--deployment", deployment, "--accounts", "accounts"];

/** A named pipe without another end: opening it waits. */
function pipeIn(folder: string, name: string): string {
  const path = join(folder, name);
  execFileSync("mkfifo", [path]);
  return path;
}

test("names what was skipped and what could not be read, and evaluates the rest", async () => {
  const folder = folderOf({
    "a.ndjson": lookedUp,
    "notes.md": "# Notes",
    ".DS_Store": "x",
    "CloudTrail-Digest/b": "x",
  });
  const pipe = pipeIn(folder, "pipe.json");
  const { stdout, stderr, code } = await trailwatch("replay", folder, ...evaluating);
  expect(stdout).toContain(
    "1 record, 0 duplicates: 1 match, 0 alarms, 0 messages\n" +
      "2 files could not be read, or not completely:\n" +
      `  ${join(folder, "notes.md")}: not JSON: '# Notes'\n` +
      `  ${pipe}: a named pipe (FIFO): only regular files are read; pipe records into '-' instead\n` +
      `Do first: leave out ${join(folder, "notes.md")}, because only CloudTrail records in JSON are read\n` +
      "Skipped 2 files or folders:\n" +
      `  hidden: ${join(folder, ".DS_Store")}\n` +
      `  a digest of CloudTrail, without records: ${join(folder, "CloudTrail-Digest")}\n`,
  );
  expect({ stderr, code }).toEqual({ stderr: "", code: 2 });

  const json = await trailwatch("replay", folder, ...evaluating, "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    records: 1,
    unreadable: [{ file: join(folder, "notes.md") }, { file: pipe }],
    skipped: [
      { file: join(folder, ".DS_Store"), reason: "hidden" },
      { file: join(folder, "CloudTrail-Digest"), reason: "a digest of CloudTrail, without records" },
    ],
  });
});

test.each([
  ["a folder of nothing", folderOf({}), "there are no files, or only empty lists in them"],
  ["a list of nothing", folderOf({ "a.json": { Records: [] } }), "there are no files, or only empty lists in them"],
  ["hidden files", folderOf({ ".a": "x" }), "1 skipped by name"],
  ["files that are no records", folderOf({ a: "x", b: "" }), "2 could not be read"],
])("has exit code 2 where no record was read: %s", async (_what, folder, reason) => {
  for (const options of [[], ["--json"], ["--format", "markdown"], ["--workers", "1"]]) {
    const { stderr, code } = await trailwatch("replay", folder, ...evaluating, ...options);
    expect(stderr).toContain(`No record was read from ${folder}: ${reason}.\n`);
    expect(code).toBe(2);
  }
});

test("counts records outside the requested time range as read", async () => {
  const folder = folderOf({ a: lookedUp });
  for (const options of [[], ["--workers", "1"]]) {
    const { stdout, stderr, code } = await trailwatch(
      "replay",
      folder,
      ...evaluating,
      "--from",
      "2027-01-01",
      ...options,
    );
    expect(stdout).toContain("0 records, 0 duplicates");
    expect(stdout).toContain("Outside the requested time range: 1 record\n");
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  }
});

test("names what was not read where something else is printed alone", async () => {
  const folder = folderOf({ a: lookedUp, "notes.md": "# Notes" });
  for (const options of [
    ["--explain", "one"],
    ["--format", "markdown"],
  ]) {
    const { stdout, stderr, code } = await trailwatch("replay", folder, ...evaluating, ...options);
    // Markdown names it, too.
    expect(stdout.includes("notes.md")).toBe(options.includes("--format"));
    expect(stderr).toContain(`  ${join(folder, "notes.md")}: not JSON: '# Notes'\n`);
    expect(code).toBe(2);
  }
});

test("tune reads the same, and says the same", async () => {
  const folder = folderOf({ "a.log": lookedUp, "notes.md": "# Notes", ".hidden": "x" });
  const stacks = ["--deployment", deployment, "--accounts", "accounts"];
  const { stdout, code } = await trailwatch("tune", folder, ...stacks, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ records: 1, unreadable: [{}], skipped: [{ reason: "hidden" }] });
  expect(code).toBe(2);
  const nothing = await trailwatch("tune", folderOf({ ".hidden": "x" }), ...stacks);
  expect(nothing.stderr).toContain("1 skipped by name.\n");
  expect(nothing.code).toBe(2);
});

test("reads what is piped in", () => {
  const run = (input: string | Buffer) =>
    spawnSync(process.execPath, ["bin/trailwatch.mjs", "replay", "-", ...evaluating], { input, encoding: "utf8" });
  const piped = run(lookedUp);
  expect(piped.stdout).toContain("1 record, 0 duplicates");
  expect(piped.status).toBe(0);
  const nothing = run("");
  expect(nothing.stderr).toContain("No record was read from -: ");
  expect(nothing.status).toBe(2);
});

test("rejects a deployment without filters", async () => {
  const folder = folderOf({ a: lookedUp });
  for (const content of [{ resource: [] }, { resource: "x" }, { provider: {} }]) {
    const nothing = folderOf({ "main.tf.json": content });
    const options = ["--deployment", nothing, "--accounts", "accounts"];
    for (const command of ["replay", "tune"]) {
      const { stdout, stderr, code } = await trailwatch(command, folder, ...options);
      expect(stderr).toContain(`'--deployment' must hold metric filters, got none in '${nothing}'`);
      expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    }
  }
});

test("waits for no pipe and reads no device among other inputs", async () => {
  const accounts = folderOf({});
  cpSync("accounts", accounts, { recursive: true });
  pipeIn(accounts, "pipe.yaml");
  symlinkSync("/dev/zero", join(accounts, "zero.yaml"));
  const { stderr, code } = await trailwatch("detections", "--accounts", accounts);
  expect(stderr).toMatch(/'pipe\.yaml' must be a readable file, got 'a named pipe \(FIFO\)'/);
  expect(stderr).toMatch(/'zero\.yaml' must be a readable file, got 'a device'/);
  expect(code).toBe(1);

  const folder = folderOf({ a: lookedUp });
  const tune = await trailwatch("tune", folder, "--deployment", deployment, "--keep", "/dev/zero");
  expect(tune.stderr).toContain("'--keep' must be a regular file, got '/dev/zero' (a device)");
  for (const name of ["main.tf.json", "manifest.json"]) {
    const stacks = folderOf({});
    pipeIn(stacks, name);
    const replay = await trailwatch("replay", folder, "--deployment", stacks);
    expect(replay.stderr).toContain(`'${join(stacks, name)}' must be a regular file, got a named pipe (FIFO)`);
    expect(replay.code).toBe(1);
  }
});

/** Files that people sent, and how many records are in them. They stand beside the project where it is developed. */
const CASES = join(__dirname, "..", "..", "..", "shared", "cases");
const RECORDS: Readonly<Record<string, number>> = { "half-read": 2, "odd-names": 4, "slurp.json": 2 };
const testCases = existsSync(CASES) ? test : test.skip;

// Skipped where ../shared/cases is not at hand.
testCases("reads the files that people sent (../shared/cases)", async () => {
  const loaded = readDeployment(deployment);
  for (const name of readdirSync(CASES).filter((each) => each !== "blinding")) {
    const evaluator = new Evaluator(loaded);
    await replay(evaluator, [join(CASES, name)]);
    expect({ name, ...evaluator.totals }).toMatchObject({
      name,
      records: RECORDS[name] ?? 1,
      unreadable: [],
      skipped: [],
    });
  }
});
