import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { chooseIds } from "./choose";
import { differencesOf } from "./differences";
import { inReferenceTree } from "./reference-tree";
import { type Stack, readStacks } from "./stack";
import { synthesize } from "./synthesis";
import { wavesOf } from "./waves";

/** Which stacks to list. */
export interface ListOptions {
  /** Ids, or patterns with `*`; empty for all. */
  readonly patterns: readonly string[];
  /**
   * Commit to compare the working tree with.
   *
   * @default - all stacks are listed, changed or not
   */
  readonly changedSince?: string;
  readonly project: string;
  readonly accountsFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Takes a line for people at each step. */
  readonly report: (line: string) => void;
}

/** Stacks in the order in which they may be applied. */
export interface ListedStacks {
  readonly waves: readonly (readonly Stack[])[];
  /** Ids of stacks that the reference has, and the working tree no longer. */
  readonly removed: readonly string[];
}

/** Synthesizes the working tree, and the reference if one is given, into temporary folders, and says what to apply. */
export async function listStacks(options: ListOptions): Promise<ListedStacks> {
  const { patterns, changedSince } = options;
  const outdir = mkdtempSync(join(tmpdir(), "trailwatch-stacks-"));
  try {
    options.report("Synthesizing the working tree ...");
    const after = join(outdir, "after");
    await synthesize({ ...options, outdir: after });
    const stacks = readStacks(after);
    const ids = stacks.map(({ id }) => id);
    if (changedSince === undefined) return { waves: wavesOf(stacks, chooseIds(ids, patterns)), removed: [] };

    const before = await stacksAt(changedSince, join(outdir, "before"), options);
    const { changed, removed } = differencesOf(before, stacks);
    const chosen = new Set(chooseIds([...ids, ...removed], patterns));
    const wanted = (id: string): boolean => chosen.has(id);
    return { waves: wavesOf(stacks, changed.filter(wanted)), removed: removed.filter(wanted) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function stacksAt(reference: string, outdir: string, options: ListOptions): Promise<Stack[]> {
  return inReferenceTree({ ...options, reference }, async (project) => {
    const accountsFolder = accountsIn(project, options);
    if (!existsSync(accountsFolder)) {
      options.report(`'${reference}' has no folder '${options.accountsFolder}': every stack is new.`);
      return [];
    }
    options.report(`Synthesizing '${reference}' ...`);
    // Warnings of the older version are no news.
    await synthesize({ ...options, project, accountsFolder, outdir, report: () => undefined });
    return readStacks(outdir);
  });
}

/** The same folder of the older version, if it is versioned with the project; else the folder itself. */
function accountsIn(project: string, options: ListOptions): string {
  const inside = relative(
    realpathSync(options.project),
    realpathSync(resolve(options.project, options.accountsFolder)),
  );
  if (!inside.startsWith("..") && !isAbsolute(inside)) return join(project, inside);
  options.report(`'${options.accountsFolder}' is not in this repository: only changes of the code count.`);
  return options.accountsFolder;
}
