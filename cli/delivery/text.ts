import type { Applied } from "../../delivery/apply-stacks";
import { PlanFolder, type PlanRecord } from "../../delivery/plan-folder";
import type { ChangeCounts } from "../../delivery/read-plan";
import { aligned } from "../../lib/support/print";

/** A planned stack as JSON. */
export function planJson(record: PlanRecord, out: string): object {
  const { stack, account, result, add, change, destroy, replace, refused, reason } = record;
  const log = new PlanFolder(out, stack).planLog;
  return { stack, account, result, add, change, destroy, replace, refused, reason, log };
}

/** A finished stack, on one line where the screen is wide enough, with errors below it. */
export function doneText(done: PlanRecord | Applied, seconds: number, width: number): string {
  const counts = done.result === "changes" || done.result === "applied" ? countsText(done) : done.result;
  const [line = ""] = aligned([[done.stack.padEnd(width), counts.padEnd(16), `${String(seconds).padStart(4)} s`]]);
  return done.reason === "" ? line : `${line}\n  ${done.reason}`;
}

function countsText({ add, change, destroy, replace }: ChangeCounts): string {
  return `+${add} ~${change} -${destroy}${replace === 0 ? "" : ` (${replace} replaced)`}`;
}

/** How many stacks ended how: "3 applied, 1 failed". */
export function totalText(done: readonly { readonly result: string }[]): string {
  const counts = new Map<string, number>();
  for (const { result } of done) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${count} ${result}`).join(", ");
}

/** Exit code: 1 when something failed, 2 when nothing failed and something is left to do. */
export function exitCodeOf(done: readonly { readonly result: string }[]): number {
  const results = new Set(done.map(({ result }) => result));
  if (results.has("failed") || results.has("stale")) return 1;
  return results.has("refused") || results.has("skipped") ? 2 : 0;
}
