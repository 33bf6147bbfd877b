import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listStacks } from "../../delivery/list-stacks";
import { synthesize } from "../../delivery/synthesis";
import { temporaryFolder } from "./bootstrap/terraform-stub";

// A repository whose app is a few lines: a stack for each file of its accounts folder, with the file's text in it.

const APP = `
const { mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { CDKTF_OUTDIR: out, TRAILWATCH_ACCOUNTS: accounts } = process.env;
const stacks = {};
for (const name of readdirSync(accounts)) {
  const text = readFileSync(accounts + "/" + name, "utf8");
  if (text === "broken") { console.error(name + " is broken"); process.exit(1); }
  mkdirSync(out + "/stacks/" + name, { recursive: true });
  const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: ["444455556666"] }] };
  const json = { "//": { version: process.argv[2] }, provider, resource: text };
  const synthesizedStackPath = "stacks/" + name + "/cdk.tf.json";
  writeFileSync(out + "/" + synthesizedStackPath, JSON.stringify(json));
  stacks[name] = { name, dependencies: name === "b" ? ["a"] : [], synthesizedStackPath };
}
writeFileSync(out + "/manifest.json", JSON.stringify({ stacks }));
`;

let repository: string;
let project: string;
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
const write = (file: string, text: string): void => {
  writeFileSync(join(project, file), text);
};
const writeApp = (version: number): void => {
  write("cdktf.json", JSON.stringify({ app: `node app.cjs ${version}` }));
};

beforeEach(() => {
  repository = temporaryFolder();
  // The project need not be the whole repository.
  project = join(repository, "security");
  mkdirSync(join(project, "accounts"), { recursive: true });
  mkdirSync(join(project, "node_modules"));
  write("app.cjs", APP);
  writeApp(1);
  for (const name of ["a", "b", "c"]) write(`accounts/${name}`, "as it was");
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
});

const said: string[] = [];
async function list(changedSince?: string, accountsFolder = join(project, "accounts"), except: string[] = []) {
  said.length = 0;
  const { waves, removed } = await listStacks({
    patterns: [],
    except,
    changedSince,
    project,
    accountsFolder,
    env: process.env,
    signal: new AbortController().signal,
    report: (line) => said.push(line),
  });
  return { waves: waves.map((wave) => wave.map(({ id }) => id)), removed: [...removed] };
}
const worktrees = () => git("worktree", "list").trim().split("\n").length;

test("all stacks, when nothing is compared", async () => {
  expect(await list()).toEqual({ waves: [["a", "c"], ["b"]], removed: [] });
});

test("all stacks but some; one that is neither there nor was there is refused, changed or not", async () => {
  const accounts = join(project, "accounts");
  git("rm", "-q", "security/accounts/a");
  expect(await list(undefined, accounts, ["b"])).toEqual({ waves: [["c"]], removed: [] });
  expect(await list("HEAD", accounts, ["a"])).toEqual({ waves: [], removed: [] });
  for (const since of [undefined, "HEAD"]) {
    await expect(list(since, accounts, ["b", "cc"])).rejects.toThrow("'--except' must be the id of a stack");
  }
});

test("nothing has changed when only comments differ", async () => {
  writeApp(2);
  expect(await list("HEAD")).toEqual({ waves: [], removed: [] });
});

test("a changed, a new and a removed stack, committed or not", async () => {
  write("accounts/c", "another");
  git("commit", "-q", "-a", "-m", "second");
  write("accounts/d", "new");
  git("rm", "-q", "security/accounts/a");

  expect(await list("HEAD~1")).toEqual({ waves: [["c", "d"]], removed: ["a"] });
  expect(await list("HEAD")).toEqual({ waves: [["d"]], removed: ["a"] });
  expect(worktrees()).toBe(1);
});

test("an accounts folder outside of the repository is the same for both", async () => {
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, "z"), "");
  expect(await list("HEAD", elsewhere)).toEqual({ waves: [], removed: [] });
  expect(said.join("\n")).toContain("is not in this repository: only changes of the code count");
});

test("an accounts folder that the reference does not have makes every stack new", async () => {
  mkdirSync(join(project, "ours"));
  write("ours/z", "");
  expect(await list("HEAD", join(project, "ours"))).toEqual({ waves: [["z"]], removed: [] });
});

test("a reference that is none, or does not synthesize, is said to be so, and nothing is left behind", async () => {
  await expect(list("nowhere")).rejects.toThrow(
    "'--changed-since' must name a commit that this clone has, got 'nowhere'",
  );

  write("accounts/a", "broken");
  git("commit", "-q", "-a", "-m", "broken");
  write("accounts/a", "mended");
  await expect(list("HEAD")).rejects.toThrow("a is broken");
  expect(worktrees()).toBe(1);
});

test("in a hook of git's, what is about to be committed stays as it is", async () => {
  write("accounts/c", "another");
  git("commit", "-q", "-a", "-m", "second");
  write("accounts/a", "about to be committed");
  git("add", ".");
  const index = git("ls-files", "--stage");
  const { GIT_DIR, GIT_INDEX_FILE } = process.env;
  Object.assign(process.env, { GIT_DIR: join(repository, ".git"), GIT_INDEX_FILE: join(repository, ".git", "index") });
  try {
    expect((await list("HEAD~1")).waves).toEqual([["a", "c"]]);
  } finally {
    for (const [name, value] of Object.entries({ GIT_DIR, GIT_INDEX_FILE })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
  expect(git("ls-files", "--stage")).toBe(index);
});

test("more stacks than a variable holds are synthesized with all the others", async () => {
  writeApp(1);
  write("app.cjs", `${APP}\nwriteFileSync(out + "/requested", process.env.TRAILWATCH_STACKS ?? "all");`);
  const requested = async (...stacks: string[]): Promise<string> => {
    const outdir = join(project, "out");
    const accountsFolder = join(project, "accounts");
    const { signal } = new AbortController();
    await synthesize({ project, accountsFolder, outdir, env: process.env, signal, stacks, report: () => undefined });
    return readFileSync(join(outdir, "requested"), "utf8");
  };
  const longest = "x".repeat(131_053);
  expect(await requested("a", "b")).toBe("a,b");
  expect(await requested(longest)).toBe(longest);
  expect(await requested(`${longest}x`)).toBe("all");
});
