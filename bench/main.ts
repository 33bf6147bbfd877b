import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release } from "node:os";
import { join } from "node:path";
import { failureText } from "../lib/support/failure";
import { runProgram } from "../lib/support/run-program";
import { hasGenerator, largeArchiveOf } from "./archive";
import { benchCommand, type BenchOptions } from "./command";
import { contestantsOf, type Contestant } from "./contestants";
import { measureAll } from "./rounds";
import { tableOf, type Result } from "./table";

/** The highest allowed ratio of tuning time to replay time for the same records. */
const MOST_OF_TUNE = 1.3;

/** 15 of 100 records match in the one, under one in the other. */
const ARCHIVES = ["attack", "realistic"] as const;

/** Where unpacking was not measured. */
const NO_FLOOR = { seconds: Number.NaN, cpuSeconds: Number.NaN };

const ROOT = join(__dirname, "..");
const WORK = join(ROOT, ".trailwatch/bench");

async function bench({ records, runs, only = "", json }: BenchOptions): Promise<void> {
  if (!hasGenerator()) {
    process.stdout.write("Skipped: ../shared/tools/gen_cloudtrail.py, which creates the archive, was not found.\n");
    return;
  }
  mkdirSync(WORK, { recursive: true });
  const deployment = await synthesized();
  const machine = {
    cpu: cpus()[0]?.model ?? "",
    cores: availableParallelism(),
    kernel: release(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
  const measured = [];
  for (const kind of ARCHIVES) {
    const realistic = kind === "realistic";
    const folderOf = (count: number): string => join(WORK, `archive-${count}${realistic ? "-realistic" : ""}`);
    const archive = await largeArchiveOf(Number(records), folderOf, { realistic });
    const contestants = chosen(contestantsOf(archive, deployment, join(WORK, kind)), only);
    measured.push({ kind, archive, results: await measureAll(contestants, Number(runs)) });
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, archives: measured }, null, 2)}\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(machine)}\n`);
  for (const { kind, archive, results } of measured) {
    const { packedBytes, bytes } = archive;
    process.stdout.write(`\n${kind} archive: ${archive.records} records, ${archive.files} files, `);
    process.stdout.write(`${(packedBytes / 1e6).toFixed(1)} MB packed, ${(bytes / 1e6).toFixed(0)} MB\n\n`);
    const floor = results.find(({ name }) => name === "zcat, all cores") ?? NO_FLOOR;
    process.stdout.write(`${tableOf(results, floor, archive)}\n${tuneText(results)}`);
  }
  process.stdout.write("\nAll agree on every count.\n");
}

function chosen(all: readonly Contestant[], only: string): readonly Contestant[] {
  const parts = only.split(";");
  const unknown = parts.filter((part) => !all.some(({ name }) => name.includes(part)));
  if (unknown.length > 0) {
    const names = all.map(({ name }) => `'${name}'`).join(", ");
    throw new Error(`'--only' matches no contestant: '${unknown.join("', '")}'. Contestants: ${names}`);
  }
  return all.filter(({ name }) => parts.some((part) => name.includes(part)));
}

/** The ratio of tuning time to replay time; empty unless both were measured. */
function tuneText(results: readonly Result[]): string {
  const found = (text: RegExp) => results.find(({ name }) => text.test(name));
  const [replay, tune] = [found(/^replay, \d+ detections$/), found(/^tune/)];
  if (replay === undefined || tune === undefined) return "";
  const [seconds, cpu] = [tune.seconds / replay.seconds, tune.cpuSeconds / replay.cpuSeconds];
  return `\nTune takes ${seconds.toFixed(2)} times replay's seconds, and ${cpu.toFixed(2)} times its CPU: the target is at most ${MOST_OF_TUNE}.\n`;
}

/** The example organization, synthesized apart from whatever the user has. */
async function synthesized(): Promise<string> {
  const folder = join(WORK, "cdktf.out");
  if (!existsSync(folder)) {
    const env = { ...process.env, CDKTF_OUTDIR: folder, TRAILWATCH_ACCOUNTS: join(ROOT, "accounts") };
    const { ending } = await runProgram(process.execPath, ["scripts/synth.mjs"], {
      cwd: ROOT,
      env,
      stdio: "inherit",
    });
    if (ending !== 0) throw new Error(`the example organization could not be synthesized: ended with ${ending}`);
  }
  return folder;
}

benchCommand()
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
