import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "../../report/find-chromium";

/** Chromium connects to our page only, and leaves nothing behind. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts it headless, with a temporary profile that is deleted when it is closed. */
export function launchChromium(executablePath: string, flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}

/** Opens a page in a new profile; errors from its console are added to `problems`. */
export async function openTab(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly tab: Page; readonly problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const problems = problemsOf(tab);
  await tab.goto(url);
  return { tab, problems };
}

/** Errors and warnings in the console of a tab, from now on: the list grows. */
export function problemsOf(tab: Page): string[] {
  const problems: string[] = [];
  tab.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  tab.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

/** A test that needs Chromium: without one it is skipped, and says why. */
export function testInChromium(name: string, body: () => Promise<void>): void {
  if (findChromium() !== undefined) test(name, body);
  else test.skip(`${name} (no Chromium: install one, or name it in TRAILWATCH_CHROMIUM)`, body);
}
