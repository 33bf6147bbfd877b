// npm test: sets up the project, then runs all checks, quickest first. Stops at the first failure. The end-to-end tests
// wait for Terraform most of the time, so they run beside the other checks, which use the processors meanwhile. The tests
// with other versions of Node.js follow them, because many integration tests wait as well.
import { run, runBeside, runTypeScript } from "./processes.mjs";
import { setUp } from "./setup.mjs";
import { showWaiting } from "./terminal.mjs";

const STEPS = ["typecheck", "lint", "test:unit", "test:integration"];
const BESIDE = ["test:e2e", "test:node"];

const env = await setUp({ sandbox: true });
const stopWaiting = showWaiting("Preparing the Terraform AWS provider ...");
const filled = await runTypeScript("sandbox/fill-plugin-cache.ts", [], env);
stopWaiting();
if (filled !== 0) process.exit(filled);
const started = Date.now();
const beside = runBeside("sh", ["-c", BESIDE.map((step) => `npm run --silent ${step}`).join(" && ")], env);
console.log(`=== ${BESIDE.join(" and ")} run beside the other steps; their output follows`);
for (const step of STEPS) {
  // Its failure is reported as soon as that mixes with no other output.
  if (beside.hasFailed) break;
  const code = await report(step, Date.now(), () => run("npm", ["run", "--silent", step], env));
  if (code !== 0) {
    await beside.stop();
    process.exit(code);
  }
}
process.exitCode = await report(BESIDE.join(" and "), started, beside.show);

async function report(step, since, result) {
  console.log(`\n=== ${step}`);
  const code = await result();
  const seconds = Math.round((Date.now() - since) / 1000);
  console.log(`=== ${step} ${code === 0 ? "passed" : "failed"} after ${seconds} s`);
  return code;
}
