// npm run bootstrap: sets up the project, then creates the bucket for Terraform's state in AWS.
import { runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";

const env = await setUp({ sandbox: false, tools: false });
process.exitCode = await runTypeScript("cli/commands/bootstrap/run.ts", process.argv.slice(2), env);
