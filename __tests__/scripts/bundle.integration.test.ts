import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const NOT_COPIED = ["node_modules", ".trailwatch", ".git", "__tests__", "cdktf.out", "dist"];

/** A copy of the project, without what was built in it. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "trailwatch-bundle-"));
  for (const name of readdirSync(".")) {
    if (!NOT_COPIED.includes(name)) cpSync(name, join(project, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

const helpOf = (env = {}) =>
  spawnSync(process.execPath, ["bin/trailwatch.mjs", "tune", "--help"], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });

test("two processes that build one bundle at once both use it, and bundles that are long unused are removed", async () => {
  const bundles = join(project, ".trailwatch", "bundles");
  for (const days of [1, 2, 3, 4, 5]) {
    const folder = join(bundles, `unused-${days}`);
    mkdirSync(folder, { recursive: true });
    const time = new Date(Date.now() - days * 86_400_000);
    utimesSync(folder, time, time);
  }
  const run = () =>
    promisify(execFile)(process.execPath, ["bin/trailwatch.mjs", "tune", "--help"], {
      cwd: project,
      env: { ...process.env, NODE_DEBUG: "trailwatch" },
    });
  const both = await Promise.all([run(), run()]);
  expect(both.map(({ stderr }) => stderr)).toEqual(["", ""]);
  const [one, other] = both.map(({ stdout }) => stdout);
  expect(one).toBe(other);

  const names = readdirSync(bundles).sort();
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), "unused-1", "unused-2"]);
  expect(helpOf().stdout).toBe(one);
  expect(readdirSync(bundles).sort()).toEqual(names);

  expect(helpOf({ TRAILWATCH_BUNDLE: "0" }).stdout).toBe(one);
});

test("the synthesis is bundled again after an edit, and a mistake in a source is reported at its place", () => {
  const file = join(project, "main.ts");
  const source = readFileSync(file, "utf8");
  const edit = (to: string) => {
    writeFileSync(file, source.replace("printError(failureText(error))", to));
  };
  // Synthesizes nothing: there are no accounts.
  const synth = () =>
    spawnSync(process.execPath, ["scripts/synth.mjs"], {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, TRAILWATCH_ACCOUNTS: "no-such-folder", NODE_DEBUG: "trailwatch" },
    });
  edit('printError(`edited: ${failureText(error).split(" ")[0] ?? ""}`)');
  expect(synth()).toMatchObject({ status: 1, stderr: "edited: 'accounts'\n", stdout: "" });

  edit("printError(failureText(error)");
  const line = source.split("\n").findIndex((text) => text.includes("printError(failureText(error))")) + 1;
  const { status, stderr } = synth();
  expect([status, stderr]).toEqual([1, expect.stringMatching(`main\\.ts:${line}:\\d+: `)]);
  writeFileSync(file, source);
});

test("without a place for a bundle, the sources are loaded, and only a debug flag shows why", () => {
  rmSync(join(project, ".trailwatch"), { recursive: true, force: true });
  writeFileSync(join(project, ".trailwatch"), "");
  const quiet = helpOf();
  expect(quiet).toMatchObject({ status: 0, stderr: "" });
  expect(quiet.stdout).toContain("Usage: trailwatch tune");
  expect(helpOf({ NODE_DEBUG: "trailwatch" }).stderr).toContain("they cannot be bundled: Error: ENOTDIR");
});
