import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeStandIns } from "./stand-ins";
import { steps } from "./workflows";

const LEFT_OUT = /^(__tests__|docs|bench|accounts)\//;

const PROVIDED_BY_GITHUB: Readonly<Record<string, string>> = {
  "github.token": "stand-in",
  "github.event.pull_request.number": "7",
};

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A repository with this project, and accounts of its own, where steps of workflows are run. */
export class ScratchClone {
  public readonly folder = mkdtempSync(join(tmpdir(), "trailwatch-ci-"));
  /** Names of the steps that were run. */
  public readonly ran = new Set<string>();
  private readonly env: NodeJS.ProcessEnv;

  /**
   * @param accounts is copied to `accounts/`
   * @param env of every step, besides what a runner of GitHub sets. Without it a stand-in plays Terraform
   */
  constructor(accounts: string, env: NodeJS.ProcessEnv = {}) {
    const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { encoding: "utf8" });
    for (const file of files.split("\0").filter((name) => name !== "" && !LEFT_OUT.test(name))) {
      if (!existsSync(file)) continue;
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(file, join(this.folder, file));
    }
    cpSync(accounts, join(this.folder, "accounts"), { recursive: true });
    symlinkSync(join(process.cwd(), "node_modules"), join(this.folder, "node_modules"));
    const stubs = join(this.folder, ".stubs");
    this.env = {
      ...writeStandIns(stubs),
      ...env,
      ...{ HOME: process.env.HOME, PATH: `${stubs}:${process.env.PATH ?? ""}`, CI: "true" },
      ...{ GITHUB_OUTPUT: join(stubs, "output"), GITHUB_STEP_SUMMARY: join(stubs, "summary") },
      ...{ GITHUB_REPOSITORY: "acme/watch", GITHUB_REF_NAME: "main" },
    };
    writeFileSync(join(this.folder, ".git-exclude"), ".stubs\nnode_modules\n.git-exclude\nreview\n");
    this.git("init", "-q");
    this.commit("first");
  }

  /** Runs a step of a workflow, as a runner of GitHub does, with the job's environment. */
  public run(name: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const step = steps.find(([id]) => id === name)?.[1];
    if (step?.run === undefined) throw new Error(`no step '${name}' that runs something`);
    this.ran.add(name);
    const declared = Object.entries(step.env ?? {}).map(([key, value]) => [key, valueOf(value)] as const);
    return this.shell(step.run, { ...Object.fromEntries(declared), ...env });
  }

  /** Runs a line as a step. Never synchronously: a local AWS may answer from this process. */
  public shell(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const options = { cwd: this.folder, env: { ...this.env, ...env } };
    return new Promise((resolve) => {
      const child = execFile("bash", ["-e", "-c", line], options, (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? 1, output: `${stdout}${stderr}` });
      });
    });
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  public write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Commits a file in which a text is another. */
  public change(file: string, before: string, after: string): void {
    const text = this.read(file);
    if (!text.includes(before)) throw new Error(`no '${before}' in ${file}`);
    this.write(file, text.replace(before, after));
    this.commit(`Change ${file}`);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private commit(message: string): void {
    this.git("-c", "core.excludesFile=.git-exclude", "add", "-A");
    this.git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", message);
  }

  private git(...args: string[]): void {
    execFileSync("git", args, { cwd: this.folder });
  }
}

function valueOf(text: string): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_whole, expression: string) => {
    const value = PROVIDED_BY_GITHUB[expression];
    if (value === undefined) throw new Error(`no stand-in for '${expression}'`);
    return value;
  });
}
