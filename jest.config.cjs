const shared = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/__tests__/support/no-terminal.cjs"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.trailwatch"],
};

/** Tests that start processes, or judge the whole organization or all real records: seconds each, where a unit test takes milliseconds. */
const INTEGRATION = [
  "__tests__/main.test.ts",
  "__tests__/synth.test.ts",
  "__tests__/docs.test.ts",
  "__tests__/athena/archive-replay.test.ts",
  "__tests__/ci/lint.test.ts",
  "__tests__/ci/run-lines.test.ts",
  "__tests__/ci/apply-again.test.ts",
  "__tests__/cli/",
  "__tests__/scripts/",
  "__tests__/delivery/bootstrap/bootstrap-state.test.ts",
  "__tests__/delivery/bootstrap/moving-state.test.ts",
  "__tests__/delivery/list-stacks.test.ts",
  "__tests__/delivery/plan-and-apply.test.ts",
  "__tests__/delivery/three-hundred-accounts.test.ts",
  "__tests__/detections/athena/agreement.test.ts",
  "__tests__/detections/athena/queries-in-duckdb.test.ts",
  "__tests__/detections/real-records.test.ts",
  "__tests__/lib/naming/kinds-compile.test.ts",
  "__tests__/report/chromium.test.ts",
  "__tests__/report/render.test.ts",
  "__tests__/sandbox/moto.test.ts",
  "__tests__/sandbox/work-folder.test.ts",
  "__tests__/sandbox/foreign-pages.test.ts",
  "__tests__/sandbox/page/chromium.test.ts",
  "__tests__/sandbox/page/page.test.ts",
  "__tests__/sandbox/recorder/detected-calls.test.ts",
  "__tests__/sandbox/signal-path/signal-path.test.ts",
  "__tests__/signals/pool/",
  "__tests__/signals/replay/example-organization.test.ts",
  "__tests__/stacks/signal-path.test.ts",
  "__tests__/stacks/change-windows.test.ts",
  "__tests__/stacks/deployment-rights.test.ts",
  "__tests__/stacks/deployment-roles-stack.test.ts",
  "__tests__/stacks/workspaces-stack.test.ts",
  "__tests__/stacks/user-text.test.ts",
  "__tests__/variants.test.ts",
  "__tests__/terminal/",
  "__tests__/verification/faults.test.ts",
];

/** @type {import("jest").Config} */
module.exports = {
  // One worker per core: by default Jest leaves a core idle, which on two cores is half of them.
  maxWorkers: "100%",
  // A busy machine is slow, not wrong: no test is timed.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      moduleNameMapper: { "^archiver$": "<rootDir>/__tests__/support/no-archiver.cjs" },
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["__tests__/e2e/", ...INTEGRATION].map((path) => `<rootDir>/${path}`),
    },
    {
      ...shared,
      displayName: "integration",
      testMatch: INTEGRATION.map((path) => `<rootDir>/${path}${path.endsWith("/") ? "**/*.test.ts" : ""}`),
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
    },
  ],
};
