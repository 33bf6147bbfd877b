import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { showStatus } from "../lib/support/status-line";
import { STATE_BACKEND_STACK } from "../lib/naming/stack-ids";
import { readStacks } from "../lib/terraform/read/read-stacks";
import { changeYaml } from "../sandbox/scenarios/change-yaml";
import type { Sandbox } from "../sandbox/sandbox";
import { startSandbox } from "../sandbox/start-sandbox";
import type { Check } from "./check";
import { CHECKOV_CHECKS } from "./checks/checkov";
import { PROWLER_CHECKS } from "./checks/prowler";
import { differences, type Finding } from "./compare";
import { CHECKOV, installPackage, PROWLER } from "./python";
import { runCheckov } from "./scanners/run-checkov";
import { runProwler } from "./scanners/run-prowler";
import type { ScanResult } from "./text";

/** The scanners that can run here. */
export const RUNNABLE = ["checkov", "prowler"] as const;
export type Runnable = (typeof RUNNABLE)[number];

/** What to scan, and where to work. */
export interface ScanOptions {
  /** Folder that describes the organization. */
  readonly accountsFolder: string;
  /** Folder for the scanners and everything else that is written. */
  readonly workFolder: string;
  /** Names the `moto_server` for the sandbox in `TRAILWATCH_MOTO_SERVER`. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the scan. */
  readonly signal: AbortSignal;
}

const SCANS: Readonly<Record<Runnable, (options: ScanOptions) => Promise<ScanResult>>> = {
  checkov: async (options) => {
    const bin = await installPackage(CHECKOV, options);
    const outdirs = {
      example: await synthesize(options, options.accountsFolder, "example"),
      "without a hub": await synthesize(options, withoutHub(options), "without-hub"),
    };
    const findings = await runCheckov({ ...options, bin, outdirs });
    return resultOf("checkov", findings, deployedTypes(Object.values(outdirs)));
  },
  prowler: async (options) => {
    const bin = await installPackage(PROWLER, options);
    const sandbox = await startSandbox({
      accountsFolder: options.accountsFolder,
      workFolder: join(options.workFolder, "sandbox"),
      env: options.env,
    });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= sandbox.stop());
    const interrupt = (): void => void stop();
    options.signal.addEventListener("abort", interrupt);
    try {
      // The start of a sandbox cannot be interrupted.
      options.signal.throwIfAborted();
      const stacks = await deployAll(sandbox);
      const findings = await runProwler(bin, sandbox, options);
      return resultOf("prowler", findings, deployedTypes(stacks));
    } finally {
      options.signal.removeEventListener("abort", interrupt);
      await stop();
    }
  },
};

/** Runs scanners one after another, and compares their results with the table of checks. */
export async function scan(scanners: readonly Runnable[], options: ScanOptions): Promise<ScanResult[]> {
  const results: ScanResult[] = [];
  for (const scanner of scanners) results.push(await SCANS[scanner](options));
  return results;
}

const TABLES: Readonly<Record<Runnable, { readonly version: string; readonly checks: readonly Check[] }>> = {
  checkov: { version: CHECKOV.version, checks: CHECKOV_CHECKS },
  prowler: { version: PROWLER.version, checks: PROWLER_CHECKS },
};

function resultOf(tool: Runnable, findings: readonly Finding[], types: ReadonlySet<string>): ScanResult {
  const { version, checks } = TABLES[tool];
  return { tool, version, findings: findings.length, differences: differences(checks, findings, types) };
}

/** Types of the resources in synthesized stacks: files, or folders of them. */
function deployedTypes(paths: readonly string[]): Set<string> {
  return new Set(paths.flatMap((path) => readStacks(path).flatMap(({ resources }) => Object.keys(resources))));
}

/**
 * Deploys every stack; progress goes to standard error, because standard output has the results.
 *
 * @returns the files of the stacks
 */
async function deployAll(sandbox: Sandbox): Promise<string[]> {
  let resources = 0;
  const status = showStatus(
    (elapsed) => `Deploying to the sandbox: ${resources} resources (${Math.round(elapsed / 1000)} s) ...`,
  );
  try {
    await sandbox.bootstrap(() => undefined);
    const stacks = await sandbox.synthesize();
    const ids = stacks.map(({ id }) => id).filter((id) => id !== STATE_BACKEND_STACK);
    await sandbox.deploy(ids, {
      onEvent: ({ type }) => {
        if (type === "resource") resources += 1;
      },
    });
    return stacks.map(({ file }) => file);
  } finally {
    status.stop();
  }
}

/** A copy of the accounts folder without an alert hub. */
function withoutHub({ accountsFolder, workFolder }: ScanOptions): string {
  const copy = join(workFolder, "accounts-without-hub");
  rmSync(copy, { recursive: true, force: true });
  cpSync(accountsFolder, copy, { recursive: true });
  changeYaml(copy, "organization", ["alertHub"], undefined);
  return copy;
}

async function synthesize(
  { env, workFolder, signal }: ScanOptions,
  accountsFolder: string,
  name: string,
): Promise<string> {
  const outdir = resolve(workFolder, "stacks", name);
  rmSync(outdir, { recursive: true, force: true });
  const status = showStatus((elapsed) => `Synthesizing '${name}' (${Math.round(elapsed / 1000)} s) ...`);
  try {
    const { ending, stderr } = await runProgram(process.execPath, ["scripts/synth.mjs"], {
      env: { ...env, TRAILWATCH_ACCOUNTS: accountsFolder, CDKTF_OUTDIR: outdir },
      signal,
    });
    if (ending !== 0)
      throw new Error(`The stacks of '${accountsFolder}' could not be synthesized:\n${stderr.trimEnd()}`);
    return outdir;
  } finally {
    status.stop();
  }
}
