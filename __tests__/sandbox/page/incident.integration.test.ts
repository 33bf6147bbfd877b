import type { Page as Tab } from "playwright-core";
import { openPage } from "../../../sandbox/page/page";
import type { Page } from "../../../sandbox/page/page-options";
import { testInChromium } from "../../../bench/support/chromium";
import { account, rule, trail } from "./deployed-accounts";
import { FakeSignalPath } from "./fake-signal-path";
import { becomes } from "../../support/becomes";
import { chromiumTab, type Look } from "../../support/chromium-tab";

const openTab = chromiumTab();
let path: FakeSignalPath;
let page: Page;

beforeEach(async () => {
  path = new FakeSignalPath();
  path.accountsDeployed = [account("111122223333", { trails: [trail("trailwatch-organization")] })];
  page = await openPage(path);
});
afterEach(() => page.stop());

async function open(look?: Look): Promise<Tab> {
  const { tab } = await openTab(page.url, look);
  await tab.getByText("Live", { exact: true }).waitFor();
  return tab;
}

testInChromium("the card leads to records and runbook, and goes when the alarm is over", async () => {
  const tab = await open();
  path.log({ eventId: "other" });
  for (const eventId of ["a", "b", "c"]) path.readSecret({ eventId });
  path.raiseAlarm();
  const card = tab.locator("#incident");
  await card.getByText("not received by").waitFor();
  await card.getByRole("button", { name: /^3 records/ }).click();
  await tab.getByText("3 records that trailwatch-workloads-production-watched-secret-reads counted.").waitFor();

  path.endAlarm();
  await card.waitFor({ state: "hidden" });
  await becomes(() => tab.locator(".alarmed").count(), 0);
  const history = tab.locator("#history");
  await becomes(() => history.locator("#entries > ol > li").count(), 2);
  await history.getByLabel("State").selectOption("OK");
  await history.getByText("ALARM → OK").waitFor();
  await becomes(() => history.locator("#entries > ol > li").count(), 1);
  await history.getByLabel("Severity").selectOption("high");
  await becomes(() => history.locator("#entries > ol > li").count(), 1);
});

testInChromium("a stopped trail stays red at its hop until it is started", async () => {
  const tab = await open();
  await tab.locator("#deployed").getByText("1 trail").waitFor();
  path.change("StopLogging", { name: "trailwatch-organization" });
  path.accountsDeployed = [
    account("111122223333", {
      trails: [trail("trailwatch-organization", { isLogging: false })],
      rules: [rule("trailwatch-10"), rule("trailwatch-2")],
    }),
  ];
  const hop = tab.locator('.blind[data-hop="CloudTrail"]');
  await hop.getByText(/mallory, StopLogging: trail trailwatch-organization stopped, management/).waitFor();
  await becomes(() => hop.innerText(), expect.stringMatching(/blind since \d\d:\d\d/));
  await tab.locator("#deployed").getByText("1 not working").waitFor();
  const names = await tab.locator("#resources th[scope=row]").allTextContents();
  expect(names).toEqual(["trailwatch-organization", "trailwatch-2", "trailwatch-10"]);

  path.change("StartLogging", { name: "trailwatch-organization" });
  path.accountsDeployed = [account("111122223333", { trails: [trail("trailwatch-organization")] })];
  await hop.waitFor({ state: "detached" });
});

testInChromium("an explanation that cannot be read is replaced by the reason", async () => {
  const tab = await open();
  path.readSecret({ eventId: "first" });
  const explanation = tab.locator("#explanation");
  await explanation.getByText("log group").first().waitFor();
  await tab.route("**/records/second", (route) => route.fulfill({ status: 500, body: "moto has no memory" }));
  path.readSecret({ eventId: "second" });
  await explanation.getByText("the sandbox answered 500: moto has no memory").waitFor();
  expect(await explanation.locator(".steps").count()).toBe(0);
  await tab.unroute("**/records/second");
  await explanation.locator(".steps").waitFor();
});

/** Series of the only chart: the sum, the threshold, the alarm. */
const SERIES = `globalThis.echarts.getInstanceByDom(document.querySelector(".canvas")).getOption()`;

