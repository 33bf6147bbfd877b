import type { Page as Tab } from "playwright-core";
import { testInChromium } from "../../../bench/support/chromium";
import { openPage } from "../../../sandbox/page/page";
import type { Page } from "../../../sandbox/page/page-options";
import { poorContrast } from "./contrast";
import { ADDRESS, FakeSignalPath } from "./fake-signal-path";
import { FakeSteps } from "./fake-steps";
import { becomes } from "../../support/becomes";
import { chromiumTab, type Look } from "../../support/chromium-tab";

const openTab = chromiumTab();
let path: FakeSignalPath;
let steps: FakeSteps;
let page: Page;
let problems: string[];

beforeEach(async () => {
  path = new FakeSignalPath();
  steps = new FakeSteps();
  page = await openPage(optionsOf(path));
  problems = [];
});
afterEach(() => page.stop());

function optionsOf({ accounts, alarms, mailbox, signalPath }: FakeSignalPath, port?: number) {
  return { accounts, alarms, mailbox, signalPath, steps, port };
}

async function open(look?: Look): Promise<Tab> {
  const opened = await openTab(page.url, look);
  problems = opened.problems;
  await opened.tab.getByText("Live", { exact: true }).waitFor();
  return opened.tab;
}

const step = (tab: Tab, name: string) => tab.locator(`#step-${name}`);

testInChromium("leads from the confirmation over the run to the red alarm and its mail", async () => {
  path.subscribe();
  steps.deploy({ done: 4, of: 8 });
  const tab = await open();
  await step(tab, "confirm").getByText(ADDRESS).waitFor();
  // The scenario can run, other calls only when everything is deployed.
  await step(tab, "act").getByText("Deploying the rest: 4 of 8 stacks can be used.").waitFor();
  expect(await tab.locator("#actions button").first().isDisabled()).toBe(true);
  steps.deploy(undefined);
  await tab.locator("#deploying[hidden]").waitFor({ state: "attached" });
  await becomes(() => tab.locator("#actions button").first().isDisabled(), false);
  await tab
    .getByRole("button", { name: `Confirm: ${ADDRESS}, topic trailwatch-alerts of workloads-production` })
    .click();
  await step(tab, "confirm").getByText("Confirmed: messages about the alarms of step 2 arrive.").waitFor();

  const run = tab.getByRole("button", { name: "Run the scenario" });
  await run.click();
  await becomes(() => steps.requests, ["run read-secret"]);
  steps.show("running", 2);
  await step(tab, "result").getByText("Running: 0 of 1 expected alarm in ALARM, 0 mailed.").waitFor();
  await step(tab, "result").getByText("expected after about 2 s, now").first().waitFor();
  await becomes(() => tab.getByRole("button", { name: "Running" }).isDisabled(), true);
  await becomes(() => tab.locator("#actions button").first().isDisabled(), true);

  path.raiseAlarm();
  steps.show("done", 4);
  await step(tab, "result")
    .getByText("Done, with the expected result: 1 of 1 expected alarm in ALARM, 1 mailed.")
    .waitFor();
  await step(tab, "result").getByText("One mail.").waitFor();
  await tab.getByRole("link", { name: "Read the mail" }).click();
  await tab.locator("#mail-1").getByText("You are receiving this email").waitFor();

  steps.show("done", 4, { isOver: true });
  await step(tab, "result").getByText("OK again").waitFor();
  expect(await step(tab, "result").innerText()).toContain("1 of 1 expected alarm in ALARM, 1 mailed.");
  expect(problems).toEqual([]);
});

testInChromium("counts down to the confirmation that the sandbox makes by itself", async () => {
  path.subscribe();
  const tab = await open();
  steps.show("waiting", 0, { confirmsAt: Date.now() + 20_000 });
  await tab.getByText(/^The scenario waits for you, and confirms by itself in (20|19|18) s\.$/).waitFor();
  await step(tab, "result").getByText("Waiting for step 1.").waitFor();
  steps.show("running", 0);
  await tab.locator("#countdown:empty").waitFor({ state: "attached" });
});

testInChromium("says why a scenario cannot run, and why a request failed", async () => {
  const tab = await open();
  await tab.getByLabel("Scenario").selectOption("noise");
  await tab.getByText("npm start -- --scenario noise").waitFor();
  const run = tab.getByRole("button", { name: "Run the scenario" });
  await becomes(() => run.isDisabled(), true);

  await tab.getByLabel("Scenario").selectOption("read-secret");
  steps.problem = "the alarm is in ALARM";
  await run.click();
  await tab.getByRole("alert").getByText("The alarm is in ALARM.").waitFor();
  // Chromium reports the refused request too.
  expect(problems.filter((problem) => !problem.includes("409"))).toEqual([]);
});

