/** @jest-environment-options {"modules": "own"} */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../../lib/support/make-folder";

jest.mock("node:fs", () => {
  const actual = jest.requireActual<typeof fs>("node:fs");
  return { ...actual, mkdirSync: jest.fn(actual.mkdirSync) };
});

const root = fs.mkdtempSync(join(tmpdir(), "trailwatch-make-folder-"));
afterAll(() => {
  fs.rmSync(root, { recursive: true });
});

function failureOf(folder: string): unknown {
  try {
    makeFolder(folder);
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("makes folders above it, with its permissions, and leaves one that is there", () => {
  const folder = join(root, "a", "b");
  makeFolder(folder, 0o700);
  makeFolder(folder);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
});

test("says of a read-only file system that it is one, though Node says that there is no folder", () => {
  const refusing = (code: string) => (path: fs.PathLike) => {
    throw Object.assign(new Error(code), { code, syscall: "mkdir", path });
  };
  jest.mocked(fs.mkdirSync).mockImplementationOnce(refusing("ENOENT")).mockImplementationOnce(refusing("EROFS"));
  expect(failureOf(join(root, "x", "y", "z"))).toMatchObject({ code: "EROFS", path: join(root, "x") });
});

test("makes no folder below a file", () => {
  fs.writeFileSync(join(root, "file"), "");
  expect(failureOf(join(root, "file", "x"))).toMatchObject({ code: "ENOTDIR" });
});
