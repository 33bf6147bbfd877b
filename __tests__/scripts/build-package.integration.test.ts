import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const clone = mkdtempSync(join(tmpdir(), "trailwatch-clone-"));
afterAll(() => {
  rmSync(clone, { recursive: true });
});

test("without the packages for development, it says what to install and writes nothing", () => {
  for (const file of ["package.json", "scripts/build-package.mjs", "scripts/project.mjs"]) {
    cpSync(file, join(clone, file));
  }
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build-package.mjs"], {
    cwd: clone,
    encoding: "utf8",
  });
  expect(stderr).toBe(
    "The packages for development are needed to build the package: run 'npm ci' before 'npm pack'.\n",
  );
  expect(status).toBe(1);
  expect(existsSync(join(clone, "dist"))).toBe(false);
});
