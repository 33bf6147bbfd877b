const vm = require("node:vm");
const { TestEnvironment } = require("jest-environment-node");

const { createContext } = vm;
const PLAIN = vm.constants?.DONT_CONTEXTIFY;

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
};
