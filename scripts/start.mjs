// npm start: the main job on this machine, in the sandbox. Set-up included.
import { runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";

const env = await setUp({ sandbox: true });
process.exitCode = await runTypeScript("sandbox/start.ts", process.argv.slice(2), env);
