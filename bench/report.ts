import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { Command } from "commander";
import { writeOrganization } from "./support/generated-organization";
import { launchChromium, openTab } from "./support/chromium";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { findChromium } from "../report/find-chromium";
import { archiveOf, hasGenerator } from "./archive";
import { measure } from "./measure";
import { medianOf } from "./table";

interface Options {
  readonly records: string;
  readonly days: string;
  readonly accounts: string;
  readonly runs: string;
}

const ROOT = join(__dirname, "..");
const WORK = join(ROOT, ".trailwatch/bench");
const COMMANDS = ["replay", "tune"] as const;

/** Writes reports of an archive that has many accounts, and prints their sizes and how fast a browser shows them. */
async function bench({ records, days, accounts: count, runs }: Options): Promise<void> {
  if (!hasGenerator()) {
    process.stdout.write("Skipped: ../shared/tools/gen_cloudtrail.py, which creates the archive, was not found.\n");
    return;
  }
  mkdirSync(WORK, { recursive: true });
  const archive = await archiveOf(Number(records), join(WORK, `archive-${records}-${days}-days-${count}-accounts`), {
    days: Number(days),
    accounts: Number(count),
  });
  const work = mkdtempSync(join(tmpdir(), "trailwatch-bench-"));
  try {
    const accounts = join(work, "accounts");
    writeOrganization(accounts, archive.accounts.length, { idOf: (number) => archive.accounts[number] ?? "" });
    const deployment = join(work, "cdktf.out");
    await measure([process.execPath, join(ROOT, "scripts/synth.mjs")], {
      env: { ...process.env, CDKTF_OUTDIR: deployment, TRAILWATCH_ACCOUNTS: accounts },
    });
    process.stdout.write(`${archive.accounts.length} accounts, ${days} days, ${archive.records} records\n\n`);
    process.stdout.write(
      "| report | size | packed | opens in | range | load |\n| --- | --: | --: | --: | --: | --: |\n",
    );
    for (const command of COMMANDS) {
      const file = join(work, `${command}.html`);
      await measure([
        ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), command, archive.folder, "--report", file],
        ...["--deployment", deployment, "--accounts", accounts],
      ]);
      const opened = await openings(file, Number(runs));
      const cells = [
        command,
        kilobytes(statSync(file).size),
        kilobytes(gzipSync(readFileSync(file)).length),
        ...(opened.length === 0
          ? ["no Chromium", ""]
          : [
              `${medianOf(opened).toFixed(0)} ms`,
              `${Math.min(...opened).toFixed(0)} to ${Math.max(...opened).toFixed(0)} ms`,
            ]),
        (loadavg()[0] ?? 0).toFixed(1),
      ];
      process.stdout.write(`| ${cells.join(" | ")} |\n`);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Milliseconds from the start of loading until Chromium shows content; empty without Chromium. */
async function openings(file: string, runs: number): Promise<number[]> {
  const chromium = findChromium();
  if (chromium === undefined) return [];
  const browser = await launchChromium(chromium);
  try {
    const all: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { tab } = await openTab(browser, pathToFileURL(file).href);
      all.push(await tab.evaluate(`performance.getEntriesByName("opened")[0].startTime`));
      await tab.context().close();
    }
    return all;
  } finally {
    await browser.close();
  }
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString("en")} kB`;
}

withReadableHelp(new Command("bench:report"))
  .description("Writes reports of an archive of many accounts: their size, and how fast Chromium shows them.")
  .option("--records <n>", "size of the archive", "100000")
  .option("--days <n>", "days that it spans", "30")
  .option("--accounts <n>", "accounts that have records", "20")
  .option("--runs <n>", "times that each report is opened; the median is reported", "5")
  .addHelpText("after", "\nExample:\n  $ npm run bench:report -- --records 20000 --days 7")
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
