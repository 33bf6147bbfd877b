// npm run test:node: the unit tests and a synthesis with each supported version of Node.js besides the one that runs
// this. npm has Node.js as packages; without a registry, a version is skipped with a message.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { npmPackage } from "./npm-package.mjs";
import { run } from "./processes.mjs";
import { PROJECT } from "./project.mjs";

/** The last release of each supported line that was tried, besides 20. */
const VERSIONS = ["22.23.5", "24.22.3", "26.12.1"];

const work = mkdtempSync(join(tmpdir(), "trailwatch-node-"));
try {
  process.exitCode = await testAll();
} finally {
  rmSync(work, { recursive: true });
}

async function testAll() {
  const others = VERSIONS.filter((version) => major(version) !== major(process.versions.node));
  const expected = synthesized(process.env, "this one");
  if (expected === undefined) return 1;
  for (const version of others) {
    const bin = binariesOf(version);
    if (bin === undefined) continue;
    console.log(`--- Node.js ${version}`);
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    // A deprecated call would print a warning at each synthesis of a user.
    if (synthesized({ ...env, NODE_OPTIONS: "--throw-deprecation" }, version) !== expected) {
      console.error(`Node.js ${version} must synthesize the same stacks as ${process.versions.node}, got others.`);
      return 1;
    }
    const code = await run(
      join(bin, "node"),
      ["node_modules/jest/bin/jest.js", "--selectProjects", "unit", "--reporters=summary"],
      env,
    );
    if (code !== 0) return code;
  }
  return 0;
}

/** The text of all stacks of the shipped example; undefined, after the message, if there is none. */
function synthesized(env, name) {
  const outdir = join(work, name);
  const { status } = spawnSync("node", ["scripts/synth.mjs"], {
    cwd: PROJECT,
    env: { ...env, CDKTF_OUTDIR: outdir, TRAILWATCH_ACCOUNTS: "accounts" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) return undefined;
  const stacks = join(outdir, "stacks");
  return readdirSync(stacks)
    .sort()
    .map((stack) => readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8"))
    .join("\n");
}

/** The folder with a version's program, downloaded once; undefined, after a message, where npm cannot download it. */
function binariesOf(version) {
  try {
    const system = process.platform === "win32" ? "win" : process.platform;
    return join(npmPackage(`node-${system}-${process.arch}@${version}`, ["bin"]), "bin");
  } catch ({ message }) {
    console.log(`Node.js ${version} was not tested: ${message}`);
    return undefined;
  }
}

function major(version) {
  return version.split(".", 1)[0];
}
