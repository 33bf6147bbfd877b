/** @jest-environment-options {"modules": "own"} */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder } from "../../lib/support/folder-lock";
import type { FileChange } from "../../inventory/plan";
import { writeChanges } from "../../inventory/write-plan";

jest.mock("node:fs", () => {
  const actual = jest.requireActual<typeof fs>("node:fs");
  return { ...actual, renameSync: jest.fn(actual.renameSync) };
});

const { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } = fs;
const { rmSync, statSync, symlinkSync, writeFileSync } = fs;
const root = mkdtempSync(join(tmpdir(), "trailwatch-write-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const change = (file: string, before?: string, after?: string): FileChange => {
  const kind = before === undefined ? "new" : after === undefined ? "removed" : "changed";
  return { kind, file, id: "1", name: file, before, after };
};

function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(root, "accounts-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function contentOf(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]));
}

test("writes new files, changes and removals, and leaves nothing else behind", () => {
  const path = folder({ "a.yaml": "a", "b.yaml": "b", "c.yaml": "c" });
  chmodSync(join(path, "a.yaml"), 0o640);
  writeChanges(path, [change("a.yaml", "a", "A"), change("b.yaml", "b"), change("d.yaml", undefined, "d")]);
  expect(contentOf(path)).toEqual({ "a.yaml": "A", "c.yaml": "c", "d.yaml": "d" });
  expect(statSync(join(path, "a.yaml")).mode & 0o777).toBe(0o640);
});

test.each([
  ["changed", [change("a.yaml", "a", "A"), change("b.yaml", "old", "B")]],
  ["there already", [change("a.yaml", "a", "A"), change("b.yaml", undefined, "B")]],
  ["gone", [change("a.yaml", "a", "A"), change("c.yaml", "c")]],
])("writes nothing when a file is %s meanwhile", (_, changes) => {
  const path = folder({ "a.yaml": "a", "b.yaml": "b" });
  expect(() => {
    writeChanges(path, changes);
  }).toThrow(/changed during the sync.*run it again$/);
  expect(contentOf(path)).toEqual({ "a.yaml": "a", "b.yaml": "b" });
});

test("nothing changes when a text cannot be written", () => {
  const path = folder({ "a.yaml": "a" });
  // A folder stands where the last text is written first.
  mkdirSync(join(path, `.z.yaml.trailwatch-${process.pid}`));
  expect(() => {
    writeChanges(path, [change("a.yaml", "a", "A"), change("z.yaml", undefined, "z")]);
  }).toThrow("EISDIR");
  expect(contentOf(path)).toEqual({ "a.yaml": "a" });
});

test("what fails on the way is undone", () => {
  const path = folder({ "a.yaml": "a", "b.yaml": "b" });
  const changes = [change("a.yaml", "a", "A"), change("c.yaml", undefined, "c"), change("b.yaml", "b")];
  expect(() => {
    // The second removal finds nothing to remove.
    writeChanges(path, [...changes, change("b.yaml", "b")]);
  }).toThrow("ENOENT");
  expect(contentOf(path)).toEqual({ "a.yaml": "a", "b.yaml": "b" });
});

test("nothing is removed before all texts are in place, as a full disk could not take it back", () => {
  const path = folder({ "a.yaml": "a", "b.yaml": "b" });
  const { ino } = statSync(join(path, "b.yaml"));
  jest.mocked(fs.renameSync).mockImplementationOnce(() => {
    throw Object.assign(new Error("full"), { code: "ENOSPC", syscall: "rename" });
  });
  expect(() => {
    writeChanges(path, [change("b.yaml", "b"), change("a.yaml", "a", "A")]);
  }).toThrow(`'${join(path, "a.yaml")}' cannot be written: the disk is full`);
  expect(contentOf(path)).toEqual({ "a.yaml": "a", "b.yaml": "b" });
  expect(statSync(join(path, "b.yaml")).ino).toBe(ino);
});

test("two that write at a time do not mix, and a link to a file stays one", () => {
  const path = folder({ "a.yaml": "a", shared: "b" });
  symlinkSync("shared", join(path, "b.yaml"));
  const unlock = lockFolder(path);
  const write = () => {
    writeChanges(path, [change("a.yaml", "a", "A"), change("b.yaml", "b", "B")]);
  };
  expect(write).toThrow(`'${path}' is in use by process ${process.pid}`);
  unlock();
  write();
  expect(contentOf(path)).toEqual({ "a.yaml": "A", "b.yaml": "B", shared: "B" });
  expect(lstatSync(join(path, "b.yaml")).isSymbolicLink()).toBe(true);
});
