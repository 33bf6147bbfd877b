import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page as Tab } from "playwright-core";
import { failureText, reportUncaught } from "../lib/support/failure";
import { findChromium } from "../report/find-chromium";
import { deployWithProgress } from "../sandbox/progress";
import { openSandboxPage } from "../sandbox/sandbox-page";
import { SCENARIOS } from "../sandbox/scenarios";
import { SettableClock } from "../sandbox/signal-path/settable-clock";
import { startSandbox } from "../sandbox/start-sandbox";
import { Steps } from "../sandbox/steps/steps";
import { measure } from "./measure";
import { writeStoryRecords } from "./pictures/story-records";
import { launchChromium, openTab } from "./support/chromium";

const ROOT = join(__dirname, "..");
const PICTURES = join(ROOT, "docs/pictures");
const VIEWPORT = { width: 1280, height: 960 };
/** The longest time for a scenario, from its button to the mail. */
const PATIENCE = 240_000;

/** Writes the pictures of the README, light and dark: the sandbox's page at an alarm, and a tuning's report. */
async function writePictures(): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error("Chromium was not found: install it, or name it in TRAILWATCH_CHROMIUM");
  mkdirSync(PICTURES, { recursive: true });
  const browser = await launchChromium(chromium);
  try {
    await pictureReport(browser);
    await pictureSandbox(browser);
  } finally {
    await browser.close();
  }
}

async function pictureReport(browser: Browser): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "trailwatch-pictures-"));
  try {
    const deployment = join(work, "cdktf.out");
    const report = join(work, "report.html");
    await measure([process.execPath, join(ROOT, "scripts/synth.mjs")], {
      env: { ...process.env, CDKTF_OUTDIR: deployment, TRAILWATCH_ACCOUNTS: join(ROOT, "accounts") },
    });
    await measure([
      ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), "tune", writeStoryRecords(work)],
      ...["--deployment", deployment, "--accounts", join(ROOT, "accounts"), "--report", report],
    ]);
    const { tab } = await openTab(browser, pathToFileURL(report).href, { viewport: VIEWPORT });
    await tab.waitForSelector("#overview");
    await photograph(tab, "report");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function pictureSandbox(browser: Browser): Promise<void> {
  const clock = new SettableClock();
  const { signal } = new AbortController();
  const sandbox = await startSandbox({
    accountsFolder: join(ROOT, "accounts"),
    workFolder: join(ROOT, ".trailwatch/pictures"),
    env: process.env,
    clock,
  });
  try {
    await deployWithProgress(sandbox, signal);
    await sandbox.signalPath.start();
    const [prepared] = SCENARIOS;
    const steps = new Steps({ sandbox, clock, hasTerminal: false, print: () => undefined, signal, prepared });
    const page = await openSandboxPage(sandbox, { steps });
    steps.pageUrl = page.url;
    try {
      const { tab } = await openTab(browser, page.url, { viewport: VIEWPORT });
      await tab.click("#needed button");
      await tab.click("#run-scenario");
      await tab.waitForSelector("#incident:not([hidden])", { timeout: PATIENCE });
      await tab.waitForSelector("#result-status:has-text('Done')", { timeout: PATIENCE });
      // The card below the page's header, which stays at the top.
      await tab.evaluate(`scrollTo(0, document.getElementById("incident").offsetTop - 72)`);
      await photograph(tab, "sandbox");
    } finally {
      await page.stop();
    }
  } finally {
    await sandbox.stop();
  }
}

async function photograph(tab: Tab, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Charts are drawn again in the other colours.
    await tab.waitForTimeout(1500);
    await tab.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
}

reportUncaught();
writePictures().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = 1;
});
