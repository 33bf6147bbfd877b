import type { StackSummary } from "../../lib/terraform/read/stack";
import { wavesOf } from "../../delivery/list-stacks";

const stack = (id: string, ...dependencies: string[]): StackSummary => ({
  id,
  dependencies,
  accountId: undefined,
  regions: new Map(),
  reads: [],
  resourceCount: 0,
  file: "",
});

const STACKS = [
  stack("archive"),
  stack("member"),
  stack("monitoring-management", "trail"),
  stack("monitoring-payments", "archive"),
  stack("trail", "archive"),
];
const idsOf = (chosen: readonly string[]) => wavesOf(STACKS, chosen).map((wave) => wave.map(({ id }) => id));

test("a stack comes after all that it needs, and no later", () => {
  expect(idsOf(STACKS.map(({ id }) => id))).toEqual([
    ["archive", "member"],
    ["monitoring-payments", "trail"],
    ["monitoring-management"],
  ]);
});

test("the order holds across a stack that is not chosen, which leaves no empty wave", () => {
  expect(idsOf(["archive", "monitoring-management"])).toEqual([["archive"], ["monitoring-management"]]);
  expect(idsOf(["monitoring-management", "monitoring-payments"])).toEqual([
    ["monitoring-management", "monitoring-payments"],
  ]);
});

test("nothing chosen makes no wave", () => {
  expect(idsOf([])).toEqual([]);
});
