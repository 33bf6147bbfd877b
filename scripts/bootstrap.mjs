// npm run bootstrap: creates the bucket that holds Terraform's state, in AWS. Set-up included.
import { runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";

const env = await setUp({ sandbox: false });
process.exitCode = await runTypeScript("cli/commands/bootstrap/run.ts", process.argv.slice(2), env);
