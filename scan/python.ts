import { existsSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { showStatus } from "../lib/support/status-line";
import { writeFile } from "../lib/support/write-file";

/** A scanner on PyPI. */
export interface PythonPackage {
  readonly name: string;
  /** The pinned version: ids and results of checks change between versions. */
  readonly version: string;
  /** What the installed package needs on disk. */
  readonly megabytes: number;
}

export const CHECKOV: PythonPackage = { name: "checkov", version: "3.3.30", megabytes: 300 };
export const PROWLER: PythonPackage = { name: "prowler", version: "5.46.0", megabytes: 2400 };

/** Python versions that both support. Source: `Requires-Python` of their packages on PyPI. */
const SUPPORTED = { from: "3.10", before: "3.14" };

/** Prints the version; fails where Debian's packages of the modules venv and ensurepip are not installed. */
const PROBE = "import sys; print('.'.join(map(str, sys.version_info[:2])), flush=True); import venv, ensurepip";

/** Where and how a package is installed. */
export interface Installation {
  /** The folder of all scanners' environments. */
  readonly workFolder: string;
  /** Where Python is found, and pip's settings. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the installation. */
  readonly signal: AbortSignal;
}

/**
 * Installs the pinned version into a virtual environment, unless it is there.
 *
 * @returns the folder of its programs
 * @throws Error when Python or pip are missing, or the installation fails
 */
export async function installPackage(
  { name, version, megabytes }: PythonPackage,
  { workFolder, ...run }: Installation,
): Promise<string> {
  const venv = join(workFolder, `${name}-${version}`);
  const bin = join(venv, "bin");
  if (existsSync(join(venv, INSTALLED))) return bin;
  await checkPython(run);
  const status = showStatus((elapsed) => `Installing ${name} ${version} (${Math.round(elapsed / 1000)} s) ...`);
  try {
    await step("python3", ["-m", "venv", "--clear", venv], `create ${venv}`, run);
    const options = ["--disable-pip-version-check", "--no-input", "--quiet"];
    const what = `install ${name} ${version} from PyPI, which needs ${megabytes} MB and a package registry`;
    await step(join(bin, "python"), ["-m", "pip", "install", ...options, `${name}==${version}`], what, run);
    // Written last, so that an interrupted installation is repeated.
    writeFile(join(venv, INSTALLED), "");
  } finally {
    status.stop();
  }
  return bin;
}

const INSTALLED = ".installed";

type Run = Pick<Installation, "env" | "signal">;

async function checkPython(run: Run): Promise<void> {
  const end = await runProgram("python3", ["-c", PROBE], run).catch(() => undefined);
  run.signal.throwIfAborted();
  const version = end?.stdout.trim() ?? "";
  if (end?.ending === 0 && isSupported(version)) return;
  const got = version === "" ? "none that runs" : `'${version}'${end?.ending === 0 ? "" : " without these modules"}`;
  throw new Error(
    `'python3' must be Python >= ${SUPPORTED.from} and < ${SUPPORTED.before} with its modules venv and pip, got ${got}: ` +
      "install it (https://www.python.org/downloads; on Debian and Ubuntu 'apt install python3-venv').",
  );
}

/** Whether a version such as `3.11` is supported. */
export function isSupported(version: string): boolean {
  const minor = (text: string) => Number(text.split(".")[1]);
  return (
    version.startsWith("3.") && minor(version) >= minor(SUPPORTED.from) && minor(version) < minor(SUPPORTED.before)
  );
}

async function step(command: string, args: readonly string[], what: string, run: Run): Promise<void> {
  const { ending, stderr } = await runProgram(command, args, run);
  if (ending === 0) return;
  throw new Error(`Could not ${what}:\n${lastLines(stderr)}`);
}

/** The end of a program's output, where pip names the reason. */
function lastLines(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("WARNING:"));
  return lines.slice(-8).join("\n");
}
