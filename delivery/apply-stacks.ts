import { resolve } from "node:path";
import { failureText } from "../lib/support/failure";
import { lockFolder } from "../lib/support/folder-lock";
import { chooseIds } from "./choose";
import { failureIn, unwrittenState } from "./failure";
import { PlanFolder, type PlanRecord, plannedStacks } from "./plan-folder";
import { type ChangeCounts, NO_CHANGES } from "./read-plan";
import { inOrder } from "./schedule";
import { TerraformFolders, type TerraformSettings, readLog } from "./terraform-folder";

/** What to apply. */
export interface ApplyOptions extends TerraformSettings {
  /** Ids, or patterns with `*`, of stacks that were planned. */
  readonly patterns: readonly string[];
  /** Folder with the planned stacks. */
  readonly out: string;
  /** How many stacks are applied at a time. */
  readonly parallelism: number;
  /** Called for each finished stack, with the seconds that it took. */
  readonly onDone: (applied: Applied, seconds: number) => void;
}

/** Result of applying a stack's plan. */
export interface Applied extends ChangeCounts {
  readonly stack: string;
  readonly account: string;
  readonly result: "applied" | "no-changes" | "failed" | "skipped" | "stale";
  readonly reason: string;
  readonly log: string;
}

/**
 * Applies saved plans, each after those of the stacks that it depends on. A stack that is not applied stops only those
 * that need it. Plans that an earlier run applied are skipped.
 *
 * @throws Error when a chosen stack was never planned, or another process plans or applies in the folder
 */
export async function applyStacks(options: ApplyOptions): Promise<Applied[]> {
  const planned = plannedStacks(options.out);
  if (planned.length === 0) {
    throw new Error(`'${options.out}' must hold saved plans, got none: run 'trailwatch plan' first`);
  }
  const unlock = lockFolder(options.out);
  try {
    return await applyChosen(planned, options);
  } finally {
    unlock();
  }
}

async function applyChosen(planned: readonly string[], options: ApplyOptions): Promise<Applied[]> {
  const terraform = new TerraformFolders(options);
  const work = chooseIds(planned, options.patterns).map((id) => {
    const folder = new PlanFolder(options.out, id);
    const record = folder.read();
    return { id, dependencies: record.dependencies, folder, record };
  });
  return inOrder(work, options.parallelism, async ({ folder, record }, before: ReadonlyMap<string, Applied>) => {
    const begun = Date.now();
    const outcome = await applyOf(record, { ...options, folder, before, terraformFolders: terraform });
    const applied = { stack: record.stack, account: record.account, ...outcome, log: folder.applyLog };
    options.onDone(applied, Math.round((Date.now() - begun) / 1000));
    return applied;
  });
}

const BY_KILLED = "by an earlier run that was killed";

type Outcome = Omit<Applied, "stack" | "account" | "log">;

interface One extends ApplyOptions {
  readonly folder: PlanFolder;
  readonly before: ReadonlyMap<string, Applied>;
  readonly terraformFolders: TerraformFolders;
}

async function applyOf(record: PlanRecord, one: One): Promise<Outcome> {
  const { folder, before, signal } = one;
  const { add, change, destroy, replace } = record;
  const done = { add, change, destroy, replace, result: "applied" } as const;
  if (record.applied === "done") return { ...done, reason: "by an earlier run" };
  if (record.applied === "begun" && isComplete(folder)) {
    finish(folder, record);
    return { ...done, reason: BY_KILLED };
  }
  if (record.result === "no-changes") return { ...NO_CHANGES, result: "no-changes", reason: "" };
  const missing = [...before.values()].find(({ result }) => result !== "applied" && result !== "no-changes");
  if (missing !== undefined)
    return { ...NO_CHANGES, result: "skipped", reason: `needs ${missing.stack}, which was not applied` };
  if (record.result !== "changes" || !folder.hasPlan) {
    return { ...NO_CHANGES, result: "skipped", reason: `has no plan (${record.reason || record.result})` };
  }
  if (signal.aborted) return { ...NO_CHANGES, result: "skipped", reason: "interrupted before it began" };
  if (folder.hasErroredState) return failed(record, one);

  try {
    const ending = await applyNow(record, one);
    // A killed run may have finished its apply in the meantime: Terraform then reports the plan as stale, because it is
    // applied.
    if (ending !== 0 && !isComplete(folder)) return failed(record, one);
    finish(folder, record);
    return { ...done, reason: ending === 0 ? "" : BY_KILLED };
  } catch (error) {
    return { ...NO_CHANGES, result: "failed", reason: failureText(error) };
  }
}

async function applyNow(record: PlanRecord, { folder, terraformFolders }: One): Promise<number | string> {
  // A folder that was planned here is initialized already; a plan from another machine is not.
  const initialized = folder.isInitialized ? 0 : await terraformFolders.init(folder.path, folder.applyLog);
  if (initialized !== 0) return initialized;
  folder.write({ ...record, applied: "begun" });
  return terraformFolders.run(["apply", "-input=false", "-no-color", folder.plan], folder.path, folder.applyLog);
}

function failed({ stack }: PlanRecord, { folder, terraform, signal }: One): Outcome {
  const path = resolve(folder.path);
  if (folder.hasErroredState) {
    return { ...NO_CHANGES, result: "failed", reason: unwrittenState(path, terraform.command) };
  }
  const { kind, reason } = failureIn(readLog(folder.applyLog), stack, path, terraform.command);
  if (signal.aborted) {
    return {
      ...NO_CHANGES,
      result: "failed",
      reason: `interrupted; Terraform ended in order. Run 'trailwatch plan ${stack}'`,
    };
  }
  return { ...NO_CHANGES, result: kind === "stale" ? "stale" : "failed", reason };
}

/** Terraform continues when this program is killed, and writes its log to the end. The log covers this plan only. */
function isComplete(folder: PlanFolder): boolean {
  return /^Apply complete!/m.test(readLog(folder.applyLog));
}

function finish(folder: PlanFolder, record: PlanRecord): void {
  folder.write({ ...record, applied: "done" });
  folder.dropPlan();
}
