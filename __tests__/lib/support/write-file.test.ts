/** @jest-environment-options {"modules": "own"} */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileErrorText } from "../../../lib/support/file-error";
import { checkWritable, stageFile, writeFile } from "../../../lib/support/write-file";

jest.mock("node:fs", () => {
  const actual = jest.requireActual<typeof fs>("node:fs");
  return { ...actual, fsyncSync: jest.fn(actual.fsyncSync), renameSync: jest.fn(actual.renameSync) };
});

const { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } = fs;
const root = mkdtempSync(join(tmpdir(), "trailwatch-write-file-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, "folder-"));
});

const failing = (code: string, syscall: string) => () => {
  throw Object.assign(new Error(code), { code, syscall });
};

test("a file is made, and replaced with its permissions; nothing else is left", () => {
  const file = join(folder, "report.html");
  writeFile(file, "one", { mode: 0o600 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o640);
  writeFile(file, Buffer.from("two"));
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(["report.html"]);
});

test.each([
  ["it is written", () => jest.mocked(fs.fsyncSync), "write"],
  ["it takes its place", () => jest.mocked(fs.renameSync), "rename"],
])("what was there stays when the disk is full while %s", (_when, mocked, syscall) => {
  const file = join(folder, "report.html");
  writeFile(file, "old");
  mocked().mockImplementationOnce(failing("ENOSPC", syscall));
  expect(() => {
    writeFile(file, "new");
  }).toThrow(`'${file}' cannot be written: the disk is full (ENOSPC); free space, or choose another place`);
  expect(readFileSync(file, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["report.html"]);
});

test("a link stays one, and what it leads to is written", () => {
  mkdirSync(join(folder, "deep"));
  const [link, target] = [join(folder, "link"), join(folder, "deep", "target")];
  symlinkSync(join("deep", "target"), link);
  writeFile(link, "through a link to nothing");
  writeFile(link, "again");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("again");
  expect(readdirSync(join(folder, "deep"))).toEqual(["target"]);
});

test("a device is written to as it is", () => {
  writeFile("/dev/null", "gone");
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  const link = join(folder, "link");
  symlinkSync("/dev/full", link);
  expect(() => {
    writeFile(link, "x");
  }).toThrow(`'${link}' cannot be written: the disk is full (ENOSPC)`);
});

test.each([
  ["a folder", mkdirSync, "it is a folder (EISDIR)"],
  [
    "below a file",
    (file: string) => {
      writeFile(join(file, ".."), "");
    },
    "a part of the path is a file",
  ],
  ["in no folder", () => undefined, "it does not exist (ENOENT); check the path, and create its folder"],
])("%s is refused by name", (_what, prepare, why) => {
  const file = join(folder, "parent", "file");
  if (why.includes("EISDIR")) mkdirSync(join(folder, "parent"));
  prepare(file);
  expect(() => {
    writeFile(file, "x");
  }).toThrow(`'${file}' cannot be written: ${why}`);
});

test.each([
  ["a folder", "parent", "it is a folder (EISDIR)"],
  ["below a file", join("file", "x"), "a part of the path is a file"],
  ["in no folder", join("none", "x"), "it does not exist (ENOENT)"],
  ["a link to what cannot be made", "link", "it does not exist (ENOENT)"],
])("%s is known ahead not to be writable", (_what, name, why) => {
  mkdirSync(join(folder, "parent"));
  writeFile(join(folder, "file"), "");
  symlinkSync(join("none", "x"), join(folder, "link"));
  const file = join(folder, name);
  expect(() => {
    checkWritable(file);
  }).toThrow(`'${file}' cannot be written: ${why}`);
});

test.each(["file", "new", "link", "/dev/null", "/dev/stdout"])("'%s' is known ahead to be writable", (name) => {
  writeFile(join(folder, "file"), "old");
  symlinkSync("missing", join(folder, "link"));
  checkWritable(name.startsWith("/") ? name : join(folder, name));
  expect(readdirSync(folder)).toEqual(["file", "link"]);
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("old");
});

test("staged files change nothing before they are committed, nor after they are discarded", () => {
  const file = join(folder, "a.yaml");
  writeFile(file, "old");
  stageFile(file, "dropped").discard();
  const staged = stageFile(file, "new");
  expect(readFileSync(file, "utf8")).toBe("old");
  staged.commit();
  staged.discard();
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["a.yaml"]);
});

test.each([
  [
    { code: "EACCES", syscall: "mkdir", path: "plans" },
    "'plans' cannot be created: permission is denied (EACCES); change its permissions",
  ],
  [{ code: "EROFS", syscall: "open", path: "x" }, "'x' cannot be opened: the file system is read-only (EROFS)"],
  [{ code: "ENOSPC", syscall: "write" }, "a file cannot be written: the disk is full (ENOSPC)"],
  [{ code: "ENOSPC", syscall: "copyfile", path: "a", dest: "b" }, "'b' cannot be copied: the disk is full"],
])("an error of the file system says which file, why and what to do: %j", (error, text) => {
  expect(fileErrorText(error)).toContain(text);
});

test.each([
  [{ code: "ENOENT", syscall: "spawn terraform", path: "terraform" }],
  [{ code: "EACCES", syscall: "listen" }],
  [{ code: "ECONNREFUSED", syscall: "connect" }],
  [new Error("x")],
  [undefined],
])("an error of another kind is none: %j", (error) => {
  expect(fileErrorText(error)).toBeUndefined();
});
