import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page as Tab } from "playwright-core";
import { renderReport } from "../../report/render";
import { poorContrast } from "../sandbox/page/contrast";
import { testInChromium } from "../../bench/support/chromium";
import { manySources } from "./report-of-300";
import { burst, counted, countedSource, NIGHTS, sourceOf, tunedSource } from "./report-source";
import { becomes } from "../support/becomes";
import { chromiumTab, type Look } from "../support/chromium-tab";

const ATTACK = `<img src=x onerror="document.title='owned'"></script>`;
const folder = mkdtempSync(join(tmpdir(), "trailwatch-report-"));
const file = join(folder, "report.html");
const countedFile = join(folder, "counted.html");

const openTab = chromiumTab();
let problems: string[];
let requests: string[];

beforeAll(async () => {
  const source = sourceOf([
    tunedSource(NIGHTS),
    tunedSource([burst(3, 600, 50, ATTACK)], { account: "staging", detection: "secret-read-burst", budgetPerWeek: 5 }),
  ]);
  const remarks = [`'--keep' names ${ATTACK}`];
  const unread = { file: `${ATTACK}.json.gz`, reason: "truncated gzip" };
  const totals = { ...source.totals, unreadable: [unread], skipped: [{ file: ".DS_Store", reason: "hidden" }] };
  writeFileSync(file, await renderReport({ ...source, totals, remarks }, { format: "html" }));
  const archive = countedSource([
    tunedSource(counted(NIGHTS)),
    tunedSource(counted([burst(3, 600, 50)]), { account: "management", detection: "watched-secret-reads" }),
  ]);
  writeFileSync(countedFile, await renderReport(archive, { format: "html" }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function open(look: Look = {}, page = file): Promise<Tab> {
  requests = [];
  const opened = await openTab(pathToFileURL(page).href, look, (tab) => {
    tab.on("request", (request) => requests.push(request.url()));
  });
  problems = opened.problems;
  await opened.tab.locator(".canvas svg").nth(1).waitFor();
  return opened.tab;
}

const slider = (tab: Tab) => tab.getByRole("slider", { name: "Threshold" }).first();
const readout = (tab: Tab) => tab.locator(".readout").first().innerText();
/** What is drawn, as text: it changes with the threshold. */
const drawn = (tab: Tab, number: number) => tab.locator(".canvas").nth(number).innerHTML();

testInChromium("loads nothing, and has the numbers of the tuning", async () => {
  const tab = await open();
  expect(await tab.getByRole("heading", { level: 1 }).innerText()).toBe("Thresholds from history");
  expect(await tab.locator("#overview .tile").allInnerTexts()).toEqual([
    expect.stringMatching(/^1,000\s+records/),
    expect.stringMatching(/^281\s+matches/),
    expect.stringMatching(/^15\s+alarms/),
    expect.stringMatching(/^5\s+alarms with the recommended settings/),
  ]);
  expect(await tab.locator("#overview .remark").nth(1).innerText()).toBe(`'--keep' names ${ATTACK}.`);
  expect(await tab.locator("#changes").innerText()).toMatch(/adding to the entries to ignore that exist there/);
  expect(await tab.locator("#changes").innerText()).toMatch(/accounts\/payments\.yaml[\s\S]*threshold: 20/);
  expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([pathToFileURL(file).href]);
  expect(problems).toEqual([]);
});

testInChromium("follows a threshold that is dragged, with figures, timeline and curve, in motion", async () => {
  const tab = await open({ reducedMotion: "no-preference" });
  expect(await readout(tab)).toMatch(/^From 20 in 5 minutes: 4 alarms, 2 a week/);
  const before = [await drawn(tab, 0), await drawn(tab, 1)];
  await slider(tab).scrollIntoViewIfNeeded();
  const box = await slider(tab).boundingBox();
  if (box === null) throw new Error("the slider is not shown");
  await tab.mouse.move(box.x + 40, box.y + box.height / 2);
  await tab.mouse.down();
  await tab.mouse.move(box.x + 40, box.y + 400);
  await tab.mouse.up();
  await becomes(() => readout(tab), expect.stringMatching(/^From 1 in 5 minutes: 14 alarms, 7 a week/));
  await becomes(async () => (await drawn(tab, 1)) === before[1], false);
  expect([await drawn(tab, 0), await drawn(tab, 1)]).not.toEqual(before);
  await tab.getByRole("button", { name: "Recommended: 20" }).click();
  await becomes(async () => [await drawn(tab, 0), await drawn(tab, 1)], before);
});

testInChromium("moves the threshold by keyboard, up to its ends", async () => {
  const tab = await open();
  await slider(tab).press("ArrowUp");
  await becomes(() => slider(tab).getAttribute("aria-valuetext"), "Threshold 25: 0 alarms, 0 a week");
  await slider(tab).press("ArrowUp");
  await becomes(() => slider(tab).getAttribute("aria-valuenow"), "25");
  await slider(tab).press("Home");
  await becomes(() => readout(tab), expect.stringMatching(/^From 1 in 5 minutes: 14 alarms/));
  await tab.getByText("Alarms by threshold, as a table").first().click();
  const row = tab.getByRole("row", { name: /^20 4 2 / });
  await becomes(() => row.count(), 1);
});

testInChromium("shows records behind a click, and what attackers write as text", async () => {
  const tab = await open();
  await tab.getByRole("link", { name: "secret-read-burst in staging: 1 alarms" }).click();
  const detection = tab.locator('[id="staging/secret-read-burst"]');
  expect(await detection.getByText("ListUsers").count()).toBe(0);
  await detection.locator(".alarms summary").click();
  const cells = detection.locator(".alarms tbody tr").first().locator("th, td");
  const texts = ["2026-03-05 10:00", "ListUsers", "iam.amazonaws.com", "us-east-1", ATTACK, "198.51.100.7", ""];
  await becomes(() => cells.allInnerTexts(), [...texts, "event-3-600"]);
  expect(await tab.locator("main img").count()).toBe(0);
  expect(await tab.title()).toBe("Trailwatch: Thresholds from history");
  expect(problems).toEqual([]);
});

testInChromium(
  "shows files that were not read at once, as text, and those that were skipped behind a click",
  async () => {
    const tab = await open();
    expect(await tab.getByText("1 file could not be read, or not completely", { exact: true }).count()).toBe(1);
    expect(await tab.getByText(`${ATTACK}.json.gz: truncated gzip`).isVisible()).toBe(true);
    expect(await tab.getByText(".DS_Store: hidden").isVisible()).toBe(false);
    await tab.getByText("Skipped by name: 1 file or folder").click();
    await becomes(() => tab.getByText(".DS_Store: hidden").isVisible(), true);
    expect(await tab.locator("main img").count()).toBe(0);
  },
);

testInChromium("shows for counted events which Athena query lists them", async () => {
  const tab = await open({}, countedFile);
  expect(await tab.locator("#principals").innerText()).toMatch(
    /Counts include neither principals nor single events[\s\S]*trailwatch/,
  );
  expect(await tab.locator("#overview").innerText()).toContain("counted by Athena");
  expect(await readout(tab)).toMatch(/^From 5 in 5 minutes: 14 alarms, 7 a week/);
  const [own, other] = ["payments/denied-call-burst", "management/watched-secret-reads"].map((id) =>
    tab.locator(`[id="${id}"]`),
  );
  await own?.locator(".alarms summary").first().click();
  await becomes(
    () => own?.locator(".alarms li").first().innerText(),
    expect.stringMatching(
      /2026-03-15 02:01[\s\S]*denied-call-burst: a title[\s\S]*'444455556666', '2026\/03\/15', '2026\/03\/16'/,
    ),
  );
  await tab.getByRole("link", { name: "watched-secret-reads in management: 1 alarms" }).click();
  await becomes(() => other?.innerText(), expect.stringContaining("This detection has no saved query"));
  expect(await other?.locator(".alarms summary").count()).toBe(0);
  expect(await tab.locator("body").innerText()).not.toMatch(/unknown|noisy/);
  expect(problems).toEqual([]);
});

testInChromium("filters detections", async () => {
  const tab = await open();
  const rows = tab.locator(".detection:visible");
  expect(await rows.count()).toBe(2);
  await tab.getByRole("combobox", { name: "Account" }).selectOption("staging");
  await becomes(() => rows.count(), 1);
  await tab.getByRole("searchbox", { name: "Detection" }).fill("root");
  await tab.getByText("0 detections of 2").waitFor();
});

testInChromium("opens everything for print, and closes it again", async () => {
  const tab = await open();
  await tab.evaluate(`dispatchEvent(new Event("beforeprint"))`);
  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  await becomes(() => tab.locator(".detection:not([open]), .alarms details:not([open])").count(), 0);
  await becomes(() => tab.locator(".canvas svg").count(), 4);
  await becomes(() => tab.locator(".alarms tbody tr").count(), 11);
  expect(await tab.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe("rgb(255, 255, 255)");
  expect(await poorContrast(tab)).toEqual([]);
  await tab.evaluate(`dispatchEvent(new Event("afterprint"))`);
  await becomes(() => tab.locator(".detection[open]").count(), 1);
});

const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

testInChromium("prints two pages that sum up, then a card on a page each, and without a match one page", async () => {
  const tab = await open({ viewport: { width: 703, height: 1009 } });
  const pdf = await tab.pdf({ format: "A4", printBackground: true });
  expect(pagesOf(pdf)).toBe(4);
  await tab.evaluate(`dispatchEvent(new Event("beforeprint"))`);
  await tab.emulateMedia({ media: "print" });
  const cards: number[] = await tab.evaluate(
    `[...document.querySelectorAll(".detection")].map((card) => card.getBoundingClientRect().height)`,
  );
  expect(cards.filter((height) => height > 1000)).toEqual([]);
  await becomes(() => tab.locator("#paper th[scope=row] .severity").allInnerTexts(), ["▲ high", "▲ high"]);
  expect(await tab.locator(".lanes").isVisible()).toBe(true);
  await tab.evaluate(`dispatchEvent(new Event("afterprint"))`);
  await becomes(() => tab.locator("#paper").count(), 0);
  const empty = join(folder, "empty.html");
  writeFileSync(empty, await renderReport(sourceOf([]), { format: "html" }));
  await tab.goto(pathToFileURL(empty).href);
  expect(pagesOf(await tab.pdf({ format: "A4" }))).toBe(1);
  expect(await tab.locator("#timeline").count()).toBe(0);
  expect(await tab.locator(".sentence").innerText()).toMatch(/^No alarm: nothing in 1,000 records/);
});

testInChromium(
  "prints a card on one page, and shows names and both figures on a phone, whatever their length",
  async () => {
    const long = join(folder, "long.html");
    const name = "<b>\u05d0\u202e".repeat(60);
    const groups = NIGHTS.map((_, day) => burst(day, 120, 10 + day, `${day}${name}`));
    const some = ["payments", "a-team-with-the-longest-name-there-is"].map((account) =>
      tunedSource(groups, { account, threshold: 1, detection: "cis-4-5-cloudtrail-changes" }),
    );
    writeFileSync(long, await renderReport(sourceOf(some), { format: "html" }));
    const tab = await open({ viewport: { width: 390, height: 844 } }, long);
    const room: number[] = await tab.evaluate(
      `[...document.querySelectorAll(".detection .virtual .figures")].map((one) =>
        one.closest(".virtual").getBoundingClientRect().right - one.getBoundingClientRect().right)`,
    );
    expect(room).toHaveLength(2);
    expect(room.filter((pixels) => pixels < 0)).toEqual([]);
    const narrow: string[] = await tab.evaluate(
      `[...document.querySelectorAll("#changes td:last-child, td .principal")].flatMap((one) =>
        one.checkVisibility() && one.textContent.length > 40 && one.getBoundingClientRect().width < 200 ? one.className : [])`,
    );
    expect(narrow).toEqual([]);
    for (const format of ["A4", "Letter"]) expect(pagesOf(await tab.pdf({ format, printBackground: true }))).toBe(3);
  },
);

testInChromium("says what happened, and names each alarm of the timeline, by keyboard and as a table", async () => {
  const tab = await open();
  expect(await tab.locator(".sentence").innerText()).toMatch(
    /^15 high alarms in 2 of 2 accounts between 2 and 15 March/,
  );
  const chart = tab.locator(".lane-box");
  await chart.press("ArrowRight");
  await becomes(() => tab.locator(".tip").innerText(), "2026-03-02 02:01 denied-call-burst, payments, high");
  await tab.getByText("by detection").click();
  await tab.locator(".lane-box").press("ArrowDown");
  await becomes(() => tab.locator(".tip").innerText(), "2026-03-05 10:01 secret-read-burst, staging, high");
  await tab.locator(".lane-box").press("Enter");
  await becomes(() => tab.locator('[id="staging/secret-read-burst"]').getAttribute("open"), "");
  await tab.getByText("Alarms over time, as a table").click();
  await becomes(() => tab.locator("#timeline tbody tr").count(), 15);
  expect(problems).toEqual([]);
});

testInChromium("lists the alarms that a proposal would no longer raise", async () => {
  const tab = await open();
  await tab.getByText("10 of 14 alarms would no longer be raised").click();
  await becomes(
    () => tab.locator("#changes .loss tbody tr:visible").first().innerText(),
    expect.stringMatching(/2026-03-11 02:01\s+19\s+arn:aws:iam::1:user\/noisy/),
  );
  expect(await tab.locator("#changes .caution").count()).toBe(0);
});

testInChromium("300 accounts: cards by detection, only visible rows, at most 1.5 MB", async () => {
  const many = join(folder, "many.html");
  writeFileSync(many, await renderReport(sourceOf(manySources(300, 6)), { format: "html" }));
  expect(statSync(many).size).toBeLessThan(1_500_000);
  const tab = await open({}, many);
  const opened: number = await tab.evaluate(`performance.getEntriesByName("opened")[0].startTime`);
  expect(opened).toBeLessThan(5000);
  expect(await tab.locator(".detection").count()).toBe(6);
  expect(await tab.locator("[role=listitem]").count()).toBeLessThan(40);
  expect(await tab.locator("#overview").innerText()).not.toContain("team-");
  expect(await tab.locator("#overview").innerText()).toMatch(/are left out because of the report's size/);
  const changed = tab.locator("#changes .scroll tbody tr:visible");
  expect([await changed.count(), await tab.locator("#changes .loss:visible").count()]).toEqual([10, 10]);
  await tab.getByText("26 more recommendations").click();
  await becomes(() => changed.count(), 36);
  const list = tab.locator(".detection .virtual").first();
  await tab.evaluate(`document.querySelector(".detection .virtual").scrollTop = 1e6`);
  await list.getByText("team-").last().waitFor();
  await list.locator('[aria-posinset="300"] button').click();
  await becomes(() => tab.locator(".chosen").first().innerText(), expect.stringMatching(/^detection-0 in team-/));
  expect(problems).toEqual([]);
});

describe.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 420, height: 900 } }],
] as const)("%s", (_name, options) => {
  testInChromium("has names, contrast and no sideways scrolling", async () => {
    const tab = await open(options);
    await tab.locator(".alarms summary").first().click();
    await tab.locator(".noise summary").first().click();
    expect(await poorContrast(tab)).toEqual([]);
    expect(await tab.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await tab.locator("body").ariaSnapshot()).not.toMatch(/- (button|link|searchbox|combobox|slider|img)(?! ")/);
    expect(problems).toEqual([]);
  });
});
