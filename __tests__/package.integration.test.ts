import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

// Packs the package as `npm pack` does, and uses it in empty folders. What it depends on is linked to this project's
// node_modules in place of an installation, so that no registry is needed; a package that it does not name is missing.

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const root = mkdtempSync(join(tmpdir(), "trailwatch-package-"));
const installed = join(root, "node_modules");
const packed = join(installed, "trailwatch");
let files: readonly string[];
let bytes: number;

beforeAll(() => {
  const { stdout, stderr, status } = spawnSync("npm", ["pack", "--json", "--pack-destination", root], {
    encoding: "utf8",
    env: { ...process.env, npm_config_update_notifier: "false" },
  });
  if (status !== 0) throw new Error(stderr);
  const [tarball] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as [
    { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string }[] },
  ];
  files = tarball.files.map(({ path }) => path);
  bytes = tarball.size;
  mkdirSync(packed, { recursive: true });
  run("tar", ["-xzf", join(root, tarball.filename), "-C", packed, "--strip-components=1"], root);
  const { dependencies, peerDependencies } = manifest();
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), "@types/node"]) link(name);
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function link(name: string): void {
  mkdirSync(dirname(join(installed, name)), { recursive: true });
  symlinkSync(resolve("node_modules", name), join(installed, name));
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as Manifest;
}

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  return path;
}

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

const node = (args: readonly string[], cwd: string) => run(process.execPath, args, cwd);
const trailwatch = (args: readonly string[], cwd: string) => node([join(packed, "bin/trailwatch.mjs"), ...args], cwd);

test("the package has what users need: no sources, tests, sandbox or path of this machine", () => {
  const unwanted = files.filter(
    (path) =>
      !/^(bin\/(trailwatch\.mjs|optimize-later\.cjs)|dist\/.+|docs\/.+\.(md|json)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
        path,
      ),
  );
  expect(unwanted).toEqual([]);
  expect(files.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
  expect(bytes).toBeLessThan(3_000_000);
  const texts = readdirSync(join(packed, "dist"), { recursive: true, encoding: "utf8" })
    .map((path) => join(packed, "dist", path))
    .filter((path) => statSync(path).isFile());
  expect(texts.filter((path) => readFileSync(path, "utf8").includes(process.cwd()))).toEqual([]);
});

test("one copy of cdktf, constructs and the bindings: peers, with versions that this project is tested with", () => {
  const { dependencies, peerDependencies } = manifest();
  expect(Object.keys(peerDependencies)).toEqual(["@cdktf/provider-aws", "cdktf", "constructs"]);
  expect(Object.keys(dependencies).filter((name) => name in peerDependencies || name === "cdktf-cli")).toEqual([]);
});

test("an app of another project synthesizes three constructs, and is type checked", () => {
  const app = folder("own-app");
  cpSync("examples/own-app", app, { recursive: true });
  const tsc = resolve("node_modules/typescript-native/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
  const example = readFileSync(join(app, "security-stack.ts"), "utf8");
  writeFileSync(join(app, "wrong.ts"), example.replace("retentionDays: 365", 'retentionDays: "365"'));
  const { stdout } = node([tsc, "--singleThreaded", ...options, "main.ts", "wrong.ts"], app);
  expect(stdout.match(/^\S+: error TS\d+/gm)).toEqual([expect.stringMatching(/^wrong\.ts\(.*TS2322$/) as string]);

  expect(node(["--import", "tsx", "main.ts"], app)).toMatchObject({ status: 0, stderr: "" });
  const { resource } = JSON.parse(readFileSync(join(app, "cdktf.out/stacks/security/cdk.tf.json"), "utf8")) as {
    readonly resource: Readonly<Record<string, unknown>>;
  };
  expect(Object.keys(resource)).toEqual(
    expect.arrayContaining(["aws_cloudtrail", "aws_sns_topic", "aws_cloudwatch_metric_alarm"]),
  );
});

describe("in an empty folder", () => {
  let empty: string;

  beforeAll(() => {
    empty = folder("empty");
  });

  test("the command prints its version, and what to do first", () => {
    expect(trailwatch(["--version"], empty).stdout).toBe(`${manifest().version}\n`);
    for (const args of [["detections"], ["replay", "records.json"], ["stacks"]]) {
      expect(trailwatch(args, empty)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("npx trailwatch init") as string,
      });
    }
    expect(readdirSync(empty)).toEqual([]);
  });

  test("init begins a project, whose app synthesizes the same as this one, and overwrites nothing", () => {
    writeFileSync(
      join(empty, "package.json"),
      '{ "name": "monitoring", "dependencies": { "trailwatch": "file:x.tgz" } }',
    );
    expect(trailwatch(["init"], empty)).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(join(empty, "package.json"), "utf8"))).toMatchObject({
      name: "monitoring",
      dependencies: { trailwatch: "file:x.tgz" },
      scripts: { synth: "node --import tsx main.ts" },
    });
    const before = readdirSync(empty);
    const again = trailwatch(["init"], empty);
    expect(again).toMatchObject({ status: 1, stdout: "" });
    expect(again.stderr).toContain("'main.ts' must not exist yet");
    expect(readdirSync(empty)).toEqual(before);

    expect(node(["--import", "tsx", "main.ts"], empty)).toMatchObject({
      status: 0,
      stdout: "Wrote 8 stacks to cdktf.out\n",
    });
    expect(trailwatch(["detections", "payments"], empty)).toMatchObject({ status: 0, stderr: "" });
  });

  test("replay writes a report, with worker threads", () => {
    const record = {
      eventVersion: "1.11",
      eventName: "StopLogging",
      eventSource: "cloudtrail.amazonaws.com",
      awsRegion: "eu-west-1",
    };
    const more = {
      eventTime: "2026-01-15T10:00:00Z",
      recipientAccountId: "444455556666",
      eventID: "1",
      readOnly: false,
    };
    const identity = {
      eventType: "AwsApiCall",
      eventCategory: "Management",
      managementEvent: true,
      userIdentity: { type: "Root" },
    };
    for (const name of ["a.json", "b.json"]) {
      writeFileSync(join(empty, name), JSON.stringify({ Records: [{ ...record, ...more, ...identity }] }));
    }
    const replayed = trailwatch(["replay", "a.json", "b.json", "--workers", "2", "--report", "report.html"], empty);
    expect(replayed.stderr).not.toMatch(/worker|bug/);
    expect(replayed.stdout).toContain("trail-stopped");
    expect(readFileSync(join(empty, "report.html"), "utf8")).toContain("</html>");
  });
});
