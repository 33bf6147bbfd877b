import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Counts } from "./read-plan";
import type { Stack } from "./stack";

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

  /** Whether Terraform finds its providers: links to them lead nowhere on another machine. */
  public get isInitialized(): boolean {
    const providers = join(this.path, ".terraform", "providers");
    if (!existsSync(providers)) return false;
    const entries = readdirSync(providers, { recursive: true, encoding: "utf8" });
    return entries.length > 0 && entries.every((entry) => existsSync(join(providers, entry)));
  }

  /** Makes it anew from a synthesized stack. Closed to others: a plan may hold secret values. */
  public create(stack: Stack): void {
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    chmodSync(dirname(this.path), 0o700);
    // What a deployment by cdktf left beside the JSON belongs to that deployment.
    cpSync(dirname(stack.file), this.path, {
      recursive: true,
      filter: (file) => !basename(file).startsWith(".terraform"),
    });
  }

  public dropPlan(): void {
    rmSync(join(this.path, this.plan), { force: true });
  }

  public write(record: PlanRecord): void {
    writeFileSync(join(this.path, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  }

  public read(): PlanRecord {
    return JSON.parse(readFileSync(join(this.path, RECORD), "utf8")) as PlanRecord;
  }
}

const RECORD = "planned.json";

/** Ids of the stacks that were planned, sorted. */
export function plannedStacks(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => existsSync(join(out, name, RECORD)))
    .sort();
}
