import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { lessGarbageCollection } from "../lib/terraform/run/garbage-collection";
import { bindingMembers } from "./support/newest-provider/bindings-in-use";
import { newestProvider } from "./support/newest-provider/schema";
import { unpackedPackageIfReachable } from "./support/npm-package";

// Decision 1: the move to cdktn, which continues cdktf, changes names of packages only.
const SOURCES = [
  "main.ts",
  "lib",
  "organization",
  "detections",
  "signals",
  "modules",
  "stacks",
  "delivery",
  "accounts",
];
const PACKAGES = {
  cdktn: unpackedPackageIfReachable("cdktn@0.24.0"),
  constructs: unpackedPackageIfReachable("constructs@10.7.2"),
  "@cdktn/provider-aws": unpackedPackageIfReachable(newestProvider().bindings, bindingMembers()),
};
const ours = mkdtempSync(join(tmpdir(), "trailwatch-cdktf-"));
const theirs = mkdtempSync(join(tmpdir(), "trailwatch-cdktn-"));
const isHere = !Object.values(PACKAGES).includes(undefined);

afterAll(() => {
  for (const folder of [ours, theirs]) rmSync(folder, { recursive: true });
});

(isHere ? describe : describe.skip)("cdktn in place of cdktf", () => {
  beforeAll(() => {
    mkdirSync(join(theirs, "node_modules", "@cdktn"), { recursive: true });
    for (const name of readdirSync("node_modules").filter((one) => !/^(\.|@?cdktf|constructs$)/.test(one))) {
      symlinkSync(resolve("node_modules", name), join(theirs, "node_modules", name));
    }
    for (const [name, folder = ""] of Object.entries(PACKAGES)) {
      // Copies, not links: they must find each other.
      cpSync(folder, join(theirs, "node_modules", name), { recursive: true });
    }
    for (const source of SOURCES) cpSync(source, join(theirs, source), { recursive: true });
    for (const file of readdirSync(theirs, { recursive: true, encoding: "utf8" })) {
      if (file.endsWith(".ts") && !file.startsWith("node_modules")) renamePackages(join(theirs, file));
    }
    const extended = { extends: resolve("tsconfig.json"), compilerOptions: { types: ["node"] }, files: ["main.ts"] };
    writeFileSync(join(theirs, "tsconfig.json"), JSON.stringify({ ...extended, include: [] }));
  });

  test("the sources have the types that it wants", () => {
    const compiler = resolve("node_modules", "typescript-native", "bin", "tsc");
    // Several threads each check the types that they share.
    const args = [compiler, "-p", theirs, "--singleThreaded"];
    const env = { ...process.env, ...lessGarbageCollection(process.env) };
    expect(() => execFileSync(process.execPath, args, { encoding: "utf8", env })).not.toThrow();
  });

  test("every stack is the same, except for the version in its metadata", () => {
    const stacks = synthesized([resolve("scripts", "synth.mjs")], ours);
    expect(stacks.length).toBeGreaterThan(5);
    // One file loads in half of the CPU time that its sources take.
    const app = { absWorkingDir: theirs, entryPoints: ["main.ts"], outfile: join(theirs, "main.cjs") };
    buildSync({ ...app, bundle: true, packages: "external", platform: "node", format: "cjs" });
    expect(synthesized(["-e", `require(${JSON.stringify(app.outfile)}).main()`], join(theirs, "out"))).toEqual(stacks);
  });
});

function renamePackages(file: string): void {
  const text = readFileSync(file, "utf8");
  const renamed = text
    .replace(/"@cdktf\/provider-aws\//g, '"@cdktn/provider-aws/')
    .replace(/"cdktf(["/])/g, '"cdktn$1');
  if (renamed !== text) writeFileSync(file, renamed);
}

/** Name and text of each stack that a program of Node.js synthesizes, without cdktf's version. */
function synthesized(program: readonly string[], outdir: string): (readonly [string, string])[] {
  const env = { ...process.env, CDKTF_OUTDIR: outdir, TRAILWATCH_ACCOUNTS: resolve("accounts") };
  execFileSync(process.execPath, program, { env, stdio: "pipe" });
  return readdirSync(join(outdir, "stacks")).map((stack) => {
    const { "//": comment, ...rest } = JSON.parse(
      readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"),
    ) as { "//": { metadata: { version: string } } };
    return [stack, JSON.stringify({ ...rest, comment: { ...comment.metadata, version: "" } })] as const;
  });
}
