import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../lib/support/make-folder";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { type Counts, NOTHING } from "./read-plan";
import type { Stack } from "../lib/terraform/read/stack-summary";

/** How the planning of a stack ended. */
export type PlanOutcome = "changes" | "no-changes" | "refused" | "failed" | "skipped";

/** What is kept of a planned stack, beside its plan. No value of the plan's is in it. */
export interface PlanRecord extends Counts {
  readonly stack: string;
  readonly account: string;
  /** Ids of all stacks that come before it. */
  readonly dependencies: readonly string[];
  readonly result: PlanOutcome;
  readonly refused: readonly string[];
  readonly reason: string;
  /** How far an apply has come; the next one goes on from there. */
  readonly applied?: "begun" | "done";
}

/** A stack's folder below the folder of plans: what Terraform needs, its saved plan, its logs. */
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

  /** Whether Terraform finds its providers: links to them lead nowhere on another machine. */
  public get isInitialized(): boolean {
    const providers = join(this.path, ".terraform", "providers");
    if (!existsSync(providers)) return false;
    const entries = readdirSync(providers, { recursive: true, encoding: "utf8" });
    return entries.length > 0 && entries.every((entry) => existsSync(join(providers, entry)));
  }

  /** @throws Error when what is there is no planned stack: it would be deleted */
  public checkReplaceable(): void {
    if (!existsSync(this.path) || existsSync(join(this.path, RECORD)) || readdirSync(this.path).length === 0) return;
    throw new Error(
      `'--out' must be a folder for plans only, got '${dirname(this.path)}', where '${basename(this.path)}' is something else`,
    );
  }

  /** Makes it anew from a synthesized stack. Closed to others: a plan may hold secret values. */
  public create(stack: Stack): void {
    rmSync(this.path, { recursive: true, force: true });
    makeFolder(this.path, 0o700);
    // Until it is planned, for whoever finds it after this program was killed.
    const { id, account, dependencies } = stack;
    const reason = "its planning was cut short";
    this.write({ stack: id, account, dependencies, ...NOTHING, result: "failed", refused: [], reason });
    // What a deployment by cdktf left beside the JSON belongs to that deployment.
    cpSync(dirname(stack.file), this.path, {
      recursive: true,
      filter: (file) => !basename(file).startsWith(".terraform"),
    });
  }

  public dropPlan(): void {
    rmSync(join(this.path, this.plan), { force: true });
  }

  /** Whole or not at all: who is killed meanwhile leaves the former record. */
  public write(record: PlanRecord): void {
    writeFile(join(this.path, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  }

  /** @throws Error when it is not as it was written */
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

/** What Terraform calls the state that it could not write to its backend. */
export const ERRORED_STATE = "errored.tfstate";

/** Ids of the stacks that were planned, sorted. */
export function plannedStacks(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => existsSync(join(out, name, RECORD)))
    .sort();
}
