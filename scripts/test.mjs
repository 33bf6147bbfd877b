// npm test: sets up the project, then runs all checks, quickest first. Stops at the first failure.
import { run } from "./processes.mjs";
import { setUp } from "./setup.mjs";

const STEPS = ["typecheck", "lint", "test:unit", "test:integration", "test:e2e"];

const env = await setUp({ sandbox: true });
for (const step of STEPS) {
  console.log(`\n=== ${step}`);
  const started = Date.now();
  const code = await run("npm", ["run", "--silent", step], env);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`=== ${step} ${code === 0 ? "passed" : "failed"} after ${seconds} s`);
  if (code !== 0) process.exit(code);
}
