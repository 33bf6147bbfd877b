// A worker thread starts without the loader of the main thread. Only TypeScript's `require` is needed here.
import { createRequire } from "node:module";
import { register } from "tsx/cjs/api";

register();
const { examineFiles } = createRequire(import.meta.url)("./worker.ts");
export default examineFiles;
