import { join, resolve } from "node:path";
import { failureText } from "../lib/support/failure";
import { lockFolder } from "../lib/support/folder-lock";
import { Allowances } from "./allowances";
import { makeFolder } from "../lib/support/make-folder";
import { chooseIds } from "./choose";
import { failureIn, unwrittenState } from "./failure";
import { checkLocalState } from "./local-state";
import { PlanFolder, type PlanRecord } from "./plan-folder";
import { type PlanSummary, NO_CHANGES, summaryOf, summaryOfLog } from "./read-plan";
import { runProgram } from "../lib/support/run-program";
import { inOrder } from "./schedule";
import { readStackSummaries } from "../lib/terraform/read/read-stacks";
import { type StackSummary, dependenciesOf } from "../lib/terraform/read/stack";
import { TerraformFolders, type TerraformSettings, readLog } from "./terraform-folder";

/** What to plan. */
export interface PlanStacksOptions extends TerraformSettings {
  /** Folder with the synthesized stacks. */
  readonly synthesized: string;
  /** Ids, or patterns with `*`. */
  readonly patterns: readonly string[];
  /** Folder in which each stack gets a folder. */
  readonly out: string;
  /** How many stacks are planned at a time. */
  readonly parallelism: number;
  /** Addresses of resources that may be destroyed or replaced: `<address>`, or `<stack>:<address>`. */
  readonly allowDestroy: readonly string[];
  /**
   * Called with a line for each of those addresses that no plan destroys.
   *
   * @default - they are not reported
   */
  readonly onWarning?: (line: string) => void;
  /** Called for each finished stack, with the seconds that it took. */
  readonly onDone: (record: PlanRecord, seconds: number) => void;
}

/** A plan, and what later plans need to know about it. */
interface Planned {
  readonly record: PlanRecord;
  readonly outputsChange: boolean;
}

/**
 * Makes a saved plan of each chosen stack. A failure does not stop the others. Results are in the order of the ids.
 *
 * @throws Error when another process plans or applies in the folder
 */
export async function planStacks(options: PlanStacksOptions): Promise<PlanRecord[]> {
  const stacks = readStackSummaries(options.synthesized);
  const chosen = new Set(
    chooseIds(
      stacks.map(({ id }) => id),
      options.patterns,
    ),
  );
  makeFolder(options.out, 0o700);
  const unlock = lockFolder(options.out);
  try {
    return await planChosen(stacks, chosen, options);
  } finally {
    unlock();
  }
}

async function planChosen(
  stacks: readonly StackSummary[],
  chosen: ReadonlySet<string>,
  options: PlanStacksOptions,
): Promise<PlanRecord[]> {
  const unplanned = stacks.flatMap(({ id }) => (chosen.has(id) ? [] : [id]));
  const allowances = new Allowances(options.allowDestroy);
  for (const { file, id } of stacks.filter((stack) => chosen.has(stack.id))) {
    checkLocalState(file, join(options.out, id));
    new PlanFolder(options.out, id).checkReplaceable();
  }
  const terraform = new TerraformFolders(options);
  const work = stacks
    .filter(({ id }) => chosen.has(id))
    // A stack waits only for stacks whose outputs it reads from state: order without outputs matters only when
    // applying.
    .map((stack) => ({ id: stack.id, dependencies: stack.reads, stack, all: dependenciesOf(stack, stacks) }));

  const planned = await inOrder(
    work,
    options.parallelism,
    async ({ stack, all }, before: ReadonlyMap<string, Planned>) => {
      const begun = Date.now();
      const folder = new PlanFolder(options.out, stack.id);
      const one = { ...options, folder, before, terraformFolders: terraform, allowances };
      const { outputsChange, ...outcome } = await planOf(stack, one);
      const record = { stack: stack.id, account: stack.accountId ?? "", dependencies: all, ...outcome };
      if (record.result !== "changes") folder.dropPlan();
      folder.write(record);
      options.onDone(record, Math.round((Date.now() - begun) / 1000));
      return { record, outputsChange };
    },
  );
  for (const line of allowances.warnings(unplanned)) options.onWarning?.(line);
  return planned.map(({ record }) => record);
}

type Outcome = Omit<PlanRecord, "stack" | "account" | "dependencies"> & { readonly outputsChange: boolean };

interface One extends PlanStacksOptions {
  readonly folder: PlanFolder;
  readonly before: ReadonlyMap<string, Planned>;
  readonly terraformFolders: TerraformFolders;
  readonly allowances: Allowances;
}

/** Without a plan, assume that all outputs change. */
const NOT_PLANNED = { ...NO_CHANGES, refused: [], outputsChange: true } as const;

async function planOf(stack: StackSummary, one: One): Promise<Outcome> {
  const { folder, terraformFolders, signal } = one;
  const { path, planLog, plan } = folder;
  const { command } = one.terraform;
  if (folder.hasErroredState)
    return { ...NOT_PLANNED, result: "failed", reason: unwrittenState(resolve(path), command) };
  folder.create(stack);
  const upstream = stack.reads.find((id) => one.before.get(id)?.outputsChange === true);
  if (upstream !== undefined) {
    const reason = `not planned: values that it reads from ${upstream} may change. Apply that first, then plan this`;
    return { ...NOT_PLANNED, result: "skipped", reason };
  }
  try {
    signal.throwIfAborted();
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${plan}`];
    const initialized = await terraformFolders.init(path, planLog);
    const ending = initialized === 0 ? await terraformFolders.run(args, path, planLog) : initialized;
    signal.throwIfAborted();
    if (ending === 0) return { ...NOT_PLANNED, outputsChange: false, result: "no-changes", reason: "" };
    // Exit code 2 means that there are changes. An initialization never returns it.
    if (ending === 2 && initialized === 0)
      return evaluated(stack, summaryOfLog(readLog(planLog)) ?? (await summaryIn(one)), one.allowances);
    const { kind, reason } = failureIn(readLog(planLog), stack.id, resolve(path), command);
    return { ...NOT_PLANNED, result: kind === "no state" ? "skipped" : "failed", reason };
  } catch (error) {
    return { ...NOT_PLANNED, result: "failed", reason: failureText(error) };
  }
}

function evaluated(stack: StackSummary, summary: PlanSummary, allowances: Allowances): Outcome {
  const { guarded, ...counts } = summary;
  const refused = allowances.refused(stack.id, guarded);
  if (refused.length === 0) return { ...counts, refused, result: "changes", reason: "" };
  const allow = refused.map((address) => `--allow-destroy ${stack.id}:${address}`).join(" ");
  return {
    ...counts,
    refused,
    result: "refused",
    reason: `it would destroy ${refused.join(", ")}; to allow it, pass ${allow}`,
  };
}

/** Kept in memory only: Terraform's output here may hold secret values. */
async function summaryIn({ folder, terraform, terraformFolders, signal }: One): Promise<PlanSummary> {
  const { ending, stdout, stderr } = await runProgram(terraform.command, ["show", "-json", folder.plan], {
    cwd: folder.path,
    env: terraformFolders.environment,
    signal,
  });
  if (ending !== 0) throw new Error(`'${terraform.command} show' failed: ${stderr.trim()}`);
  return summaryOf(stdout);
}
