import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startMoto } from "../../sandbox/moto";

/** moto's names of the services that the stacks, the signal path and the recorded actions use. */
const SERVICES = [
  ...["athena", "cloudtrail", "cloudwatch", "dynamodb", "events", "glue", "guardduty", "iam", "kms", "logs"],
  ...["organizations", "s3", "scheduler", "secretsmanager", "sns", "sqs", "ssm", "stepfunctions", "sts"],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-install-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const installable = installedHere() !== undefined || isPypiReachable();
if (!installable) {
  process.stderr.write("skipped: pip reaches no package index, so that the installation of moto cannot be tested\n");
}

(installable ? test : test.skip)(
  "without a moto_server on the PATH, the pinned one is installed and starts",
  async () => {
    const command = installedHere() ?? install();
    const python = join(command, "..", "python");

    // pip is the virtual environment's own, of Python's version; before Python 3.12 there is setuptools, too.
    const installed = output(python, ["-m", "pip", "list", "--format=freeze", "--exclude=pip", "--exclude=setuptools"]);
    const pinned = new Set(
      readFileSync("sandbox/requirements.txt", "utf8")
        .match(/^[\w.-]+==[^\s;]+/gm)
        ?.map(canonical),
    );
    const packages = installed.trim().split("\n").map(canonical);
    expect(packages).toContainEqual(expect.stringMatching(/^moto==/));
    expect(packages.filter((name) => !pinned.has(name))).toEqual([]);

    // A service's packages are imported when its first request arrives.
    const load = `from moto.backends import get_backend\nfor name in ${JSON.stringify(SERVICES)}: get_backend(name)`;
    expect(output(python, ["-c", load])).toBe("");

    const moto = await startMoto({ command, workFolder: folder, env: { ...process.env, PATH: "/usr/bin:/bin" } });
    const request = { method: "GET", url: "/moto-api/", headers: { host: "127.0.0.1" }, body: Buffer.alloc(0) };
    expect((await moto.send(request)).status).toBe(200);
    await moto.stop();
  },
);

/** `npm test` itself installs moto where the PATH has none: a second installation would prove nothing more. */
function installedHere(): string | undefined {
  const named = process.env["TRAILWATCH_MOTO_SERVER"];
  return named === resolve(".trailwatch/venv/bin/moto_server") ? named : undefined;
}

/** What `npm start` does on a fresh clone, in a project of its own. */
function install(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const real = output("python3", ["-c", "import sys; print(sys.executable)"]).trim();
  const stub = (name: string, line: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  };
  stub("python3", `exec '${real}' "$@"`);
  stub("terraform", `echo '{ "terraform_version": "1.11.4" }'`);
  const project = join(folder, "project");
  cpSync("sandbox/requirements.txt", join(project, "sandbox/requirements.txt"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ engines: { node: ">=20" } }));
  writeFileSync(join(project, "package-lock.json"), "{}");
  mkdirSync(join(project, "node_modules"));
  writeFileSync(join(project, "node_modules/.package-lock.json"), "{}");
  const setUp = `import { setUp } from ${JSON.stringify(pathToFileURL(resolve("scripts/setup.mjs")).href)};
    const env = await setUp({ sandbox: true, tools: false, folder: ${JSON.stringify(project)} });
    process.stdout.write(env.TRAILWATCH_MOTO_SERVER);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", setUp], {
    encoding: "utf8",
    env: { ...process.env, TRAILWATCH_MOTO_SERVER: undefined, PATH: `${bin}:/usr/bin:/bin` },
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^Installing moto into .trailwatch\/venv \.{3}\n/) as unknown,
  });
  expect(stdout).toBe(join(project, ".trailwatch/venv/bin/moto_server"));
  return stdout;
}

const canonical = (name: string) => name.toLowerCase().replace(/[-_.]+(?=.*==)/g, "-");

const output = (command: string, args: string[]) => execFileSync(command, args, { encoding: "utf8" });

/** Whether pip finds moto, with the index that the installation uses. */
function isPypiReachable(): boolean {
  const found = spawnSync("python3", ["-m", "pip", "index", "versions", "moto", "--timeout", "15"], {
    stdio: "ignore",
  });
  return found.status === 0;
}
