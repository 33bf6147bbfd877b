import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processStart } from "../../lib/support/process-identity";
import { recordProcess } from "../../sandbox/process-record";
import { prepareWorkFolder, releaseWorkFolder } from "../../sandbox/work-folder";

const parent = mkdtempSync(join(tmpdir(), "trailwatch-work-"));
afterAll(() => {
  rmSync(parent, { recursive: true });
});

function folderOwnedBy(pid: string): string {
  const folder = mkdtempSync(join(parent, "sandbox-"));
  writeFileSync(join(folder, "sandbox.pid"), pid);
  writeFileSync(join(folder, "old"), "");
  return folder;
}

describe("prepareWorkFolder", () => {
  test("empties the folder, and takes it again", () => {
    const folder = folderOwnedBy("");
    expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
    expect(existsSync(join(folder, "old"))).toBe(false);
    expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
  });

  test("leaves a running sandbox's folder alone", () => {
    const folder = folderOwnedBy(String(process.ppid));
    expect(() => prepareWorkFolder(folder, "accounts")).toThrow(`process ${process.ppid} uses '${folder}'`);
    releaseWorkFolder(folder);
    expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
  });

  test.each([
    ["it started when the record says", (start: string) => start, "uses"],
    ["it started at another time: the pid was given out again", () => "0", undefined],
  ])("checks of a running process whether %s", (_, recorded, refusal) => {
    const folder = folderOwnedBy(`${process.ppid} ${recorded(processStart(process.ppid) ?? "")}`);
    const prepare = () => prepareWorkFolder(folder, "accounts");
    if (refusal === undefined) expect(prepare()).toBe(folder);
    else expect(prepare).toThrow(`process ${process.ppid} ${refusal} '${folder}'`);
  });

  test("takes over the folder of a sandbox that has exited", () => {
    const folder = folderOwnedBy("999999999");
    expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
  });

  describe("what a killed sandbox left", () => {
    const children: ChildProcess[] = [];
    afterEach(() => {
      for (const child of children.splice(0)) child.kill("SIGKILL");
    });

    /** A program with a child of its own, in a process group of theirs, as ProcessGroup starts them. */
    async function program(): Promise<{
      readonly pid: number;
      readonly ended: Promise<unknown>;
      readonly child: number;
    }> {
      const source = `const { pid } = require("node:child_process").spawn("sleep", ["600"]); console.log(pid);`;
      const started = spawn(process.execPath, ["-e", source], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
      children.push(started);
      const ended = once(started, "exit");
      const [line] = (await once(started.stdout, "data")) as [Buffer];
      return { pid: started.pid ?? 0, ended, child: Number(line.toString()) };
    }

    test("is ended, and what that started", async () => {
      const folder = folderOwnedBy("999999999");
      const { pid, child, ended } = await program();
      recordProcess(folder, pid);
      prepareWorkFolder(folder, "accounts");
      expect(await ended).toEqual([null, "SIGKILL"]);
      while (processStart(child) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(readdirSync(folder)).toEqual(["sandbox.pid"]);
    });

    test("is left alone when it merely has the same pid", async () => {
      const folder = folderOwnedBy("999999999");
      const { pid, child } = await program();
      recordProcess(folder, pid);
      writeFileSync(join(folder, "processes", String(pid)), `${processStart(pid) ?? ""}0`);
      prepareWorkFolder(folder, "accounts");
      expect([processStart(pid), processStart(child)]).not.toContain(undefined);
      process.kill(-pid, "SIGKILL");
    });

    test("is left alone as long as the sandbox runs", async () => {
      const folder = folderOwnedBy(`${process.ppid} ${processStart(process.ppid) ?? ""}`);
      const { pid } = await program();
      recordProcess(folder, pid);
      expect(() => prepareWorkFolder(folder, "accounts")).toThrow("uses");
      expect(processStart(pid)).toBeDefined();
      process.kill(-pid, "SIGKILL");
    });

    test.each(["0", "1", "-1", "abc", "999999999"])("is nothing where a record is no pid of ours: %s", (name) => {
      const folder = folderOwnedBy("999999999");
      mkdirSync(join(folder, "processes"));
      writeFileSync(join(folder, "processes", name), "1");
      expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
    });
  });

  test.each([".", "accounts"])("does not delete the user's accounts with it: %s", (inside) => {
    const folder = mkdtempSync(join(parent, "sandbox-"));
    mkdirSync(join(folder, "accounts"));
    expect(() => prepareWorkFolder(folder, join(folder, inside))).toThrow("which the sandbox empties");
    expect(existsSync(join(folder, "accounts"))).toBe(true);
  });
});
