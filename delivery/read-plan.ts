/**
 * Resources that must not be destroyed as a side effect: those that hold events, keys or secrets, or that deliver
 * alerts to people. AWS deletes most of these for good.
 */
const GUARDED = new Set([
  "aws_cloudtrail",
  "aws_cloudwatch_log_group",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
]);

/** Resources that a plan changes, counted as Terraform counts them: a replaced one is added and destroyed. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  /** How many of those are replaced. */
  readonly replace: number;
}

/** What a saved plan would do. */
export interface PlanSummary extends ChangeCounts {
  /** Addresses of guarded resources that it destroys or replaces. */
  readonly guarded: readonly string[];
  /** Whether outputs that other stacks may read change. */
  readonly outputsChange: boolean;
}

export const NO_CHANGES: ChangeCounts = { add: 0, change: 0, destroy: 0, replace: 0 };

interface Change {
  readonly change: { readonly actions: readonly string[] };
}

interface PlanJson {
  readonly resource_changes?: readonly (Change & { readonly address: string; readonly type: string })[];
  readonly output_changes?: Readonly<Record<string, Change["change"]>>;
}

/**
 * Reads what `terraform show -json` prints of a plan. It may hold secret values: only addresses and counts are kept.
 */
export function summaryOf(json: string): PlanSummary {
  const { resource_changes: changes = [], output_changes: outputs = {} } = JSON.parse(json) as PlanJson;
  const having = (...actions: string[]) =>
    changes.filter(({ change }) => actions.every((action) => change.actions.includes(action)));
  return {
    add: having("create").length,
    change: having("update").length,
    destroy: having("delete").length,
    replace: having("create", "delete").length,
    guarded: having("delete")
      .filter(({ type }) => GUARDED.has(type))
      .map(({ address }) => address),
    outputsChange: Object.values(outputs).some(({ actions }) => !actions.includes("no-op")),
  };
}

/**
 * Reads what `terraform plan` printed, if it destroys nothing: starting Terraform and its provider once more, only to
 * count, takes seconds per stack.
 *
 * @returns undefined when something is destroyed, or Terraform's output has an unexpected form
 */
export function summaryOfLog(log: string): PlanSummary | undefined {
  const last = log.slice(log.lastIndexOf("\n$ "));
  const [, add, change] = /^Plan: (\d+) to add, (\d+) to change, 0 to destroy\.$/m.exec(last) ?? [];
  if (add === undefined || change === undefined) return undefined;
  return {
    ...{ ...NO_CHANGES, add: Number(add), change: Number(change) },
    guarded: [],
    outputsChange: /^Changes to Outputs:$/m.test(last),
  };
}
