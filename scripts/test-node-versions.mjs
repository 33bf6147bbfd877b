// npm run test:node: the unit tests and a synthesis with each supported version of Node.js besides the one that runs
// this, all at once. npm has Node.js as packages; without a registry, a version is skipped with a message.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { npmPackage } from "./npm-package.mjs";
import { runBeside } from "./processes.mjs";
import { PROJECT } from "./project.mjs";

/** The last release of each supported line that was tried, besides 20. */
const VERSIONS = ["22.23.5", "24.22.3", "26.12.1"];

/** In one process: each worker would load all modules, and compile what runs often. */
const UNIT_TESTS = [
  ...["--max-semi-space-size=64", "node_modules/jest/bin/jest.js"],
  ...["--runInBand", "--selectProjects", "unit", "--reporters=summary"],
];

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
  const ready = [];
  for (const version of others) {
    const bin = binariesOf(version);
    if (bin === undefined) continue;
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    // A deprecated call would print a warning at each synthesis of a user.
    if (synthesized({ ...env, NODE_OPTIONS: "--throw-deprecation" }, version) !== expected) {
      console.error(`Node.js ${version} must synthesize the same stacks as ${process.versions.node}, got others.`);
      return 1;
    }
    ready.push({ version, program: join(bin, "node"), env });
  }
  const runs = ready.map(({ version, program, env }) => ({ version, jest: runBeside(program, UNIT_TESTS, env) }));
  const codes = [];
  for (const { version, jest } of runs) {
    console.log(`--- Node.js ${version}`);
    codes.push(await jest.show());
  }
  return codes.find((code) => code !== 0) ?? 0;
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
