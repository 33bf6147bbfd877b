import { counted } from "../../../lib/support/counted";
import type { ListedStacks } from "../../../delivery/list-stacks";
import { type Matrix, matrixOf } from "../../../delivery/matrix";
import { aligned } from "../../../lib/support/print";
import { defaultRegionOf } from "../../../lib/terraform/read/stack";

/** What `trailwatch stacks --json` prints. */
export interface StacksJson {
  readonly waves: readonly Matrix[];
  readonly removed: readonly string[];
  /** How many stacks there are in all waves. */
  readonly count: number;
}

/** The stacks as JSON. */
export function stacksJson({ waves, removed }: ListedStacks, jobs: number): StacksJson {
  return { waves: waves.map((wave) => matrixOf(wave, jobs)), removed, count: waves.flat().length };
}

/** The stacks as text. */
export function stacksText({ waves, removed }: ListedStacks): string[] {
  const rows = waves.flatMap((wave, index) =>
    wave.map((stack) => [`${index + 1}`, stack.id, stack.accountId ?? "", defaultRegionOf(stack)]),
  );
  const count = counted(rows.length, "stack");
  return [
    ...(rows.length === 0 ? ["no stack"] : [...aligned([["wave", "stack", "account", "region"], ...rows]), "", count]),
    ...removed.map((id) => `removed: ${id}; its resources are still deployed, see docs/delivery.md`),
  ];
}
