import { buildReport } from "../../report/build-report";
import { reportMarkdown } from "../../report/markdown";
import { NIGHTS, sourceOf, tunedSource } from "./report-source";

const HOSTILE = "a|b\n| c | `d` <img src=x> [e](f) \\ \u202e";
const report = buildReport(sourceOf([tunedSource(NIGHTS, { account: HOSTILE })]));

test("a cell stays one, and holds neither a tag, a link nor code", () => {
  const row = reportMarkdown(report)
    .split("\n")
    .find((line) => line.startsWith("| ▲ high | denied-call-burst"));
  expect(row).toContain("| a\\|b\\\\n\\| c \\| \\`d\\` \\<img src=x> \\[e](f) \\\\ \\\\u{202e} |");
});

test("a remark stays one line, and a block of YAML ends where it ends", () => {
  const yaml = "reason: |\n  ```\n  ````\n";
  const text = reportMarkdown({ ...report, remarks: ["one\n# two"], changes: [{ file: "a`b", yaml } as never] });
  expect(text).toContain("> one\\\\n# two.");
  expect(text).toContain(`\`a'b\`:\n\n\`\`\`\`\`yaml\n${yaml}\`\`\`\`\`\n`);
});

test("lists the alarms that a proposal gives up, with a caution for a threshold of 1, and no list without a proposal", () => {
  const tuned = tunedSource(NIGHTS);
  const caution = "one event raises the alarm now: with 20, fewer events in 300 s raise none";
  const text = reportMarkdown(buildReport(sourceOf([{ ...tuned, tuning: { ...tuned.tuning, caution } }])));
  expect(text).toContain(
    "▲ high denied-call-burst in payments: 10 of 14 alarms would no longer be raised.\n\n> Caution: one",
  );
  expect(text).toContain("| 2026-03-11 02:01 | payments | 19 | arn:aws:iam::1:user/noisy |  |\n");
  expect(text).toContain("\n\n</details>\n");
  expect(text).not.toContain("more alarm");
  const kept = reportMarkdown(buildReport(sourceOf([tunedSource(NIGHTS, { budgetPerWeek: 7 })])));
  expect(kept).not.toMatch(/no longer be raised|<details>|Caution/);
});

test("never leaves out the alarms of a proposal that needs caution, however many proposals there are", () => {
  const often = Array.from({ length: 25 }, (_, number) => tunedSource(NIGHTS, { account: `often-${number}` }));
  const one = tunedSource(NIGHTS.slice(4), { account: "payments", detection: "root-use", threshold: 1 });
  const text = reportMarkdown(buildReport(sourceOf([...often, one])));
  expect(text).toMatch(/root-use in payments: \d+ of 10 alarms would no longer be raised\.\n\n> Caution: one event/);
  expect(text.match(/<details>/g)).toHaveLength(21);
  expect(text).toContain("The alarms that 5 more proposals would no longer raise are in the HTML report.");
});
