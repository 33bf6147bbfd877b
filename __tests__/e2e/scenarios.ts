import type { Browser } from "playwright-core";
import { accountNamed } from "../../organization/organization";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";
import type { Page } from "../../sandbox/page/page-options";
import { runScenario } from "../../sandbox/run-scenario";
import type { Sandbox } from "../../sandbox/sandbox";
import { openSandboxPage } from "../../sandbox/sandbox-page";
import { scenarioNamed } from "../../sandbox/scenarios";
import { readSecretRepeatedly, signIn } from "../../sandbox/scenarios/session";
import { SettableClock } from "../../sandbox/signal-path/settable-clock";
import { findChromium } from "../../report/find-chromium";
import { launchChromium, openTab, testInChromium } from "../../bench/support/chromium";

/** Another account than that of scenario `unconfirmed`: its alarm is in ALARM already. */
const OTHER = "payments";
const DETECTION = "watched-secret-reads";

/** Scenarios in a sandbox where everything is deployed and no subscription is confirmed. */
export function scenarioTests(sandboxOf: () => Sandbox): void {
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

  async function outputOf(id: string): Promise<string[]> {
    const scenario = scenarioNamed(id);
    if (scenario === undefined) throw new Error(`no scenario '${id}'`);
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    const { signal } = new AbortController();
    const { succeeded } = await runScenario({
      sandbox: sandboxOf(),
      scenario,
      clock: new SettableClock(),
      print,
      signal,
    });
    // The lines show where it stopped.
    expect({ succeeded, lines }).toMatchObject({ succeeded: true });
    return lines;
  }

  test("unconfirmed: the alarm goes off without a notification, and the output names the hop", async () => {
    expect((await outputOf("unconfirmed")).join("\n")).toContain("The signal stopped at the hop 'subscriber'");
  });

  testInChromium("a subscription that is confirmed on the page receives the alarm", async () => {
    if (browser === undefined) throw new Error("no Chromium");
    const { tab, problems } = await openTab(browser, page.url);
    await tab.getByText("Live", { exact: true }).waitFor();
    await tab.getByText("Requests for confirmation").click();
    const confirm = tab.getByRole("button", { name: /^Confirm subscription/ });
    // At once: each click takes a button away, and those behind it move up.
    await confirm.evaluateAll((buttons: readonly { readonly click: () => void }[]) => {
      for (const button of buttons) button.click();
    });
    await confirm.first().waitFor({ state: "detached" });
    await tab.getByText(/^Requests for confirmation \(\d+, 0 not confirmed\)$/).waitFor();

    const sandbox = sandboxOf();
    const account = accountNamed(sandbox.organization, OTHER);
    const reads = subscriptionsOf(sandbox.organization, account).find(({ detection }) => detection.id === DETECTION);
    await readSecretRepeatedly(
      await signIn(sandbox, account, "Developer", "alice"),
      "MyProjectSecrets",
      reads?.threshold ?? 0,
    );
    // The account's own subscribers get CloudWatch's message; those of the alert hub get the hub's.
    const mail = tab.getByRole("article").filter({ hasText: `ALARM: "trailwatch-${OTHER}-${DETECTION}"` });
    await mail.first().waitFor();
    const threshold = reads?.threshold ?? 0;
    const subject = `[HIGH] ${OTHER}: MyProjectSecrets read ${threshold} times by alice`;
    const hubMail = tab.getByRole("article").filter({ hasText: subject });
    await hubMail.getByText("alice (assumed-role/Developer) read MyProjectSecrets").waitFor({ state: "attached" });
    const row = tab.getByRole("row", { name: new RegExp(`^${DETECTION}`) });
    await row.getByText("ALARM").first().waitFor();

    await tab.getByLabel("Text").fill("GetSecretValue");
    await tab.locator("#record-list button").first().click();
    await tab.locator("#explanation").getByRole("heading", { name: "GetSecretValue" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("tamper: each action of the intruder raises an alarm", async () => {
    expect((await outputOf("tamper")).join("\n")).not.toContain("NOT reported");
  });

  test("every message of the alert hub says in its subject who did it", () => {
    const subjects = sandboxOf()
      .mailbox.messages()
      .flatMap(({ subject }) => (subject.startsWith("[") ? [subject] : []));
    expect(subjects.length).toBeGreaterThan(3);
    expect(subjects.filter((subject) => !/ by (alice|mallory)( in \S+)?$/.test(subject))).toEqual([]);
  });
}
