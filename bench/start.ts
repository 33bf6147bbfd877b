import { loadavg } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { positiveCount } from "../cli/delivery/options";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { measure } from "./measure";
import { medianOf } from "./table";

const ROOT = join(__dirname, "..");
const HEAD = ["", "usable", "alarm", "end", "CPU", "memory", "load before"];

/** What `npm start` prints when it comes to a milestone. */
const USABLE = /^\d+ AWS calls were answered\.$/;
const ALARM = /: OK -> ALARM/;

interface Start {
  readonly usable: number;
  readonly alarm: number;
  readonly end: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly load: number;
}

/** Runs `npm start` from its start to the end of the scenario, with the packages installed. */
async function start(args: readonly string[]): Promise<Start> {
  const load = loadavg()[0] ?? 0;
  const reached = new Map<RegExp, number>();
  const { seconds, cpuSeconds, megabytes } = await measure(["npm", "start", "--silent", "--", "--once", ...args], {
    cwd: ROOT,
    onLine: (line, at) => {
      for (const milestone of [USABLE, ALARM])
        if (!reached.has(milestone) && milestone.test(line)) reached.set(milestone, at);
    },
  });
  const [usable, alarm] = [reached.get(USABLE), reached.get(ALARM)];
  if (usable === undefined || alarm === undefined) throw new Error("no alarm went off");
  return { usable, alarm, end: seconds, cpuSeconds, megabytes, load };
}

function row(name: string, starts: readonly Start[]): string {
  const median = (value: (start: Start) => number) => medianOf(starts.map(value)).toFixed(0);
  const seconds = [median((run) => run.usable), median((run) => run.alarm), median((run) => run.end)];
  const cells = [...seconds, median((run) => run.cpuSeconds)].map((text) => `${text} s`);
  const load = Math.max(...starts.map((run) => run.load)).toFixed(1);
  return `| ${[`\`${name}\``, ...cells, `${median((run) => run.megabytes)} MB`, load].join(" | ")} |`;
}

async function bench({ runs, account }: { readonly runs: number; readonly account: string }): Promise<void> {
  const ways = [[], ["--account", account]];
  const measured = ways.map((): Start[] => []);
  // Alternate, so that a slow minute of the machine affects both.
  for (let round = 0; round < runs; round += 1)
    for (const [index, way] of ways.entries()) measured[index]?.push(await start(way));
  const rule = HEAD.map((_cell, index) => (index === 0 ? "---" : "--:"));
  const head = [HEAD, rule].map((cells) => `| ${cells.join(" | ")} |`);
  const rows = ways.map((way, index) =>
    row(["npm start", ...(way.length === 0 ? [] : ["--", ...way])].join(" "), measured[index] ?? []),
  );
  process.stdout.write(`${[...head, ...rows].join("\n")}\n`);
}

withReadableHelp(new Command("bench:start"))
  .description("Times npm start, from its start to a red alarm, with all accounts and with one.")
  .option("--runs <n>", "runs of each; the median is reported", positiveCount("--runs"), 1)
  .option("--account <name>", "the one account", "workloads-production")
  .addHelpText("after", "\nExample:\n  $ npm run bench:start -- --runs 3")
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
