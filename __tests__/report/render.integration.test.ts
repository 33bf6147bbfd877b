import { createHash } from "node:crypto";
import { findChromium } from "../../report/find-chromium";
import { renderReport, type RenderOptions } from "../../report/render";
import { testInChromium } from "../../bench/support/chromium";
import { burst, counted, countedSource, NIGHTS, sourceOf, tunedSource } from "./report-source";

const source = sourceOf([tunedSource(NIGHTS), tunedSource([burst(3, 600, 50)], { account: "staging" })]);
const rendered = async (options: RenderOptions): Promise<string> => String(await renderReport(source, options));

test("puts now and recommended side by side in Markdown, with what to write", async () => {
  const text = await rendered({ format: "markdown" });
  expect(text).toContain("1,000 records: 281 matches, 15 alarms.\n");
  expect(text).toContain(
    "| ▲ high | denied-call-burst | payments | 231 | 14 | 7 | 5 in 300 s → **20 in 300 s** | 2 | 10 |\n" +
      "| ▲ high | denied-call-burst | staging | 50 | 1 | 0.5 | 5 in 300 s | 0.5 | 0 |\n",
  );
  expect(text).toContain(
    "`accounts/payments.yaml`:\n\n```yaml\ndetections:\n  denied-call-burst:\n    threshold: 20\n```\n",
  );
});

test("starts Markdown with remarks, and ends it with how to write the recommendations", async () => {
  const text = String(
    await renderReport({ ...source, remarks: ["An incident was not honoured"] }, { format: "markdown" }),
  );
  expect(text).toContain("15 alarms.\n\n> An incident was not honoured.\n\n| Severity");
  expect(text).toMatch(/adding to the entries to ignore that exist there.*\n\n`accounts\/payments\.yaml`:/);
});

test("lists in Markdown what was not read, as text, and what was skipped", async () => {
  const totals = {
    ...{ records: 1, duplicates: 0, unknownAccounts: { "999999999999": 2 }, outOfTime: 3 },
    unreadable: [
      { file: "a.json.gz", reason: "truncated gzip" },
      { file: "<b>`c`\n# d", reason: "empty" },
      { file: "e.json.gz", reason: "truncated gzip" },
    ],
    skipped: [{ file: ".DS_Store", reason: "hidden" }],
  };
  const text = String(await renderReport({ ...source, totals }, { format: "markdown" }));
  expect(text).toContain(
    "15 alarms.\n\n> 3 files could not be read, or not completely:\n> - `a.json.gz, e.json.gz: truncated gzip`\n" +
      "> - `` <b>`c`\\n# d: empty ``\n\n" +
      "> Not evaluated, because the account is not in the organization: 999999999999 (2).\n\n| Severity",
  );
  expect(text).toContain(
    "|\n\nOutside the requested time range: 3 records.\n\nSkipped by name: 1 file or folder:\n- `.DS_Store: hidden`\n",
  );
  expect(await rendered({ format: "markdown" })).not.toMatch(/could not be read|Skipped|Outside|Not evaluated/);
});

test("renders a replay without advice", async () => {
  const replayed = sourceOf(source.measured, "replay");
  const text = String(await renderReport(replayed, { format: "markdown" }));
  expect(text).toContain("| ▲ high | denied-call-burst | payments | 231 | 14 | 7 | 5 in 300 s | 0 |\n");
  expect(text).not.toMatch(/→|yaml|Merge/);
});

test("says in Markdown that counts include no principals", async () => {
  const text = String(await renderReport(countedSource([tunedSource(counted(NIGHTS))]), { format: "markdown" }));
  expect(text).toContain("| ▲ high | denied-call-burst | payments | 231 | 14 | 7 | 5 in 300 s | 0 |\n");
  expect(text).toContain(
    "Counts include neither principals nor single events: the saved queries of workgroup `trailwatch` return both",
  );
  expect(await rendered({ format: "markdown" })).not.toMatch(/Athena|counted/);
});

test("draws one detection as an SVG that needs nothing else", async () => {
  const svg = await rendered({ format: "svg", chart: "payments/denied-call-burst" });
  expect(svg).toMatch(/^<svg [^>]*width="1000" height="350"/);
  expect(svg).toContain("From 20 in 300 s: 4 alarms, 2 a week");
  expect(svg).toContain(
    "No longer raised: 10 of 14 alarms, 2026-03-11 02:01, 2026-03-10 02:01, 2026-03-09 02:01, 2026-03-08 02:01, 2026-03-07 02:01 and 5 earlier",
  );
  expect(svg).not.toContain("Caution");
  const careful = sourceOf([tunedSource(NIGHTS, { threshold: 1 })]);
  expect(await renderReport(careful, { format: "svg" })).toContain("Caution: one event raises the alarm now: with 20");
  expect(svg).not.toMatch(/var\(--|href|<script|<image/);
  expect(await rendered({ format: "svg", chart: "staging/denied-call-burst" })).toContain("1 alarm, 0.5 a week");
});

test("rejects a chart name that several detections match", async () => {
  await expect(rendered({ format: "svg", chart: "denied-call-burst" })).rejects.toThrow(
    "'--chart' must name one detection that matched, got 'denied-call-burst'; there are payments/denied-call-burst, staging/denied-call-burst",
  );
  await expect(renderReport(sourceOf([]), { format: "svg" })).rejects.toThrow("there is nothing to draw");
});

testInChromium("draws the same as a PNG, two pixels a point", async () => {
  const chromium = findChromium() ?? "";
  const png = await renderReport(source, { format: "png", chart: "staging/denied-call-burst", chromium });
  if (typeof png === "string") throw new Error("no image");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2000, 700]);
});

test("pins the page to its own script and style", async () => {
  const html = await rendered({ format: "html" });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toMatch(
    /^default-src 'none'; img-src data:; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; style-src-attr/,
  );
  const [script] = html.split("<script>").slice(1);
  const hash = createHash("sha256")
    .update(script?.split("</script>")[0] ?? "")
    .digest("base64");
  expect(policy).toContain(`script-src 'sha256-${hash}'`);
  // Of the data, of the script: the text of neither ends its element.
  expect(html.split("</script>")).toHaveLength(3);
  expect(/<(script|link|img)[^>]*(src|href)="(?!data:)/.exec(html)).toBeNull();
});
