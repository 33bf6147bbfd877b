import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Terminal } from "../support/terminal";

/** A folder with a project and a PATH that holds our stubs and nothing else of this machine. */
let root: string;
let project: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "trailwatch-setup-"));
  project = join(root, "project");
  write("project/package.json", JSON.stringify({ engines: { node: ">=20" } }));
  write("project/package-lock.json", "{}", 1000);
  write("project/node_modules/.package-lock.json", "{}", 1000);
  write("project/sandbox/requirements.txt", "", 1000);
  stub("npm", 'if [ "$1" != --version ]; then echo "$@" >> npm-calls; fi');
  terraform("1.11.0");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string, mtime?: number): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
  if (mtime !== undefined) utimesSync(file, mtime, mtime);
  return file;
}

const stub = (name: string, body: string) => write(join("bin", name), `#!/bin/sh\n${body}\n`);

const terraform = (version: string) => stub("terraform", `echo '{ "terraform_version": "${version}" }'`);

/** A moto_server whose interpreter, named in its first line, says this version. */
function motoServer(version: string, folder = "bin"): string {
  const python = write(join("pythons", folder, "python3.11"), `#!/bin/sh\necho ${version}\n`);
  return write(join(folder, "moto_server"), `#!${python}\n`);
}

/** Arguments of Node.js that run code that sees what setup.mjs and versions.mjs export. */
function codeOf(code: string): string[] {
  const urls = ["setup", "versions"].map((name) => pathToFileURL(resolve("scripts", `${name}.mjs`)).href);
  const imports = urls
    .map((url) => `import * as m${String(urls.indexOf(url))} from ${JSON.stringify(url)};`)
    .join("\n");
  return ["--input-type=module", "--eval", `${imports}\nconst { setUp, atLeast } = { ...m0, ...m1 };\n${code}`];
}

function run(code: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, codeOf(code), {
    encoding: "utf8",
    env: { PATH: join(root, "bin"), ...env },
  });
  return { status, stdout, stderr };
}

/** What setUp() of the temporary project ends with; its stdout is the moto_server it chose. */
const setUp = (options: { sandbox?: boolean; tools?: boolean; env?: Record<string, string> } = {}) =>
  run(setUpCode(options), options.env);

const setUpCode = ({ sandbox = false, tools }: { sandbox?: boolean; tools?: boolean }) =>
  `const env = await setUp(${JSON.stringify({ sandbox, tools, folder: project })});
   process.stdout.write(env.TRAILWATCH_MOTO_SERVER ?? "");`;

const npmCalls = () =>
  existsSync(join(project, "npm-calls")) ? readFileSync(join(project, "npm-calls"), "utf8") : undefined;

test("with all requirements present, nothing is installed and nothing is printed", () => {
  expect(setUp()).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(npmCalls()).toBeUndefined();
});

test("output contains no terminal control characters, whatever it names", () => {
  const { status, stderr } = setUp({ env: { TERRAFORM_BINARY_NAME: "terra\u001b[2Jform\u202e" } });
  expect(status).toBe(1);
  expect(stderr).toContain(String.raw`'terra\u{1b}[2Jform\u{202e}' cannot be run`);
});

test("versions are compared as numbers", () => {
  const cases = [
    ["1.10.9", "1.11"],
    ["1.11.0", "1.11"],
    ["1.11.0-rc1", "1.11"],
    ["2.0.0", "1.11"],
    ["0.99.0", "1.11"],
    ["1.9.8", "1.11"],
    ["20.18.9", "20.19"],
    ["20.19.0", "20.19"],
    ["22.0.0", "20.19"],
    ["5", "5.0"],
    ["5", "5.1"],
    [undefined, "1.11"],
    ["unknown", "1.11"],
  ];
  const { stdout } = run(
    `const cases = ${JSON.stringify(cases)};
     console.log(JSON.stringify(cases.map(([version, minimum]) => atLeast(version ?? undefined, minimum))));`,
  );
  expect(JSON.parse(stdout)).toEqual([
    ...[false, true, true, true, false, false],
    ...[false, true, true],
    ...[true, false],
    ...[false, false],
  ]);
});

