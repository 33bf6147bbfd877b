import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackage, type Installation, isSupported } from "../../scan/python";

const PACKAGE = { name: "scanner", version: "1.0", megabytes: 300 };

const folder = mkdtempSync(join(tmpdir(), "trailwatch-python-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ["3.9", false],
  ["3.10", true],
  ["3.13", true],
  ["3.14", false],
  ["2.7", false],
])("Python %s is supported: %s", (version, supported) => {
  expect(isSupported(version)).toBe(supported);
});

test.each([
  ["no Python", undefined, "got none that runs"],
  ["an old Python", "echo 3.9", "got '3.9': install it"],
  ["Python without venv", "echo 3.11; exit 1", "got '3.11' without these modules: install it"],
])("%s: the message says what to install, and nothing is written", async (name, python, message) => {
  const installation = installationIn(name, python);
  await expect(installPackage(PACKAGE, installation)).rejects.toThrow(message);
  expect(existsSync(installation.workFolder)).toBe(false);
});

test("a failed installation shows the end of what pip prints, and is repeated", async () => {
  const installation = installationIn(
    "no registry",
    pythonWhosePip("echo 'ERROR: No matching distribution' >&2; exit 1"),
  );
  const installed = installPackage(PACKAGE, installation);
  await expect(installed).rejects.toThrow(
    "Could not install scanner 1.0 from PyPI, which needs 300 MB and a package registry:\nERROR: No matching distribution",
  );
  await expect(installPackage(PACKAGE, installation)).rejects.toThrow("Could not install");
});

test("an installation is not repeated", async () => {
  const installation = installationIn("installed", pythonWhosePip("exit 0"));
  const bin = await installPackage(PACKAGE, installation);
  expect(bin).toBe(join(installation.workFolder, "scanner-1.0", "bin"));
  await expect(installPackage(PACKAGE, { ...installation, env: {} })).resolves.toBe(bin);
});

test("an interruption ends pip", async () => {
  const interruption = new AbortController();
  const started = join(folder, "pip-started");
  const installation = installationIn("interrupted", pythonWhosePip(`touch ${started}; exec sleep 60`));
  const installed = installPackage(PACKAGE, { ...installation, signal: interruption.signal });
  const timer = setInterval(() => {
    if (existsSync(started)) interruption.abort(new Error("interrupted"));
  }, 10);
  await expect(installed).rejects.toThrow("interrupted");
  clearInterval(timer);
});

/** With a `python3` that is this shell script, or none. */
function installationIn(name: string, script?: string): Installation {
  const bin = join(folder, name, "bin");
  mkdirSync(bin, { recursive: true });
  if (script !== undefined) writeFileSync(join(bin, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  // The scripts use programs of the system, which may have a Python.
  const path = script === undefined ? bin : `${bin}:${process.env.PATH ?? ""}`;
  return { workFolder: join(folder, name, "work"), env: { PATH: path }, signal: new AbortController().signal };
}

/** A script that creates a virtual environment whose Python runs this instead of pip. */
function pythonWhosePip(script: string): string {
  return `if [ "$1" = -c ]; then echo 3.11; exit 0; fi
mkdir -p "$4/bin"; printf '#!/bin/sh\\n%s\\n' "${script}" > "$4/bin/python"; chmod +x "$4/bin/python"`;
}