testInChromium("a chart ends after the last value of a burst, also with a clock that is ahead", async () => {
  const ahead = 3_600_000;
  path = new FakeSignalPath(() => Date.now() + ahead);
  await page.stop();
  page = await openPage(path);
  const tab = await open();
  for (const eventId of ["a", "b", "c", "d"]) path.readSecret({ eventId });
  path.raiseAlarm();
  await tab.getByRole("figure").getByText("4 within 5 minutes").waitFor();
  await tab.getByRole("figure").getByText("▲ ALARM").waitFor();
  await becomes(() => tab.evaluate(`${SERIES}.series[2].data.length > 0`), true);
  const { data, max, labels, above } = await tab.evaluate<{
    data: [number, number][];
    max: number;
    labels: string[];
    above: number;
  }>(
    `(() => { const { series, xAxis, grid } = ${SERIES}; const { offset, fontSize } = series[2].data[0].label; return {
      data: series[0].data, max: xAxis[0].max, labels: series.slice(1).map(({ data }) => data[0].label.formatter),
      above: grid[0].top + offset[1] - fontSize / 2 }; })()`,
  );
  const [beforeLast = [0, 0], last = [0, 0]] = data.slice(-2);
  expect([beforeLast[1], last[1]]).toEqual([4, 4]);
  expect(last[0]).toBe(max);
  expect(last[0] - beforeLast[0]).toBeGreaterThan(0);
  expect(labels).toEqual(["threshold 3", expect.stringMatching(/^ALARM \d\d:\d\d:\d\d$/)]);
  // The label of the alarm's line, which ends at the top of the grid, is not cut off.
  expect(above).toBeGreaterThanOrEqual(0);
});

/** Words of visible names that stand on two lines: parts between spaces, hyphens, slashes, colons and full stops. */
const BROKEN_WORDS = `(() => {
  const places = "#hops h3, #hops .latest, .blind-spots span, .what, #incident h2, #alarm-grid th, #entries span, #resources th, figcaption, .receivers";
  return [...document.querySelectorAll(places)].filter((each) => each.checkVisibility()).flatMap((place) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const broken = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const { 0: word, index } of node.data.matchAll(/[^\\s/\\-]+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
      }
    }
    return broken;
  });
})()`;

testInChromium("no name breaks inside a word, and nothing scrolls sideways", async () => {
  path.hasAlertHub = true;
  const tab = await open({ viewport: { width: 1280, height: 900 } });
  path.subscribe();
  path.readSecret({ eventId: "a" });
  path.raiseAlarm();
  path.forward();
  path.change("StopLogging", { name: "trailwatch-organization" });
  path.accountsDeployed = [
    account("111122223333", { trails: [trail("trailwatch-organization", { isLogging: false })] }),
  ];
  await tab.locator(".blind").waitFor();
  await tab.getByRole("figure").waitFor();
  for (const width of [1480, 1280, 1101, 1000, 800, 480]) {
    await tab.setViewportSize({ width, height: 900 });
    expect({ width, broken: await tab.evaluate(BROKEN_WORDS) }).toEqual({ width, broken: [] });
    // In one call, before the window's resize event: until then, a chart keeps its width, here that of a wider window.
    const wide = await tab.evaluate<object>(`(() => {
      globalThis.echarts.getInstanceByDom(document.querySelector(".canvas")).resize({ width: 700 });
      const { right } = document.querySelector("canvas").getBoundingClientRect();
      return { hangsOut: right > innerWidth, scrolls: document.documentElement.scrollWidth > innerWidth };
    })()`);
    expect({ width, ...wide }).toEqual({ width, hangsOut: width === 480, scrolls: false });
  }
  // Compact: a line for each hop.
  await tab.setViewportSize({ width: 1000, height: 900 });
  const height: number = await tab.evaluate(`document.querySelector("#hops").offsetHeight`);
  expect(height).toBeLessThan(11 * 62);
});

testInChromium("a runbook is a page that runs nothing", async () => {
  const tab = await open();
  const answer = await tab.goto(new URL("/runbooks/trail-stopped", page.url).href);
  expect(answer?.headers()["content-security-policy"]).toContain("script-src 'self'");
  await tab.getByRole("heading", { name: "Runbook: Trail stopped or deleted" }).waitFor();
  expect((await tab.goto(new URL("/runbooks/..%2f..%2fREADME", page.url).href))?.status()).toBe(404);
});
