import type { Browser } from "playwright-core";
import { accountNamed } from "../../organization/organization";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";
import type { Page } from "../../sandbox/page/page-options";
import { runScenario } from "../../sandbox/run-scenario";
import type { Sandbox } from "../../sandbox/sandbox";
import { openSandboxPage } from "../../sandbox/sandbox-page";
import { scenarioNamed } from "../../sandbox/scenarios";
import { readSecret, signIn } from "../../sandbox/scenarios/session";
import { DEFAULT_SPEED } from "../../sandbox/signal-path/delays";
import { SettableClock } from "../../sandbox/signal-path/settable-clock";
import { findChromium } from "../../report/find-chromium";
import { launchChromium, openTab, testInChromium } from "../../bench/support/chromium";

/** Not the account whose alarm goes off unheard: it would not go off once more. */
const OTHER = "payments";
const DETECTION = "watched-secret-reads";

/** What happens in a sandbox where everything is deployed and nobody has confirmed anything. */
export function storyTests(sandboxOf: () => Sandbox): void {
  let page: Page;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const sandbox = sandboxOf();
    await sandbox.signalPath.start();
    page = await openSandboxPage(sandbox);
    const chromium = findChromium();
    if (chromium !== undefined) browser = await launchChromium(chromium);
  });

  afterAll(async () => {
    await browser?.close();
    await page.stop();
  });

  async function told(id: string): Promise<string[]> {
    const scenario = scenarioNamed(id);
    if (scenario === undefined) throw new Error(`no scenario '${id}'`);
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    const { signal } = new AbortController();
    const succeeded = await runScenario({
      sandbox: sandboxOf(),
      scenario,
      clock: new SettableClock(),
      speed: DEFAULT_SPEED,
      print,
      signal,
    });
    // The lines tell where it stopped.
    expect({ succeeded, lines }).toMatchObject({ succeeded: true });
    return lines;
  }

  test("an alarm goes off unheard while nobody has confirmed, and the hop is named", async () => {
    expect((await told("unconfirmed")).join("\n")).toContain("It stopped at the hop 'subscriber'");
  });

  testInChromium("on the page the mailbox confirms, and the alarm arrives", async () => {
    if (browser === undefined) throw new Error("no Chromium");
    const { tab, problems } = await openTab(browser, page.url);
    await tab.getByText("Live", { exact: true }).waitFor();
    const confirm = tab.getByRole("button", { name: /^Confirm subscription/ });
    // At once: each click takes a button away, and those behind it move up.
    await confirm.evaluateAll((buttons: readonly { readonly click: () => void }[]) => {
      for (const button of buttons) button.click();
    });
    await confirm.first().waitFor({ state: "detached" });
    await tab.locator("#mailbox").getByText("Confirmed").first().waitFor();

    const sandbox = sandboxOf();
    const account = accountNamed(sandbox.organization, OTHER);
    const reads = subscriptionsOf(sandbox.organization, account).find(({ detection }) => detection.id === DETECTION);
    await readSecret(await signIn(sandbox, account, "Developer", "alice"), "MyProjectSecrets", reads?.threshold ?? 0);
    const mail = tab.getByRole("article").filter({ hasText: `ALARM: "trailwatch-${OTHER}-${DETECTION}"` });
    await mail.first().waitFor();
    const row = tab.getByRole("row", { name: new RegExp(`^${DETECTION}`) });
    await row.getByText("ALARM").first().waitFor();

    await tab.getByLabel("Text").fill("GetSecretValue");
    await tab.locator("#record-list button").first().click();
    await tab.locator("#explanation").getByRole("heading", { name: "GetSecretValue" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("an intruder who blinds the watch is told of at each step", async () => {
    expect((await told("tamper")).join("\n")).not.toContain("NOT told");
  });
}
