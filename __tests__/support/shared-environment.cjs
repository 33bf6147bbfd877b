const PlainContext = require("./plain-context.cjs");

/** The environment of each project's test files in this worker. */
const shared = new Map();

/**
 * One environment for all test files of a worker, so that they share the modules that `shared-runtime.cjs` keeps. A
 * test file that mocks or changes modules, or needs packages as they are, has one of its own. It begins with
 *
 *     /** @jest-environment-options {"modules": "own"} *\/
 *
 * Each has one when Jest watches files or measures coverage, which are about single files.
 */
module.exports = class SharedEnvironment extends PlainContext {
  constructor(options, context) {
    const isShared = mayShare(options);
    const known = isShared ? shared.get(options.projectConfig.id) : undefined;
    if (known !== undefined) return known;
    super(options, context);
    this.isShared = isShared;
    if (isShared) shared.set(options.projectConfig.id, this);
  }

  async teardown() {
    if (!this.isShared) return super.teardown();
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
  }
};

function mayShare({ globalConfig, projectConfig }) {
  const { watch, watchAll, collectCoverage } = globalConfig;
  if (watch || watchAll || collectCoverage || projectConfig.detectLeaks) return false;
  return projectConfig.testEnvironmentOptions.modules !== "own";
}
