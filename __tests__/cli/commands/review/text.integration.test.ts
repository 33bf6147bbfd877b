import { MAX_CHARACTERS, reviewMarkdown, type PlanSummaryLine } from "../../../../cli/commands/review/text";

const plan = (stack: string, changes: Partial<PlanSummaryLine> = {}): PlanSummaryLine => ({
  ...{ stack, result: "changes", add: 0, change: 0, destroy: 0, replace: 0, reason: "" },
  ...changes,
});
const stacks = (count: number, removed: readonly string[] = []) => ({ count, removed });
const DETECTIONS = ["- `denied-call-burst`: `threshold 10 -> 20` in payments"];

test("a change of one stack", () => {
  const review = { stacks: stacks(1), plans: [plan("monitoring-payments", { change: 1 })], detections: DETECTIONS };
  expect(reviewMarkdown(review)).toEqual([
    "<!-- trailwatch -->",
    "## Trailwatch",
    "",
    "1 stack changes: 0 to add, 1 to change, **0 to destroy**.",
    "",
    "| stack | result | add | change | destroy | of these replaced |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    "| `monitoring-payments` | changes | 0 | 1 | 0 | 0 |",
    "",
    "### Detections",
    "",
    ...DETECTIONS,
  ]);
});

test.each([
  [{ stacks: stacks(0), plans: undefined }, "No stack changes."],
  [
    { stacks: stacks(2), plans: undefined },
    "2 stacks change. Not planned: this run has no credentials, or failed before.",
  ],
  [{ stacks: undefined, plans: undefined }, "The stacks could not be compared: see the run's log."],
])("steps that failed are reported (%#)", (review, words) => {
  expect(reviewMarkdown({ ...review, detections: undefined })[3]).toBe(words);
  expect(reviewMarkdown({ ...review, detections: undefined }).join("\n")).toContain("Not compared");
});

test("refused, failed and destructive plans come first", () => {
  const plans = [
    plan("a"),
    plan("b", { destroy: 1 }),
    plan("c", { result: "failed", reason: "no access | `x`\n@all" }),
    plan("d", { result: "refused" }),
    plan("e", { destroy: 2, replace: 2, add: 2 }),
  ];
  const rows = reviewMarkdown({ stacks: stacks(5), plans, detections: DETECTIONS }).filter((line) =>
    /^\| `/.test(line),
  );
  expect(rows.map((line) => line.slice(3, 4))).toEqual(["d", "c", "e", "b", "a"]);
  expect(rows[1]).toBe("| `c` | failed: `no access / 'x' @all` | 0 | 0 | 0 | 0 |");
});

test("stacks removed from configuration are listed, and only then", () => {
  const text = (removed: readonly string[]) =>
    reviewMarkdown({ stacks: stacks(0, removed), plans: undefined, detections: DETECTIONS }).join("\n");
  expect(text(["monitoring-old"])).toContain("- `monitoring-old`");
  expect(text([])).not.toContain("Described no longer");
});

test("three thousand stacks and detections fit into one comment, and the rest is counted", () => {
  const names = Array.from({ length: 3000 }, (_, index) => `monitoring-a-name-that-is-rather-long-${index}`);
  const lines = reviewMarkdown({
    stacks: stacks(3000, names),
    plans: names.map((name) => plan(name, { reason: "x".repeat(50) })),
    detections: names.map((name) => `- \`${name}\`: \`threshold 10 -> 20\` in ${name}`),
  });
  expect(lines.join("\n").length).toBeLessThan(MAX_CHARACTERS);
  const counted = lines.flatMap((line) => /… and (\d+) more/.exec(line)?.[1] ?? []).map(Number);
  const shown = lines.filter((line) => line.includes("monitoring-a-name")).length;
  expect(counted).toHaveLength(3);
  expect(shown + counted.reduce((sum, one) => sum + one, 0)).toBe(9000);
});
