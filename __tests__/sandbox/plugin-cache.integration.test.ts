/** @jest-environment-options {"modules": "own"} */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillPluginCache } from "../../sandbox/plugin-cache";
import { findProviderMirror } from "../../sandbox/provider-mirror";

// Which mirrors there are is tested with provider-mirror; here it must not depend on this machine.
jest.mock("../../sandbox/provider-mirror");

const folder = mkdtempSync(join(tmpdir(), "trailwatch-plugin-cache-"));
const [command, log, cache] = ["terraform", "log", "cache"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A `terraform` that writes down how it is called, and fails the n-th time. */
function terraform(failing = 0) {
  rmSync(log, { force: true });
  writeFileSync(
    command,
    `#!/bin/sh
[ -e .terraform.lock.hcl ] && version=$(grep -o '[0-9.]*"$' .terraform.lock.hcl | head -1) || version=newest
echo "$1 $version $TF_PLUGIN_CACHE_DIR" >> ${log}
[ $(wc -l < ${log}) != ${failing} ] || exit 3
`,
  );
  chmodSync(command, 0o755);
  const env = { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: command, TF_PLUGIN_CACHE_DIR: cache };
  return fillPluginCache(join(folder, "work"), env);
}

const calls = () => (existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : []);

test("the locked version and the newest are downloaded one after another, whatever an earlier run left", () => {
  jest.mocked(findProviderMirror).mockReturnValue(undefined);
  for (const run of ["first", "second"]) {
    expect({ run, code: terraform() }).toEqual({ run, code: 0 });
    expect(calls()).toEqual([`init 5.100.0" ${cache}`, `init newest ${cache}`]);
  }
});

test("the exit code of a failed download is returned", () => {
  jest.mocked(findProviderMirror).mockReturnValue(undefined);
  expect(terraform(1)).toBe(3);
  expect(calls()).toHaveLength(1);
  expect(terraform(2)).toBe(3);
});

test("nothing is downloaded with a mirror", () => {
  jest.mocked(findProviderMirror).mockReturnValue("/mirror");
  expect(terraform()).toBe(0);
  expect(calls()).toEqual([]);
});
