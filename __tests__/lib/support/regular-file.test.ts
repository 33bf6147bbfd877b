import { symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { IrregularFileError, readRegularFile } from "../../../lib/support/regular-file";
import { folderOf } from "../../signals/deployment/terraform-folder";

const MEGABYTE = 1024 * 1024;

test("reads a file, through links, up to its limit", () => {
  const folder = folderOf({ file: "ü".repeat(MEGABYTE / 2), empty: "" });
  symlinkSync("file", join(folder, "link"));
  expect(readRegularFile(join(folder, "link"), MEGABYTE)).toBe("ü".repeat(MEGABYTE / 2));
  expect(readRegularFile(join(folder, "empty"), 0)).toBe("");
  expect(() => readRegularFile(join(folder, "link"), MEGABYTE - 1)).toThrow(/got larger than 0.99\d+ MB$/);
});

test("reads to the end what says that it has no size", () => {
  expect(readRegularFile("/proc/self/status")).toContain("Pid:");
  expect(() => readRegularFile("/proc/self/status", 100)).toThrow(IrregularFileError);
});

test("opens no folder, device or socket", async () => {
  const folder = folderOf({});
  symlinkSync("/dev/zero", join(folder, "zero"));
  const server = createServer();
  await new Promise<void>((listening) => server.listen(join(folder, "socket"), listening));
  expect(() => readRegularFile(folder)).toThrow(/^EISDIR/);
  expect(() => readRegularFile(join(folder, "zero"))).toThrow("must be a regular file, got a device");
  expect(() => readRegularFile(join(folder, "socket"))).toThrow("must be a regular file, got a socket");
  await new Promise((closed) => server.close(closed));
});

test("says by the system's code that there is no such file", () => {
  expect(() => readRegularFile("/no/such/file")).toThrow(/^ENOENT/);
});
