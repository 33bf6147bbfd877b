import type { RunRecord } from "./run-record";

/** Name of the plan in the run's folder. */
export const PLAN_FILE = "run.tfplan";

/** Arguments that all commands have. The workspace is locked by the run already. */
const COMMON = ["-input=false", "-no-color", "-lock=false"];

/** Arguments of Terraform for a phase of a run. */
export function terraformArguments(run: RunRecord, phase: "plan" | "apply", planFile: string): string[] {
  if (phase === "apply") return ["apply", ...COMMON, planFile];
  return [
    ...["plan", ...COMMON, "-detailed-exitcode", `-out=${planFile}`],
    ...(run.isDestroy ? ["-destroy"] : []),
    ...(run.refreshOnly ? ["-refresh-only"] : []),
    ...(run.refresh ? [] : ["-refresh=false"]),
    ...run.targets.map((address) => `-target=${address}`),
    ...run.replaces.map((address) => `-replace=${address}`),
  ];
}

/** Numbers of resources, from what Terraform prints at the end. */
export function resourceCounts(log: string): { additions: number; changes: number; destructions: number } {
  const planned = /Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy\./.exec(log);
  const applied = /Resources: (?:\d+ imported, )?(\d+) added, (\d+) changed, (\d+) destroyed\./.exec(log);
  const [additions = 0, changes = 0, destructions = 0] = (applied ?? planned ?? []).slice(1).map(Number);
  return { additions, changes, destructions };
}
