import type { Applied } from "../../delivery/apply-stacks";
import { PlanFolder, type PlanRecord } from "../../delivery/plan-folder";
import type { ChangeCounts } from "../../delivery/read-plan";
import { aligned, leading, type Line, type Tone } from "../../lib/support/print";

/** A planned stack as JSON. */
export function planJson(record: PlanRecord, out: string): object {
  const { stack, account, result, add, change, destroy, replace, refused, reason } = record;
  const log = new PlanFolder(out, stack).planLog;
  return { stack, account, result, add, change, destroy, replace, refused, reason, log };
}

/** Columns of the names of stacks. */
const STACK_COLUMNS = 32;

/** Prints a line for each finished stack, with errors below it: one that several stacks have, once. */
export class DoneText {
  /** The first stack with each reason. */
  private readonly firsts = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  lines(done: PlanRecord | Applied, seconds: number): Line[] {
    const { stack, result, reason } = done;
    const counts = result === "changes" || result === "applied" ? countsText(done) : result;
    const [text = ""] = aligned([[stack.padEnd(STACK_COLUMNS), counts.padEnd(16), `${String(seconds).padStart(4)} s`]]);
    const line = leading(TONES[result], text, result);
    if (reason === "") return [line];
    const first = this.firsts.get(reason) ?? stack;
    this.firsts.set(reason, first);
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
    return [line, first === stack ? `  ${reason}` : { dim: `  as ${first}` }];
  }

  /** What to fix first: the error of most stacks, if there is a choice. */
  firstLines(): Line[] {
    if (this.counts.size < 2) return [];
    const [[reason, count] = ["", 0]] = [...this.counts].sort((one, other) => other[1] - one[1]);
    return count < 2 ? [] : [[{ strong: "Do first: " }, `${reason} (${count} stacks)`]];
  }
}

const TONES: Readonly<Partial<Record<string, Tone>>> = {
  failed: "bad",
  stale: "bad",
  refused: "warn",
  skipped: "warn",
};

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
