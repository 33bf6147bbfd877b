import type { Page as Tab } from "playwright-core";
import { openPage } from "../../../sandbox/page/page";
import type { Page } from "../../../sandbox/page/page-options";
import { testInChromium } from "../../../bench/support/chromium";
import { poorContrast } from "./contrast";
import { ADDRESS, FakeSignalPath } from "./fake-signal-path";
import { becomes } from "../../support/becomes";
import { chromiumTab, type Look } from "../../support/chromium-tab";

const openTab = chromiumTab();
let path: FakeSignalPath;
let page: Page;
let problems: string[];

beforeEach(async () => {
  path = new FakeSignalPath();
  page = await openPage(path);
  problems = [];
});
afterEach(() => page.stop());

async function open(look?: Look): Promise<Tab> {
  const opened = await openTab(page.url, look);
  problems = opened.problems;
  await opened.tab.getByText("Live", { exact: true }).waitFor();
  return opened.tab;
}

/** Waits until the count at a hop is this one. */
function count(tab: Tab, hop: string, passed: number): Promise<void> {
  return tab.locator(`[data-hop="${hop}"] .count strong`, { hasText: new RegExp(`^${passed}$`) }).waitFor();
}

const explanation = (tab: Tab) => tab.locator("#explanation");

testInChromium("shows the path from the reads of the secret to the mail, in motion", async () => {
  const tab = await open({ reducedMotion: "no-preference" });
  path.subscribe();
  await tab.getByText("Requests for confirmation (1, 1 not confirmed)").click();
  await tab.getByRole("button", { name: /^Confirm subscription/ }).click();
  await tab.getByText("Requests for confirmation (1, 0 not confirmed)").waitFor();

  for (const eventId of ["a", "b", "c"]) path.readSecret({ eventId });
  await count(tab, "metric", 3);
  await tab.getByRole("figure").getByText("3 within 5 minutes; alarm at or above 3").waitFor();
  const cell = tab
    .getByRole("row", { name: /^watched-secret-reads/ })
    .getByRole("cell")
    .nth(2);
  await becomes(() => cell.innerText(), expect.stringContaining("OK"));

  path.raiseAlarm();
  await cell.getByText("ALARM").waitFor();
  await tab.getByRole("status").getByText("trailwatch-workloads-production-watched-secret-reads").waitFor();
  const incident = tab.locator("#incident");
  await incident.getByText("You are receiving this email").waitFor();
  await incident.getByText(`received by ${ADDRESS}`).waitFor();
  await becomes(() => incident.innerText(), expect.stringMatching(/HIGH\s+workloads-production/));
  const alarmed = `[...document.querySelectorAll(".alarmed")].map((each) => each.dataset.hop)`;
  await becomes(() => tab.evaluate(alarmed), ["alarm", "topic", "subscriber"]);
  await count(tab, "subscriber", 1);
  expect(await tab.locator('[data-hop="alert hub"]').count()).toBe(0);
  await becomes(() => tab.locator(".broken").count(), 0);

  const mail = tab.getByRole("article").filter({ hasText: /^ALARM: / });
  await mail.getByText("Read the mail").click();
  await mail.getByText("You are receiving this email").waitFor();
  expect(problems).toEqual([]);
});

testInChromium("shows a confirmation that is made elsewhere", async () => {
  const tab = await open();
  path.subscribe();
  await tab.getByText("Requests for confirmation (1, 1 not confirmed)").click();
  await tab.getByRole("button", { name: /^Confirm subscription/ }).waitFor();
  const [mail] = path.mailbox.messages();
  path.mailbox.confirmToken(new URL(mail?.confirmLink ?? "").searchParams.get("token") ?? "");
  await tab.getByText("Requests for confirmation (1, 0 not confirmed)").waitFor();
  await becomes(() => tab.getByRole("button", { name: /^Confirm subscription/ }).count(), 0);
});

testInChromium("shows where the signal is lost, and why, without a confirmation", async () => {
  const tab = await open();
  path.subscribe();
  path.readSecret({ eventId: "a" });
  path.raiseAlarm();
  await tab.locator('.broken[data-hop="subscriber"]').getByText("1 not delivered").waitFor();
  await tab.locator(".lost").getByText(`${ADDRESS}: the subscription is pending`).first().waitFor();
  await explanation(tab).getByText("the subscription is pending").waitFor();
  expect(
    await tab
      .getByRole("article")
      .filter({ hasText: /^ALARM: / })
      .count(),
  ).toBe(0);
  expect(problems).toEqual([]);
});

testInChromium("shows the way through the alert hub, and where it ends", async () => {
  path.hasAlertHub = true;
  const tab = await open();
  path.readSecret({ eventId: "a" });
  path.raiseAlarm();
  path.forward();
  await count(tab, "forwarding", 1);
  await count(tab, "alert hub", 1);
  await explanation(tab).getByText("creates a message").waitFor();
  await becomes(() => tab.locator('.broken[data-hop="forwarding"]').count(), 0);
  expect(await tab.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);

  const refusal = "the policy of event bus trailwatch-alerts does not allow the account's role";
  path.forward(refusal);
  await tab.locator('.broken[data-hop="forwarding"]').getByText("1 not forwarded").waitFor();
  await tab.locator(".lost").getByText(refusal).waitFor();
  expect(problems).toEqual([]);
});

