const { changes, globalState } = require("./global-state.cjs");
const PlainContext = require("./plain-context.cjs");

/** The environment of each project's test files in this worker. */
const shared = new Map();

/**
 * One environment for all test files of a worker, so that they share the modules that `shared-runtime.cjs` keeps. A
 * test file that mocks or changes modules, or needs packages as they are, has one of its own. It begins with
 *
 *     /** @jest-environment-options {"modules": "own"} *\/
 *
 * Each has one when Jest watches files or measures coverage, which are about single files. A test file that leaves
 * another global state than it found fails.
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

  async setup() {
    await super.setup();
    this.found = globalState(this.global);
  }

  async teardown() {
    if (!this.isShared) return super.teardown();
    this.fakeTimersModern.useRealTimers();
    const changed = changes(this.found, globalState(this.global));
    if (changed.length > 0)
      throw new Error(`A test file must leave global state as it was, got another ${changed.join(", ")}`);
  }
};

function mayShare({ globalConfig, projectConfig }) {
  const { watch, watchAll, collectCoverage } = globalConfig;
  if (watch || watchAll || collectCoverage || projectConfig.detectLeaks) return false;
  return projectConfig.testEnvironmentOptions.modules !== "own";
}
