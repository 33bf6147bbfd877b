import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// GitHub offers to repeat a run for a month. Stand-ins: `gh` knows the branch's newest commit, `npx` notes what it applies.

const stubs = mkdtempSync(join(tmpdir(), "trailwatch-again-"));
const calls = join(stubs, "calls");
writeFileSync(join(stubs, "gh"), "#!/usr/bin/env bash\necho newest\n", { mode: 0o755 });
writeFileSync(join(stubs, "npx"), `#!/usr/bin/env bash\necho "$*" >> ${calls}\n`, { mode: 0o755 });
afterAll(() => {
  rmSync(stubs, { recursive: true });
});

test.each([
  ["first", "1", "older", true],
  ["second, of the newest commit", "2", "newest", true],
  ["second, of an older commit", "2", "older", false],
])("a run's attempt applies: %s", (_which, attempt, commit, applies) => {
  writeFileSync(calls, "");
  const { status, stderr } = spawnSync("bash", ["scripts/ci/apply.sh"], {
    encoding: "utf8",
    env: {
      PATH: `${stubs}:${process.env["PATH"] ?? ""}`,
      STACKS: "log-archive monitoring-payments",
      GITHUB_RUN_ATTEMPT: attempt,
      GITHUB_SHA: commit,
      GITHUB_REPOSITORY: "acme/watch",
      GITHUB_REF_NAME: "main",
    },
  });
  expect([status, readFileSync(calls, "utf8")]).toEqual(
    applies ? [0, "trailwatch apply log-archive monitoring-payments\n"] : [1, ""],
  );
  if (!applies)
    expect(stderr).toContain("main is at newest, this run at older: start a new run of the workflow 'deploy'");
});
