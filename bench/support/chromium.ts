import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "../../report/find-chromium";

/** It shall talk to our page and to nobody else, and leave nothing behind. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts it without a window, with an empty profile of its own, which goes when it is closed. */
export function launchChromium(executablePath: string, flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}

/** Opens a page in a new profile; what goes wrong in it, as its console tells, lands in `problems`. */
export async function openTab(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly tab: Page; readonly problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const problems: string[] = [];
  tab.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  tab.on("pageerror", (error) => problems.push(error.message));
  await tab.goto(url);
  return { tab, problems };
}

/** A test that needs Chromium: without one it is skipped, and says why. */
export function testInChromium(name: string, body: () => Promise<void>): void {
  if (findChromium() !== undefined) test(name, body);
  else test.skip(`${name} (no Chromium: install one, or name it in TRAILWATCH_CHROMIUM)`, body);
}
