// npm run scan: sets up the project, then runs security scanners on the stacks and on the sandbox.
import { runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";

const env = await setUp({ sandbox: true });
process.exitCode = await runTypeScript("scan/main.ts", process.argv.slice(2), env);
