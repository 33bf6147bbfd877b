import { DoneText } from "../../../cli/delivery/text";
import type { PlanRecord } from "../../../delivery/plan-folder";
import { plainText, type Line } from "../../../lib/support/print";

const done = (stack: string, reason: string): PlanRecord =>
  ({ stack, result: reason === "" ? "unchanged" : "failed", reason }) as unknown as PlanRecord;
const plain = (lines: readonly Line[]): string[] => lines.map(plainText);

test("an error of many stacks is stated once, and the one of most stacks is what to do first", () => {
  const texts = new DoneText();
  expect(plain(texts.lines(done("a", "no credentials"), 1))).toEqual([
    `${"a".padEnd(32)}  ${"failed".padEnd(16)}     1 s`,
    "  no credentials",
  ]);
  expect(plain(texts.lines(done("b", "no credentials"), 1))[1]).toBe("  as a");
  expect(texts.firstLines()).toEqual([]);
  expect(plain(texts.lines(done("c", "locked"), 1))[1]).toBe("  locked");
  expect(plain(texts.lines(done("d", ""), 1))).toHaveLength(1);
  expect(plain(texts.firstLines())).toEqual(["Do first: no credentials (2 stacks)"]);
});
