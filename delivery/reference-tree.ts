import { shownValue } from "../lib/support/printable";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { readRegularFile } from "../lib/support/regular-file";

/** Where to take the older version from. */
export interface ReferenceOptions {
  readonly project: string;
  /** Anything that git resolves to a commit. */
  readonly reference: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/**
 * Runs work in a temporary git worktree of an older version, ready to synthesize, and removes the worktree.
 *
 * Packages are shared by a link when both versions have the same lock file, otherwise installed anew.
 *
 * @param work gets the project's folder in the worktree
 * @throws Error when the reference is not a commit of this clone
 */
export async function inReferenceTree<T>(options: ReferenceOptions, work: (project: string) => Promise<T>): Promise<T> {
  const git = gitIn(options);
  const commit = await commitOf(options);
  const prefix = await git("rev-parse", "--show-prefix");
  const tree = mkdtempSync(join(tmpdir(), "trailwatch-reference-"));
  try {
    await git("worktree", "add", "--detach", tree, commit);
    const project = join(tree, prefix);
    if (!existsSync(join(project, "cdktf.json"))) {
      throw new Error(`'--changed-since' must be a commit with a cdktf.json, got '${shownValue(options.reference)}'`);
    }
    await providePackages(project, options);
    return await work(project);
  } finally {
    rmSync(tree, { recursive: true, force: true });
    // Also after an interruption: git drops a worktree whose folder is gone.
    await gitIn({ ...options, signal: new AbortController().signal })("worktree", "prune");
  }
}

async function commitOf(options: ReferenceOptions): Promise<string> {
  const { project, env, signal, reference } = options;
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`];
  const { ending, stdout, stderr } = await runProgram("git", args, { cwd: project, env: outsideOfHooks(env), signal });
  if (ending === 0) return stdout.trim();
  const why = stderr.trim() === "" ? "" : `: ${stderr.trim()}`;
  throw new Error(
    `'--changed-since' must name a commit that this clone has, got '${shownValue(reference)}'${why} ` +
      "(a shallow clone has few: fetch it first, on GitHub Actions with 'fetch-depth: 0')",
  );
}

async function providePackages(project: string, options: ReferenceOptions): Promise<void> {
  if (lockOf(project) === lockOf(options.project)) {
    symlinkSync(join(options.project, "node_modules"), join(project, "node_modules"), "junction");
    return;
  }
  const { env, signal, reference, report } = options;
  report(`package-lock.json differs at '${reference}': its packages are installed with 'npm ci' ...`);
  const args = ["ci", "--omit=dev", "--no-audit", "--no-fund"];
  const { ending, stderr } = await runProgram("npm", args, { cwd: project, env, signal });
  if (ending !== 0) throw new Error(`'npm ci' of '${reference}' failed:\n${stderr.trim()}`);
}

function lockOf(project: string): string {
  const file = join(project, "package-lock.json");
  return existsSync(file) ? readRegularFile(file) : "";
}

function gitIn({ project, env, signal }: ReferenceOptions): (...args: string[]) => Promise<string> {
  return async (...args) => {
    const { ending, stdout, stderr } = await runProgram("git", args, {
      cwd: project,
      env: outsideOfHooks(env),
      signal,
    });
    if (ending !== 0) throw new Error(`'git ${args.join(" ")}' failed: ${stderr.trim()}`);
    return stdout.trim();
  };
}

/**
 * Git sets these for its hooks, to name the repository and the index of the commit in progress. With them, a worktree
 * of an older version would put that version into the commit. Source: githooks(5), git-rev-parse(1),
 * `--local-env-vars`.
 */
function outsideOfHooks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ofHooks = { GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined, GIT_PREFIX: undefined };
  return { ...env, ...ofHooks };
}
