import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findMotoServer, motoInstallation, motoProblem } from "./moto.mjs";
import { PROJECT } from "./project.mjs";
import { escaped, showWaiting } from "./terminal.mjs";
import { atLeast, commandOutput, isInRange } from "./versions.mjs";

const TERRAFORM_MINIMUM = "1.11";

/**
 * Sets up the project. If something is missing that cannot be installed, it prints one sentence for each such thing and
 * ends the process with 1, before anything is installed.
 *
 * @param options.sandbox whether the sandbox will run, which needs moto
 * @param options.tools whether the packages for development are needed, a third of all
 * @param options.folder the project's folder
 * @returns a promise of the environment for what runs next: it names the moto_server in TRAILWATCH_MOTO_SERVER
 */
export async function setUp({ sandbox, tools = true, folder = PROJECT, env = process.env }) {
  const packagesMissing = arePackagesMissing(folder, tools);
  const motoServer = sandbox ? findMotoServer(folder, env) : undefined;
  const motoMissing = sandbox && motoServer === undefined;

  const problems = [
    nodeProblem(folder),
    packagesMissing ? npmProblem(env) : undefined,
    terraformProblem(env),
    motoMissing ? motoProblem(folder, env) : undefined,
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) fail(problems.join("\n"));

  if (packagesMissing) {
    // Independent of NODE_ENV.
    const ci = ["ci", tools ? "--include=dev" : "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund"];
    await install("the packages of package-lock.json", [["npm", ci]], { folder, env });
  }
  if (motoMissing) await install("moto into .trailwatch/venv", motoInstallation(folder), { folder, env });

  // The AWS SDK warns about the end of support for Node.js 20 on each run; the locked versions support it.
  const quiet = { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  if (!sandbox) return quiet;
  const installed = motoServer ?? findMotoServer(folder, env);
  if (installed === undefined) fail("moto was installed into .trailwatch/venv and does not start: remove that folder.");
  return { ...quiet, TRAILWATCH_MOTO_SERVER: installed };
}

/** Whether node_modules is missing, incomplete or older than the lock file. */
function arePackagesMissing(folder, tools) {
  // npm writes this file last
  const installed = statSync(join(folder, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  if (installed === undefined || installed.mtimeMs < statSync(join(folder, "package-lock.json")).mtimeMs) return true;
  return tools && !hasTools(folder);
}

/** Whether the packages for development were installed, too. */
function hasTools(folder) {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys(devDependencies).every((name) => existsSync(join(folder, "node_modules", name)));
}

function nodeProblem(folder) {
  const { engines } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (isInRange(process.versions.node, engines.node)) return undefined;
  return `Node.js ${engines.node} is needed, this is ${process.versions.node}: install it from https://nodejs.org.`;
}

function npmProblem(env) {
  if (commandOutput("npm", ["--version"], env) !== undefined) return undefined;
  return "npm is needed to install packages, and cannot be run: it comes with Node.js from https://nodejs.org.";
}

function terraformProblem(env) {
  const binary = env.TERRAFORM_BINARY_NAME || "terraform";
  // CHECKPOINT_DISABLE: reading the version must not wait for the network
  const output = commandOutput(binary, ["version", "-json"], { ...env, CHECKPOINT_DISABLE: "1" });
  const version = /"terraform_version":\s*"([^"]+)"/.exec(output ?? "")?.[1];
  if (atLeast(version, TERRAFORM_MINIMUM)) return undefined;
  return (
    `Terraform >= ${TERRAFORM_MINIMUM} is needed, '${binary}' ${version === undefined ? "cannot be run" : `is ${version}`}: ` +
    "install it (https://developer.hashicorp.com/terraform/install), or name another binary in TERRAFORM_BINARY_NAME."
  );
}

/** Runs the commands one after another; their output is shown only if one fails. */
async function install(what, commands, { folder, env }) {
  console.error(`Installing ${what} ...`);
  const started = Date.now();
  const stopWaiting = showWaiting(`Installing ${what} ...`);
  for (const [command, args] of commands) {
    const { status, output } = await runQuietly(command, args, { cwd: folder, env });
    if (status === 0) continue;
    stopWaiting();
    fail(`${output}Could not install ${what}: '${command} ${args.join(" ")}' failed, see above.`);
  }
  stopWaiting();
  console.error(`Installed ${what} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Runs a command that needs no input. Resolves to its exit code and all its output, in order. */
function runQuietly(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    child.on("error", ({ message }) => resolve({ status: undefined, output: `${output}${message}\n` }));
    child.on("close", (status) => resolve({ status, output }));
  });
}

function fail(message) {
  console.error(escaped(message));
  process.exit(1);
}
