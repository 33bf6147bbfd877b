import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { inReferenceTree } from "./reference-tree";
import { synthesize } from "./synthesis";

/** What to synthesize, and what to compare it with. */
export interface SynthesesOptions {
  /**
   * Commit to compare the working tree with.
   *
   * @default - it is synthesized alone
   */
  readonly changedSince?: string;
  readonly project: string;
  readonly accountsFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called with a progress line at each step. */
  readonly report: (line: string) => void;
}

/** Folders with the output of syntheses, removed after the work. */
export interface Syntheses {
  /** Of the working tree. */
  readonly after: string;
  /** Of the reference; undefined when none was given, or when it had no organization yet. */
  readonly before: string | undefined;
}

/** Synthesizes the working tree, and the reference if given, into temporary folders, and works on them. */
export async function withSyntheses<T>(
  options: SynthesesOptions,
  work: (syntheses: Syntheses) => T | Promise<T>,
): Promise<T> {
  const { changedSince } = options;
  const outdir = mkdtempSync(join(tmpdir(), "trailwatch-stacks-"));
  try {
    options.report("Synthesizing the working tree ...");
    const after = join(outdir, "after");
    await synthesize({ ...options, outdir: after });
    if (changedSince === undefined) return await work({ after, before: undefined });
    const before = join(outdir, "before");
    const isThere = await synthesizeReference(changedSince, before, options);
    return await work({ after, before: isThere ? before : undefined });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Whether there was anything to synthesize. */
function synthesizeReference(reference: string, outdir: string, options: SynthesesOptions): Promise<boolean> {
  return inReferenceTree({ ...options, reference }, async (project) => {
    const accountsFolder = accountsIn(project, options);
    if (!existsSync(accountsFolder)) {
      options.report(`'${reference}' has no folder '${options.accountsFolder}': every stack is new.`);
      return false;
    }
    options.report(`Synthesizing '${reference}' ...`);
    // Do not repeat warnings of the older version.
    await synthesize({ ...options, project, accountsFolder, outdir, report: () => undefined });
    return true;
  });
}

/** The same folder in the older version, if it is versioned with the project; otherwise the folder itself. */
function accountsIn(project: string, options: SynthesesOptions): string {
  const inside = relative(
    realpathSync(options.project),
    realpathSync(resolve(options.project, options.accountsFolder)),
  );
  if (!inside.startsWith("..") && !isAbsolute(inside)) return join(project, inside);
  options.report(`'${options.accountsFolder}' is not in this repository: only changes of the code count.`);
  return options.accountsFolder;
}
