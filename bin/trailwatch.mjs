#!/usr/bin/env node
// trailwatch <command>. With tsx as the loader of this very process: the command `tsx` would put a parent before it,
// which kills it outright when it is too busy to answer Ctrl-C at once (scripts/processes.mjs).
import { createRequire } from "node:module";
import "tsx";

const require = createRequire(import.meta.url);
require("../lib/support/failure.ts").reportUncaught();
const { main } = require("../cli/main.ts");
await main(process.argv);
