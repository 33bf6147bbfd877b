require("../../bin/optimize-later.cjs");
const hooks = require("node:async_hooks");
const vm = require("node:vm");
const { TestEnvironment } = require("jest-environment-node");

/** Of Node.js; a getter from 22 on. */
const STORAGE = Object.getOwnPropertyDescriptor(hooks, "AsyncLocalStorage");
const { compileFunction, createContext } = vm;
const PLAIN = vm.constants?.DONT_CONTEXTIFY;

/** Whether an AsyncLocalStorage calls a hook for each promise. */
const STORES_ARE_SLOW = Number.parseInt(process.versions.node, 10) < 24;

const scripts = new Map();

/**
 * Compiles a file once for all test files of a worker, each of which has a context: V8 keeps the compiled functions of
 * a script for its next context. Jest's own compiles each file, zod and cdktf included, for each test file.
 */
vm.compileFunction = (source, parameters, options) => {
  const { filename, parsingContext } = options;
  if (parsingContext === undefined) return compileFunction(source, parameters, options);
  let known = scripts.get(filename);
  if (known?.source !== source) {
    const head = `(function (${parameters.join(", ")}) {`;
    known = { source, script: new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length }) };
    scripts.set(filename, known);
  }
  return known.script.runInContext(parsingContext);
};

/**
 * What Jest keeps the running test in, for tests that run one after the other: Node.js before 24 calls a hook for each
 * promise while an AsyncLocalStorage is used, and JSONata makes a promise for each step.
 */
class OneAfterTheOther {
  getStore() {
    return this.store;
  }

  async run(store, callback) {
    const outer = this.store;
    this.store = store;
    try {
      return await callback();
    } finally {
      this.store = outer;
    }
  }
}

/**
 * Jest's environment in a context whose global object is an ordinary one: Jest's own passes each use of a global
 * (Object, Symbol, Math …) through interceptors and a proxy. Node.js before 20.18 has none.
 */
module.exports = class PlainContext extends TestEnvironment {
  constructor(config, context) {
    if (PLAIN !== undefined) vm.createContext = () => createContext(PLAIN);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }

  async setup() {
    await super.setup();
    if (STORES_ARE_SLOW)
      Object.defineProperty(hooks, "AsyncLocalStorage", { value: OneAfterTheOther, configurable: true });
  }

  /** Jest's `setup` is when it has loaded itself, and no test file yet. */
  handleTestEvent({ name }) {
    if (STORES_ARE_SLOW && name === "setup") Object.defineProperty(hooks, "AsyncLocalStorage", STORAGE);
  }
};
