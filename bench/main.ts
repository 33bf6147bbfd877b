import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { runProgram } from "../lib/support/run-program";
import { archiveOf, hasGenerator } from "./archive";
import { contestantsOf, type Contestant, type DetectionCounts } from "./contestants";
import { measure, type Run } from "./measure";
import { medianOf, tableOf, type Result } from "./table";

interface Options {
  readonly records: string;
  readonly runs: string;
  readonly only?: string;
  readonly json: boolean;
}

/** The highest allowed ratio of tuning time to replay time for the same records. */
const MOST_OF_TUNE = 1.3;

const ROOT = join(__dirname, "..");
const WORK = join(ROOT, ".trailwatch/bench");

async function bench({ records, runs, only = "", json }: Options): Promise<void> {
  if (!hasGenerator()) {
    process.stdout.write("Skipped: ../shared/tools/gen_cloudtrail.py, which creates the archive, was not found.\n");
    return;
  }
  mkdirSync(WORK, { recursive: true });
  const archive = await archiveOf(Number(records), join(WORK, `archive-${records}`));
  const all = contestantsOf(archive, await synthesized(), WORK);
  const parts = only.split(";");
  const unknown = parts.filter((part) => !all.some(({ name }) => name.includes(part)));
  if (unknown.length > 0) {
    const names = all.map(({ name }) => `'${name}'`).join(", ");
    throw new Error(`'--only' matches no contestant: '${unknown.join("', '")}'. Contestants: ${names}`);
  }
  const contestants = all.filter(({ name }) => parts.some((part) => name.includes(part)));
  const measured = new Map<Contestant, Run[]>();
  // Alternate between contestants, so that a slow minute of the machine affects all of them.
  for (let round = 0; round < Number(runs); round += 1) {
    for (const contestant of contestants) {
      const run = await measure(contestant.command);
      measured.set(contestant, [...(measured.get(contestant) ?? []), run]);
      process.stderr.write(`${contestant.name}: ${run.seconds.toFixed(2)} s\n`);
    }
  }

  const results = [...measured].map(([{ name }, all]) => resultOf(name, all));
  const floor = results.find(({ name }) => name === "zcat, all cores")?.seconds ?? Number.NaN;
  const machine = {
    cpu: cpus()[0]?.model ?? "",
    cores: availableParallelism(),
    kernel: release(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
  const disagreements = compare([...measured]);
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, archive, results, disagreements }, null, 2)}\n`);
  } else {
    process.stdout.write(`${JSON.stringify(machine)}\n${archive.records} records, ${archive.files} files, `);
    process.stdout.write(
      `${(archive.packedBytes / 1e6).toFixed(1)} MB packed, ${(archive.bytes / 1e6).toFixed(0)} MB\n\n`,
    );
    process.stdout.write(`${tableOf(results, floor, archive)}\n${tuneText(results)}`);
    process.stdout.write(
      disagreements.length === 0 ? "\nAll agree on every count.\n" : `\n${disagreements.join("\n")}\n`,
    );
  }
  if (disagreements.length > 0) process.exitCode = 1;
}

/** The ratio of tuning time to replay time; empty unless both were measured. */
function tuneText(results: readonly Result[]): string {
  const found = (text: RegExp) => results.find(({ name }) => text.test(name));
  const [replay, tune] = [found(/^replay, \d+ detections$/), found(/^tune/)];
  if (replay === undefined || tune === undefined) return "";
  const [seconds, cpu] = [tune.seconds / replay.seconds, tune.cpuSeconds / replay.cpuSeconds];
  return `\nTune takes ${seconds.toFixed(2)} times replay's seconds, and ${cpu.toFixed(2)} times its CPU: the target is at most ${MOST_OF_TUNE}.\n`;
}

function resultOf(name: string, runs: readonly Run[]): Result {
  const seconds = runs.map((run) => run.seconds);
  return {
    name,
    seconds: medianOf(seconds),
    cpuSeconds: medianOf(runs.map((run) => run.cpuSeconds)),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    megabytes: Math.max(...runs.map((run) => run.megabytes)),
  };
}

/** Compares the counts of two contestants, for the detections that both count. */
function compare(measured: readonly (readonly [Contestant, readonly Run[]])[]): string[] {
  const counted = measured.flatMap(([{ name, counts }, [run]]) =>
    counts === undefined || run === undefined ? [] : [{ name, counts: counts(run.output) }],
  );
  const reference: DetectionCounts = Object.assign({}, ...counted.map(({ counts }) => counts)) as DetectionCounts;
  return counted.flatMap(({ name, counts }) =>
    Object.entries(counts)
      .filter(([id, count]) => count !== reference[id])
      .map(([id, count]) => `${name} counts ${count} of ${id}, others ${reference[id] ?? 0}`),
  );
}

/** The example organization, synthesized apart from whatever the user has. */
async function synthesized(): Promise<string> {
  const folder = join(WORK, "cdktf.out");
  if (!existsSync(folder)) {
    const env = { ...process.env, CDKTF_OUTDIR: folder, TRAILWATCH_ACCOUNTS: join(ROOT, "accounts") };
    const { ending } = await runProgram(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: ROOT,
      env,
      stdio: "inherit",
    });
    if (ending !== 0) throw new Error(`the example organization could not be synthesized: ended with ${ending}`);
  }
  return folder;
}

withReadableHelp(new Command("bench"))
  .description(
    "Compares replay with unpacking alone, jq and DuckDB on one archive, and checks that all count the same.",
  )
  .option("--records <n>", "size of the archive", "200000")
  .option("--runs <n>", "runs per contestant; the median is reported", "5")
  .option("--only <text>", "only contestants whose name contains this text, or one of several, such as 'zcat;replay'")
  .option("--json", "print JSON", false)
  .addHelpText(
    "after",
    "\nOther parts, each with --help:" +
      "\n  npm run bench:coverage    which attacks raise an alarm (docs/coverage.md)" +
      "\n  npm run bench:report      size of a report of 20 accounts and 30 days, and how fast it opens" +
      "\n  npm run bench:synthesis   synthesis of 10 to 5,000 accounts" +
      "\n  npm run bench:deployment  one stack's deployment, beside bare Terraform" +
      "\n\nExamples:\n  $ npm run bench -- --records 2000000 --runs 3" +
      "\n  $ npm run bench -- --only 'replay, ;tune'",
  )
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