testInChromium("asks for the confirmations that single calls need while they are shown", async () => {
  path.subscribe();
  path.subscribe("notices@example.com");
  const tab = await open();
  const confirm = step(tab, "confirm");
  await confirm.getByText(ADDRESS).waitFor();
  expect(await confirm.getByText("notices@example.com").count()).toBe(0);
  await tab.getByText("Or make a single call").click();
  await confirm.getByText("notices@example.com").waitFor();
  await tab.getByText("Or make a single call").click();
  await confirm.getByText("notices@example.com").waitFor({ state: "detached" });
});

testInChromium("a single call ends when its mail is late", async () => {
  const tab = await open();
  steps.show("running", 2, { secondsAgo: 60, isBusy: false });
  await step(tab, "result").getByText("Not the expected result: 0 of 1 expected alarm in ALARM, 0 mailed.").waitFor();
  await step(tab, "result").getByText("later than expected").first().waitFor();
});

testInChromium("makes single calls as often as chosen, and reverses them", async () => {
  const tab = await open();
  await tab.getByText("Or make a single call").click();
  await tab.getByRole("button", { name: "Stop the organization's trail" }).click();
  await tab.getByRole("button", { name: "Start the trail again" }).click();
  await tab.getByLabel("Times: Read the watched secret").fill("7");
  await tab.getByRole("button", { name: "Read the watched secret" }).click();
  await tab.getByRole("button", { name: "Start the trail again" }).waitFor({ state: "hidden" });
  await becomes(() => steps.requests, ["act stop-trail", "undo stop-trail", "act read-secret 7"]);
});

testInChromium("changes the speed, and pauses", async () => {
  const tab = await open();
  await tab.getByLabel("Speed").selectOption("600");
  await tab.getByRole("button", { name: "Pause" }).click();
  await tab.getByRole("button", { name: "Resume" }).click();
  await tab.getByRole("button", { name: "Pause" }).waitFor();
  await becomes(() => steps.requests, ["speed 600", "pause", "resume"]);
});

testInChromium(
  "without the sandbox, says so over the full width and disables every control, until it is back",
  async () => {
    path.subscribe();
    path.log({ eventId: "a" });
    const tab = await open();
    const port = Number(new URL(page.url).port);
    await page.stop();
    const bar = tab.getByRole("alert").filter({ hasText: "The sandbox has stopped, or this page lost it." });
    await bar.waitFor();
    await becomes(
      () => bar.evaluate((element: { readonly clientWidth: number }) => element.clientWidth),
      await tab.evaluate(`document.documentElement.clientWidth`),
    );
    await becomes(() => tab.locator("button:enabled, select:enabled, input:enabled").count(), 0);

    // Another start, which knows nothing of the first.
    await tab.evaluate(`document.title = "before"`);
    path = new FakeSignalPath();
    page = await openPage(optionsOf(path, port));
    await tab.getByText("No call yet.").waitFor();
    await bar.waitFor({ state: "hidden" });
    expect(await tab.title()).toBe("Trailwatch sandbox");
    await becomes(() => tab.getByRole("button", { name: "Run the scenario" }).isEnabled(), true);
  },
);

testInChromium("can be used with the keyboard alone", async () => {
  path.subscribe();
  const tab = await open();
  await tab.getByRole("button", { name: /^Confirm: / }).waitFor();
  const reached: string[] = [];
  for (let presses = 0; presses < 20; presses += 1) {
    await tab.keyboard.press("Tab");
    reached.push(await tab.evaluate(`document.activeElement.id || document.activeElement.innerText`));
  }
  const order = ["Confirm", "scenario", "run-scenario", "Or make a single call", "speed", "pause"];
  expect(reached.filter((each) => order.includes(each))).toEqual(order);
  await tab.locator("#run-scenario").focus();
  await tab.keyboard.press("Enter");
  await becomes(() => tab.evaluate(`document.activeElement.id === "run-scenario"`), true);
  await becomes(() => steps.requests, ["run read-secret"]);
});

describe.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 480, height: 900 } }],
] as const)("%s", (_name, options) => {
  testInChromium("has names, contrast and no sideways scrolling", async () => {
    path.subscribe();
    const tab = await open(options);
    await tab.getByText("Or make a single call").click();
    await tab.getByRole("button", { name: "Stop the organization's trail" }).click();
    path.raiseAlarm();
    steps.show("done", 4);
    await step(tab, "result").getByText("One mail.").waitFor();
    expect(await poorContrast(tab)).toEqual([]);
    expect(await tab.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await tab.locator("body").ariaSnapshot()).not.toMatch(
      /- (button|link|searchbox|combobox|spinbutton|img)(?! ")/,
    );
    expect(problems).toEqual([]);
  });
});
