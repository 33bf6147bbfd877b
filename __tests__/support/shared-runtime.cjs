const { join, sep } = require("node:path");
const { default: Runtime } = require("jest-runtime");

/** What Jest itself loads anew: modules that keep the tests, snapshots and serializers of one test file. */
const OF_ONE_FILE = /[\\/](?:jest-circus|jest-snapshot|@jest[\\/]expect)[\\/]/;
/** Where jest-circus keeps them. */
const HANDLERS = Symbol.for("EVENT_HANDLERS");
const STATE = "JEST_STATE_SYMBOL";

/**
 * Jest's runtime, whose modules stay loaded for the next test file of the worker: packages, the project's own code with
 * what it has compiled and remembered, and Jest's matchers. As in a program that runs on, a module's state stays too;
 * types and `frozen` keep tests from changing it. The modules below `__tests__`, which register hooks, are loaded anew
 * for each test file.
 */
class SharedRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    const tests = join(this._config.rootDir, "__tests__") + sep;
    this.isOfTests = (path) => path.startsWith(tests);
    const exec = executor.exec.bind(executor);
    executor.exec = (loaded, ...rest) => {
      const result = exec(loaded, ...rest);
      if (!loaded.filename.includes(`${sep}node_modules${sep}`) && !this.isOfTests(loaded.filename))
        for (const value of Object.values(loaded.exports)) freeze(value);
      return result;
    };
  }

  /** Begins the next test file. */
  begin(testPath) {
    for (const part of [this.executor, this.esmLoader]) part.testPath = testPath;
    this._testPath = testPath;
    this.testState.state = "loading";
  }

  setMock(from, moduleName) {
    throw new Error(
      `'${moduleName}' is shared with other test files: one that mocks modules must begin with ` +
        '/** @jest-environment-options {"modules": "own"} */',
    );
  }

  teardown() {
    this.restoreAllMocks();
    forget(this.registries.getActiveCjsRegistry(), this.isOfTests);
    forget(this.registries.getInternalCjsRegistry(), (path) => OF_ONE_FILE.test(path));
    const { global } = this._environment;
    delete global[HANDLERS];
    for (const symbol of Object.getOwnPropertySymbols(global)) if (symbol.description === STATE) delete global[symbol];
    this.testMainModule.reset();
    this.fileCache.clear();
    this.transformCache.clear();
  }
}

function forget(modules, matches) {
  for (const path of modules.keys()) if (matches(path)) modules.delete(path);
}

/** Freezes data, so that a test which changes it fails, and not the next. */
function freeze(value) {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || !isData(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

function isData(value) {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Jest's `runtime`: the one of the environment, begun for this test file. */
module.exports = function runtimeFor(config, environment, resolver, transformer, cacheFS, coverage, testPath, ...rest) {
  const args = [config, environment, resolver, transformer, cacheFS, coverage, testPath, ...rest];
  if (!environment.isShared) return new Runtime(...args);
  environment.runtime ??= new SharedRuntime(...args);
  environment.runtime.begin(testPath);
  return environment.runtime;
};
