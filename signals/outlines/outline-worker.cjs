// A worker thread starts without the loader of the main thread. Only TypeScript's `require` is needed here.
require("tsx/cjs");

require("./outline-worker.ts");
