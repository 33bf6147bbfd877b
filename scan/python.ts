import { existsSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { showStatus } from "../lib/support/status-line";

/** A scanner on PyPI. */
export interface PythonPackage {
  readonly name: string;
  /** The pinned version: ids and results of checks change between versions. */
  readonly version: string;
  /** What the installed package needs on disk. */
  readonly megabytes: number;
}

export const CHECKOV: PythonPackage = { name: "checkov", version: "3.3.30", megabytes: 300 };
export const PROWLER: PythonPackage = { name: "prowler", version: "5.46.0", megabytes: 1500 };

/** Python versions that both support. Source: `Requires-Python` of their packages on PyPI. */
const SUPPORTED = { from: "3.10", before: "3.14" };

/** Fails where a virtual environment cannot be created: Debian packages the modules venv and ensurepip separately. */
const PROBE = "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:2])))";

/**
 * Installs the pinned version into a virtual environment, unless it is there.
 *
 * @param folder - the folder of all scanners' environments
 * @returns the folder of its programs
 * @throws Error when Python or pip are missing, or the installation fails
 */
export async function installPackage({ name, version, megabytes }: PythonPackage, folder: string): Promise<string> {
  const venv = join(folder, `${name}-${version}`);
  const bin = join(venv, "bin");
  if (existsSync(join(venv, INSTALLED))) return bin;
  await checkPython();
  const status = showStatus((elapsed) => `Installing ${name} ${version} (${Math.round(elapsed / 1000)} s) ...`);
  try {
    await step("python3", ["-m", "venv", "--clear", venv], `create ${venv}`);
    const options = ["--disable-pip-version-check", "--no-input", "--quiet"];
    const what = `install ${name} ${version} from PyPI, which needs ${megabytes} MB and a package registry`;
    await step(join(bin, "python"), ["-m", "pip", "install", ...options, `${name}==${version}`], what);
    // Written last, so that an interrupted installation is repeated.
    await step(join(bin, "python"), ["-c", `open(${JSON.stringify(join(venv, INSTALLED))}, "w").close()`], "finish");
  } finally {
    status.stop();
  }
  return bin;
}

const INSTALLED = ".installed";

async function checkPython(): Promise<void> {
  const end = await runProgram("python3", ["-c", PROBE]).catch(() => undefined);
  const version = end?.ending === 0 ? end.stdout.trim() : undefined;
  if (version !== undefined && isSupported(version)) return;
  throw new Error(
    `'python3' must be Python >= ${SUPPORTED.from} and < ${SUPPORTED.before} with its modules venv and pip, got ` +
      `${version === undefined ? "none that runs" : `'${version}'`}: install it (https://www.python.org/downloads; on Debian and Ubuntu ` +
      "'apt install python3-venv').",
  );
}

/** Whether a version such as `3.11` is supported. */
export function isSupported(version: string): boolean {
  const minor = (text: string) => Number(text.split(".")[1]);
  return (
    version.startsWith("3.") && minor(version) >= minor(SUPPORTED.from) && minor(version) < minor(SUPPORTED.before)
  );
}

async function step(command: string, args: readonly string[], what: string): Promise<void> {
  const { ending, stderr } = await runProgram(command, args);
  if (ending === 0) return;
  throw new Error(`Could not ${what}:\n${lastLines(stderr)}`);
}

/** The end of a program's output, where pip names the reason. */
function lastLines(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("WARNING:"));
  return lines.slice(-8).join("\n");
}
