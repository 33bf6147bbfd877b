import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSameProcess, processStart } from "../../../lib/support/process-identity";

/** Above the most that Linux and macOS give out. */
const NO_PID = 2 ** 22 + 1;

test("a process has one start, by which it is known", () => {
  const start = processStart(process.pid) ?? "";
  expect(start).not.toBe("");
  expect(processStart(process.pid)).toBe(start);
  expect(isSameProcess(process.pid, start)).toBe(true);
  expect(isSameProcess(process.pid, `${start}0`)).toBe(false);
});

test("what does not run has none", () => {
  expect(processStart(NO_PID)).toBeUndefined();
  expect(isSameProcess(NO_PID, "")).toBe(false);
});

test("a program's name may look like the fields behind it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-name-"));
  const program = join(folder, "a) Z (1");
  symlinkSync("/bin/sleep", program);
  const child = spawn(program, ["60"]);
  try {
    await once(child, "spawn");
    const { pid = 0 } = child;
    expect(processStart(pid)).toMatch(/\d/);
    const started = processStart(pid) ?? "";
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isSameProcess(pid, started)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
