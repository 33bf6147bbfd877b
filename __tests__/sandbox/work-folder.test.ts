import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  test("takes the folder of a sandbox that is gone", () => {
    const folder = folderOwnedBy("999999999");
    expect(prepareWorkFolder(folder, "accounts")).toBe(folder);
  });

  test.each([".", "accounts"])("does not delete the user's accounts with it: %s", (inside) => {
    const folder = mkdtempSync(join(parent, "sandbox-"));
    mkdirSync(join(folder, "accounts"));
    expect(() => prepareWorkFolder(folder, join(folder, inside))).toThrow("must not lie in");
    expect(existsSync(join(folder, "accounts"))).toBe(true);
  });
});
