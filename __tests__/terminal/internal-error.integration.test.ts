import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { folderOf } from "../signals/deployment/terraform-folder";

const BREAK = resolve("__tests__/terminal/break-reading.cjs");
const ENTRIES = {
  trailwatch: ["bin/trailwatch.mjs", "detections", "payments"],
  "npm run synth": ["scripts/synth.mjs"],
  "npm start": ["scripts/start.mjs", "--once"],
  "npm run bootstrap": ["scripts/bootstrap.mjs", "--auto-approve"],
} as const;

/** Runs an entry point in which a bug shows. */
function run(entry: keyof typeof ENTRIES, bug = "thrown") {
  const { status, stderr } = spawnSync(process.execPath, ENTRIES[entry], {
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${BREAK}`,
      BUG: bug,
      CDKTF_OUTDIR: join(folderOf({}), "out"),
      TRAILWATCH_ACCOUNTS: "accounts",
    },
    timeout: 50_000,
  });
  return { status, stderr };
}

test.each<[keyof typeof ENTRIES, string]>([
  ["trailwatch", "thrown"],
  ["npm run synth", "thrown"],
  ["npm start", "thrown"],
  ["npm run bootstrap", "thrown"],
  ["trailwatch", "uncaught"],
  ["npm run synth", "unhandled"],
])("%s says of an error that is %s that it is a bug, and where its log is", (entry, bug) => {
  const { status, stderr } = run(entry, bug);
  expect(status).toBe(1);
  const text = stderr.slice(stderr.indexOf("This is a bug"));
  expect(text).toMatch(
    /^This is a bug in Trailwatch, not a mistake of yours \(TypeError: Cannot read properties .*\)\.\n/,
  );
  const [, command, log = ""] = / {2}command line: (.*)\n {2}log: +(\S+)\n$/.exec(text) ?? [];
  expect(command).toContain(ENTRIES[entry].at(-1));
  const stack = readFileSync(log, "utf8");
  expect(stack).toContain("break-reading.cjs");
  // Also of bundled code.
  if (bug === "thrown") expect(stack).toMatch(/ \(\S*organization\/load\.ts:\d+:\d+\)$/m);
  expect(stderr).not.toMatch(/^ +at /m);
  rmSync(log);
});
