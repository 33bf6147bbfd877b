const { existsSync } = require("node:fs");
const { resolve } = require("node:path");

/** The moto that `npm test` has installed: a single test file that is run without it takes the same. */
const MOTO = resolve(".trailwatch", "venv", "bin", "moto_server");
if (existsSync(MOTO)) process.env.TRAILWATCH_MOTO_SERVER ??= MOTO;

/** The public constructs, as the published package exports them. */
const OWN_PACKAGE = { "^trailwatch$": "<rootDir>/index.ts" };

const shared = {
  moduleNameMapper: OWN_PACKAGE,
  testEnvironment: "<rootDir>/__tests__/support/plain-context.cjs",
  setupFiles: ["<rootDir>/__tests__/support/no-terminal.cjs", "<rootDir>/__tests__/support/quiet-sdk.cjs"],
  // With source maps in files of their own, V8 does not read them with each source.
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, sourceMaps: true }],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.trailwatch"],
};

/** Tests that start processes, or read the whole organization or all real records: seconds each, a unit test takes milliseconds. */
const INTEGRATION = "\\.integration\\.test\\.ts$";

/** @type {import("jest").Config} */
module.exports = {
  // One worker per core: by default Jest leaves a core idle, which on two cores is half of them.
  maxWorkers: "100%",
  // A busy machine is slow, not wrong: no test is timed.
  testTimeout: 300_000,
  // Nor is a worker a leak that takes longer than Jest's half a second to end.
  workerGracefulExitTimeout: 10_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testEnvironment: "<rootDir>/__tests__/support/shared-environment.cjs",
      runtime: "<rootDir>/__tests__/support/shared-runtime.cjs",
      moduleNameMapper: { ...OWN_PACKAGE, "^archiver$": "<rootDir>/__tests__/support/no-archiver.cjs" },
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/__tests__/e2e/", INTEGRATION],
    },
    {
      ...shared,
      displayName: "integration",
      testEnvironment: "<rootDir>/__tests__/support/shared-environment.cjs",
      runtime: "<rootDir>/__tests__/support/shared-runtime.cjs",
      testMatch: ["<rootDir>/__tests__/**/*.integration.test.ts"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
    },
  ],
};
