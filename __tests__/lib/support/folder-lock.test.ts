import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder } from "../../../lib/support/folder-lock";
import { processStart } from "../../../lib/support/process-identity";

const root = mkdtempSync(join(tmpdir(), "trailwatch-lock-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, "folder-"));
  lock = join(folder, ".trailwatch.lock");
});

/** The mark of this process, as another would find it, changed. */
function leave(changes: Readonly<Record<string, unknown>>): void {
  const release = lockFolder(folder);
  const own = JSON.parse(readFileSync(lock, "utf8")) as object;
  release();
  writeFileSync(lock, JSON.stringify({ ...own, ...changes }));
}

test("a folder that is in use says by whom; nothing is left when it is given up", () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    new RegExp(`^'${folder}' is in use by process ${process.pid} \\('.+', since 2.+Z\\): wait until it has ended`),
  );
  release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder)();
});

test("another process that runs is named by its command", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  try {
    leave({ pid: child.pid, started: processStart(child.pid ?? 0), command: "trailwatch plan monitoring-*" });
    expect(() => lockFolder(folder)).toThrow(`process ${child.pid} ('trailwatch plan monitoring-*', since`);
  } finally {
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await ended;
  }
  lockFolder(folder)();
});

test.each([
  ["of a process that began at another time", { started: "1" }],
  ["of a process that is gone", { pid: 2 ** 30, started: "1" }],
  ["of another machine", { host: "elsewhere" }],
])("a mark %s is taken over", (_whose, changes) => {
  leave(changes);
  const release = lockFolder(folder);
  expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({
    pid: process.pid,
    started: processStart(process.pid),
  });
  release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a mark that cannot be read is taken over", () => {
  writeFileSync(lock, "{");
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test("a mark that another process took over is not removed", () => {
  const release = lockFolder(folder);
  writeFileSync(lock, "another's");
  release();
  expect(readFileSync(lock, "utf8")).toBe("another's");
});

test("a folder that cannot be written is named, not the mark in it", () => {
  const gone = join(folder, "gone");
  expect(() => lockFolder(gone)).toThrow(`'${gone}' cannot be written: it does not exist (ENOENT)`);
  writeFileSync(gone, "");
  expect(() => lockFolder(gone)).toThrow(`'${gone}' cannot be written: a part of the path is a file`);
  expect(readdirSync(folder)).toEqual(["gone"]);
});
