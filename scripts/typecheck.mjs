// Type checks the project's three programs with the native compiler. typescript-eslint needs the package `typescript` of
// version 6, so that the native one has another name and is not the command `tsc`.
import { join } from "node:path";
import { run } from "./processes.mjs";
import { COMPILER_ENV, PROJECT } from "./project.mjs";

const TSC = join(PROJECT, "node_modules", "typescript-native", "bin", "tsc");

for (const project of ["tsconfig.json", "sandbox/page/client/tsconfig.json", "report/client/tsconfig.json"]) {
  const info = join(".trailwatch", "cache", "types", project.replaceAll("/", "-"));
  // Several threads each check the types that they share, for nearly twice the CPU time; the end-to-end tests run beside.
  const args = ["--noEmit", "--singleThreaded", "--incremental", "--tsBuildInfoFile", info, "--project", project];
  const code = await run(process.execPath, [TSC, ...args], COMPILER_ENV);
  if (code !== 0) process.exit(code);
}
