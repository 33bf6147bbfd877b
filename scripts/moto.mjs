import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { atLeast, commandOutput } from "./versions.mjs";

/** The first version that needs no other shims than those of sandbox/proxy/shims. */
const MINIMUM = "5.2.3";
const VENV = join(".trailwatch", "venv");
const REQUIREMENTS = join("sandbox", "requirements.txt");

/** Fails unless the server can start: moto installed without its extra `server` lacks this import. */
const PRINT_VERSION = "import importlib.metadata, moto.server; print(importlib.metadata.version('moto'))";

/** Fails unless a virtual environment can be created: Debian's Python has the module venv, but not what it needs. */
const CAN_MAKE_VENV = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/**
 * The moto_server to use: the configured one, otherwise one on the PATH, otherwise the project's own; undefined if none
 * works.
 */
export function findMotoServer(folder, env) {
  const named = env.TRAILWATCH_MOTO_SERVER;
  const candidates = named ? [named] : [...onPath("moto_server", env), ...ownServer(folder)];
  return candidates.find((script) => atLeast(versionOf(script, env), MINIMUM));
}

/** Why no moto_server can be installed, in one sentence; undefined when one can. */
export function motoProblem(folder, env) {
  const named = env.TRAILWATCH_MOTO_SERVER;
  if (named) {
    return `'TRAILWATCH_MOTO_SERVER' must name a moto_server >= ${MINIMUM}, got '${named}': correct or unset it.`;
  }
  if (commandOutput("python3", ["-c", CAN_MAKE_VENV], env) !== undefined) return undefined;
  return (
    `moto_server >= ${MINIMUM} is needed, and there is no python3 to install it with: install Python >= 3.10 with its ` +
    "venv module (https://www.python.org/downloads; on Debian and Ubuntu 'apt install python3-venv')."
  );
}

/** The project's own moto_server, if it was installed after the pinned versions last changed. */
function ownServer(folder) {
  const script = join(folder, VENV, "bin", "moto_server");
  const isCurrent = isExecutable(script) && statSync(script).mtimeMs >= statSync(join(folder, REQUIREMENTS)).mtimeMs;
  return isCurrent ? [script] : [];
}

/** The commands that install the pinned moto into a virtual environment of the project. */
export function motoInstallation(folder) {
  const venv = join(folder, VENV);
  // The file names every package with its hash, so that none is resolved, and any other file is refused.
  const options = ["--disable-pip-version-check", "--require-hashes", "--no-deps"];
  const pip = ["-m", "pip", "install", ...options, "-r", join(folder, REQUIREMENTS)];
  return [
    ["python3", ["-m", "venv", "--clear", venv]],
    [join(venv, "bin", "python"), pip],
  ];
}

/** The version of moto behind a moto_server, from its interpreter: moto_server has no option to print it. */
function versionOf(script, env) {
  return commandOutput(interpreterOf(script), ["-c", PRINT_VERSION], env)?.trim();
}

/** The Python in the script's first lines; otherwise the one on the PATH, as version managers' shims use. */
function interpreterOf(script) {
  const head = headOf(script);
  // pip writes the second form when the path is too long for the first line, or has a space
  const path = /^#!\s*(\S*\/python[^\s/]*)\s/.exec(head) ?? /^'''exec' "?([^"\n]*\/python[^\s"/]*)/m.exec(head);
  return path?.[1] ?? "python3";
}

function headOf(script) {
  try {
    return readFileSync(script, "latin1").slice(0, 1024);
  } catch {
    return "";
  }
}

function onPath(name, env) {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
