// npm start: sets up the project, then runs everything on this machine, in the sandbox.
import { setInterval } from "node:timers";
import { runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";

// npm may be killed, and then cannot pass that on. This process ends then too, and so does the sandbox, which watches
// it.
const { ppid } = process;
if (process.env.npm_lifecycle_event === "start") {
  setInterval(() => process.ppid === ppid || process.exit(1), 500).unref();
}

const env = await setUp({ sandbox: true, tools: false });
process.exitCode = await runTypeScript("sandbox/start.ts", process.argv.slice(2), env);
