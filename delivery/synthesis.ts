import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";

/** What to synthesize, and where to. */
export interface SynthesisOptions {
  /** Folder with `cdktf.json`, whose `app` is run. */
  readonly project: string;
  readonly accountsFolder: string;
  /** Gets `manifest.json` and the stacks. */
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /**
   * Ids or patterns of the stacks to build, together with the stacks that they depend on.
   *
   * @default - all of them
   */
  readonly stacks?: readonly string[];
  /** Called with each line of the app's messages. */
  readonly report: (line: string) => void;
}

/**
 * Runs the app as `cdktf synth` does, without the steps for other languages.
 *
 * @throws Error with the app's output when it fails
 */
export async function synthesize(options: SynthesisOptions): Promise<void> {
  const { project, accountsFolder, outdir, stacks, signal, report } = options;
  makeFolder(outdir);
  const env = {
    ...options.env,
    CDKTF_OUTDIR: resolve(outdir),
    TRAILWATCH_ACCOUNTS: resolve(accountsFolder),
    TRAILWATCH_STACKS: selectionOf(stacks),
  };
  const lines: string[] = [];
  const run = { cwd: project, env, signal, shell: true, onErrorLine: (line: string) => lines.push(line) };
  const { ending } = await runProgram(appOf(project), [], run);
  if (ending !== 0) throw new Error(`The synthesis in '${project}' failed:\n${lines.map(asRequested).join("\n")}`);
  for (const line of lines) report(line);
}

/** Maximum size of an environment variable on Linux: 128 KiB, with its name and its end. Source: execve(2). */
const MAX_BYTES = 131_071 - "TRAILWATCH_STACKS=".length;

/** Undefined: all stacks are built. A selection that is too long for the variable covers nearly all of them. */
function selectionOf(stacks: readonly string[] | undefined): string | undefined {
  const selection = stacks?.join(",");
  return selection === undefined || Buffer.byteLength(selection) > MAX_BYTES ? undefined : selection;
}

/** The app's messages name the variable; the user gave the stacks under another name. */
function asRequested(line: string): string {
  return line.replace(/^'TRAILWATCH_STACKS' must/, "'stack' must");
}

function appOf(project: string): string {
  const file = join(project, "cdktf.json");
  if (!existsSync(file))
    throw new Error(
      `'${project}' must be the folder of the app, and has no cdktf.json: go there, or begin a project with 'npx trailwatch init'`,
    );
  const { app } = JSON.parse(readRegularFile(file)) as { app?: string };
  if (app === undefined) throw new Error(`'app' must be set in '${file}'`);
  // npm's `npx` and tsx's own process add only a second of start-up, warnings, and one more process to interrupt.
  return app.replace(/^npx tsx /, `"${process.execPath}" --import tsx `);
}
