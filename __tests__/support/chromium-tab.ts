import type { Browser, BrowserContextOptions, Page as Tab } from "playwright-core";
import { launchChromium, openTab, problemsOf } from "../../bench/support/chromium";
import { findChromium } from "../../report/find-chromium";

/** How a page is shown: at 1280 × 900, in light colours and without motion, which takes a third of the CPU time. */
export type Look = Pick<BrowserContextOptions, "viewport" | "colorScheme" | "reducedMotion">;

/** What a test does before the page is loaded, such as listening to its requests. */
type Prepare = (tab: Tab) => void;

/**
 * Starts Chromium for the tests of a file. They share one tab, because each new one takes a process of its own and 0.7 s
 * of CPU time. The pages keep nothing in the browser.
 *
 * @param flags of Chromium, besides those of `launchChromium`
 * @returns opens a page, with the page before unloaded and what it was shown with reset; errors in its console are added
 *   to `problems`
 */
export function chromiumTab(flags: readonly string[] = []) {
  let browser: Browser | undefined;
  let tab: Tab | undefined;
  beforeAll(async () => {
    const chromium = findChromium();
    if (chromium === undefined) return;
    browser = await launchChromium(chromium, flags);
    ({ tab } = await openTab(browser, "about:blank"));
  });
  afterAll(() => browser?.close());

  return async (url: string, look: Look = {}, prepare: Prepare = () => undefined) => {
    if (tab === undefined) throw new Error("no Chromium");
    const { viewport = { width: 1280, height: 900 }, colorScheme = "light", reducedMotion = "reduce" } = look;
    await tab.goto("about:blank");
    tab.removeAllListeners();
    await tab.mouse.move(0, 0);
    if (viewport !== null) await tab.setViewportSize(viewport);
    await tab.emulateMedia({ media: null, colorScheme, reducedMotion });
    const problems = problemsOf(tab);
    prepare(tab);
    await tab.goto(url);
    return { tab, problems };
  };
}
