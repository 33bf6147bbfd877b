import { buildReport } from "../../report/build-report";
import { reportMarkdown } from "../../report/markdown";
import { NIGHTS, sourceOf, tunedSource } from "./report-source";

const HOSTILE = "a|b\n| c | `d` <img src=x> [e](f) \\ \u202e";
const report = buildReport(sourceOf([tunedSource(NIGHTS, { account: HOSTILE })]));

test("a cell stays one, and holds neither a tag, a link nor code", () => {
  const row = reportMarkdown(report)
    .split("\n")
    .find((line) => line.includes("denied-call-burst"));
  expect(row).toContain("| a\\|b\\\\n\\| c \\| \\`d\\` \\<img src=x> \\[e](f) \\\\ \\\\u{202e} |");
});

test("a remark stays one line, and a block of YAML ends where it ends", () => {
  const yaml = "reason: |\n  ```\n  ````\n";
  const text = reportMarkdown({ ...report, remarks: ["one\n# two"], changes: [{ file: "a`b", yaml } as never] });
  expect(text).toContain("> one\\\\n# two.");
  expect(text).toContain(`\`a'b\`:\n\n\`\`\`\`\`yaml\n${yaml}\`\`\`\`\`\n`);
});