describe("packages", () => {
  test("those for development are installed only for programs that need them", () => {
    write(
      "project/package.json",
      JSON.stringify({ engines: { node: ">=20" }, devDependencies: { "@a/tool": "1.0.0" } }),
    );
    expect(setUp({ tools: false }).status).toBe(0);
    expect(npmCalls()).toBeUndefined();
    write("project/node_modules/.package-lock.json", "{}", 999);
    expect(setUp({ tools: false }).status).toBe(0);
    expect(npmCalls()).toMatch(/^ci --omit=dev /);

    write("project/node_modules/.package-lock.json", "{}", 1000);
    expect(setUp().status).toBe(0);
    expect(npmCalls()).toMatch(/\nci --include=dev .*\n$/);
    write("project/node_modules/@a/tool/package.json", "{}");
    expect(setUp().status).toBe(0);
    expect(npmCalls()?.match(/\n/g)).toHaveLength(2);
  });

  test.each([
    ["are as old as the lock file", 1000, undefined],
    ["are older than the lock file", 999, "ci --include=dev --prefer-offline --no-audit --no-fund\n"],
  ])("npm ci is run only if they %s", (_, installed, calls) => {
    write("project/node_modules/.package-lock.json", "{}", installed);
    expect(setUp().status).toBe(0);
    expect(npmCalls()).toBe(calls);
  });

  test.each(["node_modules", "node_modules/.package-lock.json"])("npm ci is run without %s", (missing) => {
    rmSync(join(project, missing), { recursive: true });
    const { status, stderr } = setUp();
    expect(status).toBe(0);
    expect(npmCalls()).toBe("ci --include=dev --prefer-offline --no-audit --no-fund\n");
    expect(stderr).toMatch(
      /^Installing the packages of package-lock.json ...\n(Installing .*\n)*Installed .* in \d+ s.\n$/,
    );
  });

  test.each([
    ["one line that is replaced", {}, /\rInstalling the packages of package-lock.json ... \(\d+ s\)/],
    ["lines", { TERM: "dumb" }, /\nInstalling the packages of package-lock.json ... \(\d+ s\)\n/],
  ])("a terminal shows by %s that npm is at work", async (_, env, line) => {
    rmSync(join(project, "node_modules"), { recursive: true });
    stub("npm", '[ "$1" = --version ] || while [ ! -e seen ]; do /bin/sleep 0.2; done');
    const terminal = new Terminal(process.execPath, codeOf(setUpCode({})), {
      env: { PATH: join(root, "bin"), ...env },
    });
    await terminal.until(line);
    writeFileSync(join(project, "seen"), "");
    expect(await terminal.ended).toBe(0);
    expect(terminal.hasSequences).toBe(!("TERM" in env));
    expect(terminal.lines.at(-2)).toMatch(/^Installed the packages of package-lock.json in \d+ s\.$/);
  });

  test("without a terminal, progress is printed in lines", async () => {
    rmSync(join(project, "node_modules"), { recursive: true });
    stub("npm", '[ "$1" = --version ] || while [ ! -e seen ]; do /bin/sleep 0.2; done');
    const child = spawn(process.execPath, codeOf(setUpCode({})), { env: { PATH: join(root, "bin") } });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (stderr.includes(" s)\n")) writeFileSync(join(project, "seen"), "");
    });
    expect(await once(child, "close")).toEqual([0, null]);
    expect(stderr).toMatch(/^Installing .* \.\.\.\nInstalling .* \.\.\. \(\d+ s\)\nInstalled .* in \d+ s\.\n$/);
  });

  test("what npm prints is shown if it fails", () => {
    rmSync(join(project, "node_modules"), { recursive: true });
    stub("npm", '[ "$1" = --version ] || { echo "npm error E404"; exit 7; }');
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/npm error E404\nCould not install the packages .*'npm ci --include=dev .*' failed/);
  });
});

describe("Terraform", () => {
  test.each(["1.11.0", "1.12.1", "2.0.0"])("%s is accepted", (version) => {
    terraform(version);
    expect(setUp().status).toBe(0);
  });

  test("1.10.5 is too old", () => {
    terraform("1.10.5");
    const { status, stderr } = setUp();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Terraform >= 1.11 is needed, 'terraform' is 1.10.5: install it .*\n$/);
  });

  test("another binary can be named", () => {
    const other = stub("tofu", `echo '{ "terraform_version": "1.11.2" }'`);
    terraform("1.10.5");
    expect(setUp({ env: { TERRAFORM_BINARY_NAME: other } }).status).toBe(0);
  });

  test("a warning around the version is ignored", () => {
    stub("terraform", `echo 'Warning: configuration'; echo '{ "terraform_version": "1.11.4" }'`);
    expect(setUp().status).toBe(0);
  });
});