testInChromium("explains the selected record, and keeps it selected", async () => {
  const tab = await open();
  path.stopAtFeed("stopped");
  path.readSecret({ eventId: "read" });
  await explanation(tab).getByRole("heading", { name: "GetSecretValue" }).waitFor();

  await tab.getByRole("button", { name: /that no detection watches for/ }).click();
  await tab.getByRole("button", { name: /Decrypt/ }).click();
  await explanation(tab).getByText("its pattern asks for another detail.eventName").waitFor();
  path.readSecret({ eventId: "later" });
  await count(tab, "metric filter", 2);
  expect(await explanation(tab).getByRole("heading", { level: 3 }).innerText()).toBe("Decrypt");
  await tab.getByRole("button", { name: "Follow the latest signal again" }).click();
  await explanation(tab).getByRole("heading", { name: "GetSecretValue" }).waitFor();
});

testInChromium("filters records by text, account and detection", async () => {
  const tab = await open();
  path.log({ eventId: "a", userAgent: "needle/1" });
  path.stopAtFeed("b");
  path.readSecret({ eventId: "c" });
  const rows = tab.locator("#record-list [data-event]");
  const group = tab.getByRole("button", { name: "2 records that no detection watches for" });
  await group.waitFor();
  await becomes(() => rows.count(), 1);
  await group.click();
  await rows.nth(2).waitFor();

  await tab.getByLabel("Text").fill("NEEDLE listbuckets");
  await tab.getByText("1 record of 3").waitFor();
  await becomes(() => rows.allInnerTexts(), [expect.stringContaining("ListBuckets")]);
  await tab.getByLabel("Text").fill("");
  await tab.getByRole("combobox", { name: "Detection" }).selectOption("watched-secret-reads");
  await tab.getByText("1 record of 3").waitFor();
  await becomes(() => rows.allInnerTexts(), [expect.stringContaining("GetSecretValue")]);
  await tab.locator("#filter").getByLabel("Account").selectOption("payments");
  await tab.getByText("No record of 3 matches.").waitFor();
  await tab.getByRole("button", { name: "Clear the filter" }).click();
  await tab.getByText("1 record that a detection watches for").waitFor();
  await becomes(() => tab.locator("#filter").getByLabel("Account").inputValue(), "");
});

testInChromium("shows what attackers write as text", async () => {
  const tab = await open();
  const attack = `<img src=x onerror="document.title='owned'">`;
  path.readSecret({ eventId: attack, eventName: attack, userAgent: attack });
  await explanation(tab).getByRole("heading", { name: attack }).waitFor();
  await tab.getByText("The record as CloudTrail delivers it").click();
  await tab.getByText(`"userAgent": ${JSON.stringify(attack)}`, { exact: false }).waitFor();
  expect(await tab.locator("main img").count()).toBe(0);
  expect(await tab.title()).toBe("Trailwatch sandbox");
  expect(problems).toEqual([]);
});

testInChromium("continues after a reconnect", async () => {
  path.readSecret({ eventId: "a" });
  const tab = await open();
  await count(tab, "API call", 1);
  const port = Number(new URL(page.url).port);
  await page.stop();
  await tab.getByText("Not connected, trying again").waitFor();
  const { accounts, alarms, mailbox, signalPath } = path;
  page = await openPage({ accounts, alarms, mailbox, signalPath, port });
  path.readSecret({ eventId: "b" });
  path.readSecret({ eventId: "c" });
  await tab.getByText("Live", { exact: true }).waitFor();
  await count(tab, "API call", 2);
});

testInChromium("can be used with the keyboard alone", async () => {
  const tab = await open();
  path.subscribe();
  path.readSecret({ eventId: "a" });
  await tab.getByText("Requests for confirmation").click();
  await tab.getByRole("button", { name: /GetSecretValue/ }).focus();
  await tab.keyboard.press("Enter");
  await becomes(() => tab.evaluate(`document.activeElement.id === "explanation-title"`), true);
  await tab.keyboard.press("Escape");
  await becomes(() => tab.evaluate(`document.activeElement.dataset.event === "a"`), true);

  const reached = new Set<string>();
  for (let presses = 0; presses < 40; presses += 1) {
    await tab.keyboard.press("Tab");
    reached.add(await tab.evaluate(`document.activeElement.id || document.activeElement.innerText`));
    const outline: string = await tab.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
    const isBody: boolean = await tab.evaluate(`document.activeElement === document.body`);
    if (!isBody) expect(outline).not.toBe("none");
  }
  expect([...reached]).toEqual(
    expect.arrayContaining(["alarm-grid", "Confirm subscription", "Read the mail", "Skip to the records"]),
  );
});

describe.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 480, height: 900 } }],
] as const)("%s", (_name, options) => {
  testInChromium("has names, contrast and no sideways scrolling", async () => {
    const tab = await open(options);
    path.subscribe();
    path.stopAtFeed("a");
    path.readSecret({ eventId: "b" });
    path.raiseAlarm();
    await explanation(tab).getByText("the subscription is pending").waitFor();
    await tab.getByRole("figure").waitFor();

    expect(await poorContrast(tab)).toEqual([]);
    expect(await tab.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    const tree = await tab.locator("body").ariaSnapshot();
    expect(tree).not.toMatch(/- (button|link|searchbox|combobox|img)(?! ")/);
    expect(problems).toEqual([]);
  });
});
