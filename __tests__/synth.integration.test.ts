import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAccountsFile } from "../lib/terraform/accounts-file";
import { loadOrganization } from "../organization/load";
import { MEMBER, account, accountsFolder } from "./organization/accounts-folder";

// The commands that people run, with the programs that they run.
const work = mkdtempSync(join(tmpdir(), "trailwatch-synth-"));

afterAll(() => {
  rmSync(work, { recursive: true });
});

test.each([
  ["npm run synth", ["scripts/synth.mjs"]],
  ["npx cdktf synth", [require.resolve("cdktf-cli/bundle/bin/cdktf.js"), "synth"]],
])("%s deletes the folder of a stack that is no more, and nothing of the others", (name, args) => {
  const outdir = join(work, name, "cdktf.out");
  for (const id of ["log-archive", "monitoring-closed"]) {
    mkdirSync(join(outdir, "stacks", id, ".terraform"), { recursive: true });
  }
  const env = { ...process.env, CDKTF_OUTDIR: outdir, TRAILWATCH_STACKS: "log-archive", CHECKPOINT_DISABLE: "1" };
  const output = args.includes("synth") ? ["--output", outdir] : [];
  const { status, stderr } = spawnSync(process.execPath, [...args, ...output], { env, encoding: "utf8" });

  expect([status, stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  expect(readdirSync(join(outdir, "stacks"))).toEqual(["log-archive"]);
  expect(existsSync(join(outdir, "stacks/log-archive/.terraform"))).toBe(true);
  expect(existsSync(join(outdir, "stacks/log-archive/cdk.tf.json"))).toBe(true);
  // All accounts, whichever stacks were selected.
  expect(readAccountsFile(outdir)).toEqual(loadOrganization("accounts").accounts.map(({ id, name }) => ({ id, name })));
});

test("an AWS limit is reported with every setting that exceeds it, and files that are not read in a warning", () => {
  const ignoring = (text: string) =>
    `detections:\n  root-use:\n    ignore:\n      - { field: userIdentity.arn, equals: "${text}", reason: r }\n`;
  const folder = accountsFolder({
    "workloads.yaml": MEMBER + ignoring("x".repeat(1024)),
    "zoo.yaml": account("zoo", "555566667777") + ignoring("y".repeat(1024)),
    "payments.YAML": MEMBER,
  });
  const env = { ...process.env, CDKTF_OUTDIR: join(work, "limits"), TRAILWATCH_ACCOUNTS: folder };
  const { status, stderr } = spawnSync(process.execPath, ["scripts/synth.mjs"], { env, encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([
    expect.stringMatching(/^warning: .*'payments\.YAML'/),
    expect.stringMatching(/^'detections\.root-use\.ignore\[0\]' .*workloads\.yaml:7:/),
    expect.stringMatching(/^'detections\.root-use\.ignore\[0\]' .*zoo\.yaml:7:/),
  ]);
});

test.each([
  [["--help"], 0],
  [["--accounts", "x"], 1],
  [["accounts"], 1],
])("npm run synth with %j synthesizes nothing", (args, code) => {
  const outdir = join(work, "not-written");
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  const { status, stdout } = spawnSync(process.execPath, ["scripts/synth.mjs", ...args], { env, encoding: "utf8" });
  expect([status, stdout.includes("TRAILWATCH_ACCOUNTS"), existsSync(outdir)]).toEqual([code, code === 0, false]);
});