describe("moto", () => {
  test.each(["5.2.3", "5.10.0", "6.0.0"])("a moto_server %s on the PATH is passed on", (version) => {
    const server = motoServer(version);
    expect(setUp({ sandbox: true })).toEqual({ status: 0, stdout: server, stderr: "" });
  });

  test("an old version on the PATH does not hide a newer one later on it", () => {
    motoServer("5.2.2");
    const good = motoServer("5.2.5", "more");
    const path = `${join(root, "bin")}:${join(root, "more")}`;
    expect(setUp({ sandbox: true, env: { PATH: path } }).stdout).toBe(good);
  });

  test("a shim that names no interpreter runs what the PATH's python3 has", () => {
    const shim = stub("moto_server", 'exec pyenv exec moto_server "$@"');
    stub("python3", "echo 5.2.5");
    expect(setUp({ sandbox: true }).stdout).toBe(shim);
  });

  test("a pip script for an interpreter with a space in its path is supported", () => {
    const python = write("a b/bin/python3", "#!/bin/sh\necho 5.2.5\n");
    const server = stub("moto_server", `'''exec' "${python}" "$0" "$@"\n' '''`);
    expect(setUp({ sandbox: true }).stdout).toBe(server);
  });

  test("the configured one takes precedence", () => {
    motoServer("5.2.5");
    const named = motoServer("5.2.5", "named");
    expect(setUp({ sandbox: true, env: { TRAILWATCH_MOTO_SERVER: named } }).stdout).toBe(named);
  });

  test("a configured one that is too old is rejected, whatever is on the PATH", () => {
    motoServer("5.2.5");
    const named = motoServer("5.1.0", "named");
    const { status, stderr } = setUp({ sandbox: true, env: { TRAILWATCH_MOTO_SERVER: named } });
    expect(status).toBe(1);
    expect(stderr).toContain(`'TRAILWATCH_MOTO_SERVER' must name a moto_server >= 5.2.3, got '${named}'`);
  });

  test.each([
    ["none", () => undefined],
    ["an old one", () => motoServer("5.2.2")],
  ])("with %s on the PATH it is installed into the project, once", (_, prepare) => {
    prepare();
    python3ThatInstalls("5.2.5");
    const own = join(project, ".trailwatch/venv/bin/moto_server");

    const first = setUp({ sandbox: true });
    expect(first).toMatchObject({ status: 0, stdout: own });
    expect(first.stderr).toMatch(/^Installing moto into .trailwatch\/venv ...\n/);
    expect(setUp({ sandbox: true })).toEqual({ status: 0, stdout: own, stderr: "" });
  });

  test("is installed again after the pinned versions have changed", () => {
    python3ThatInstalls("5.2.5");
    expect(setUp({ sandbox: true }).status).toBe(0);
    write("project/sandbox/requirements.txt", "", Date.now() / 1000 + 60);
    expect(setUp({ sandbox: true }).stderr).toMatch(/^Installing moto into/);
  });

  test("is not required without the sandbox", () => {
    expect(setUp({ sandbox: false }).status).toBe(0);
  });

  /** A python3 that makes a virtual environment whose pip installs a moto_server of this version. */
  function python3ThatInstalls(version: string) {
    const python = write(
      "venv-python",
      `#!/bin/sh
PATH=/bin:/usr/bin
here=$(dirname "$0")
case "$2" in
  pip) printf '#!%s/python\\n' "$here" > "$here/moto_server"; chmod +x "$here/moto_server" ;;
  *) echo ${version} ;;
esac
`,
    );
    stub(
      "python3",
      `PATH=/bin:/usr/bin
case "$2" in
  venv) mkdir -p "$4/bin"; cp "${python}" "$4/bin/python" ;;
esac`,
    );
  }
});

describe("what is missing", () => {
  test("is all reported at once, a sentence each, before anything is installed", () => {
    rmSync(join(project, "node_modules"), { recursive: true });
    rmSync(join(root, "bin", "terraform"));
    write("project/package.json", JSON.stringify({ engines: { node: ">=99.1" } }));

    const { status, stderr } = setUp({ sandbox: true });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^Node.js >=99.1 is needed, this is \d+.\d+.\d+: install it from .*\.$/),
      expect.stringMatching(/^Terraform >= 1.11 is needed, 'terraform' cannot be run: install it .*\.$/),
      expect.stringMatching(/^moto_server >= 5.2.3 is needed, .* install Python >= 3.10 .*\.$/),
    ]);
    expect(npmCalls()).toBeUndefined();
  });

  test("include npm if packages have to be installed", () => {
    rmSync(join(root, "bin", "npm"));
    expect(setUp().status).toBe(0);
    rmSync(join(project, "node_modules"), { recursive: true });
    expect(setUp()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^npm is needed/) as unknown });
  });

  test.each(["start", "test", "bootstrap"])("stops scripts/%s.mjs with exit code 1", (script) => {
    motoServer("5.2.5");
    rmSync(join(root, "bin", "terraform"));
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("scripts", `${script}.mjs`)], {
      encoding: "utf8",
      env: { PATH: join(root, "bin") },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^Terraform >= 1.11 is needed/);
  });
});
