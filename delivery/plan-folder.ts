import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { type ChangeCounts, NO_CHANGES } from "./read-plan";
import type { StackSummary } from "../lib/terraform/read/stack";

/** Result of planning a stack. */
export type PlanOutcome = "changes" | "no-changes" | "refused" | "failed" | "skipped";

/** The record of a planned stack, saved beside its plan. It has no values from the plan. */
export interface PlanRecord extends ChangeCounts {
  readonly stack: string;
  readonly account: string;
  /** Ids of all stacks that must be applied before it. */
  readonly dependencies: readonly string[];
  readonly result: PlanOutcome;
  readonly refused: readonly string[];
  readonly reason: string;
  /** Progress of an apply; the next apply resumes there. */
  readonly applied?: "begun" | "done";
}

/** A stack's folder below the folder of plans: Terraform's input, the saved plan, the logs. */
export class PlanFolder {
  public readonly path: string;

  constructor(out: string, stack: string) {
    this.path = join(out, stack);
  }

  public get planLog(): string {
    return join(this.path, "plan.log");
  }

  public get applyLog(): string {
    return join(this.path, "apply.log");
  }

  /** Name of the saved plan in the folder. */
  public readonly plan = "saved.tfplan";

  public get hasPlan(): boolean {
    return existsSync(join(this.path, this.plan));
  }

  /** Whether the folder holds the only copy of a state. */
  public get hasErroredState(): boolean {
    return existsSync(join(this.path, ERRORED_STATE));
  }

  /** Whether Terraform finds its providers: on another machine, the links to them are broken. */
  public get isInitialized(): boolean {
    const providers = join(this.path, ".terraform", "providers");
    if (!existsSync(providers)) return false;
    const entries = readdirSync(providers, { recursive: true, encoding: "utf8" });
    return entries.length > 0 && entries.every((entry) => existsSync(join(providers, entry)));
  }

  /** @throws Error when the folder is not a planned stack: replacing it would delete other files */
  public checkReplaceable(): void {
    if (!existsSync(this.path) || existsSync(join(this.path, RECORD)) || readdirSync(this.path).length === 0) return;
    throw new Error(
      `'--out' must be a folder for plans only, got '${dirname(this.path)}', where '${basename(this.path)}' is something else`,
    );
  }

  /** Replaces it with a synthesized stack. Readable by its owner only: a plan may hold secret values. */
  public create(stack: StackSummary): void {
    rmSync(this.path, { recursive: true, force: true });
    makeFolder(this.path, 0o700);
    // Written before planning, so that the folder is recognized if this program is killed.
    const { id, accountId: account = "", dependencies } = stack;
    const reason = "its planning was interrupted";
    this.write({ stack: id, account, dependencies, ...NO_CHANGES, result: "failed", refused: [], reason });
    // Files that a deployment by cdktf left beside the JSON belong to that deployment.
    cpSync(dirname(stack.file), this.path, {
      recursive: true,
      filter: (file) => !basename(file).startsWith(".terraform"),
    });
  }

  public dropPlan(): void {
    rmSync(join(this.path, this.plan), { force: true });
  }

  /** Atomic: if this program is killed meanwhile, the previous record stays. */
  public write(record: PlanRecord): void {
    writeFile(join(this.path, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  }

  /** @throws Error when it was changed since it was written */
  public read(): PlanRecord {
    const file = join(this.path, RECORD);
    try {
      return JSON.parse(readRegularFile(file)) as PlanRecord;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`'${file}' must be as 'trailwatch plan' wrote it (${why}): plan ${basename(this.path)} again`, {
        cause: error,
      });
    }
  }
}

const RECORD = "planned.json";

/** Terraform's file name for a state that it could not write to its backend. */
export const ERRORED_STATE = "errored.tfstate";

/** Ids of the planned stacks, sorted. */
export function plannedStacks(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => existsSync(join(out, name, RECORD)))
    .sort();
}
