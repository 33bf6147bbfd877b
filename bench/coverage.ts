import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { runProgram } from "../lib/support/run-program";
import { writeFile } from "../lib/support/write-file";
import { readDeployment, type Deployment } from "../signals";
import { incidentAttacks, stratusTechniques } from "./coverage/attacks";
import { benignRecords, measureNoise, measureNoiseOf, type Noise } from "./coverage/benign";
import { measureCoverage } from "./coverage/measure-coverage";
import { coveragePage, type Coverage } from "./coverage/page";
import { measureRules } from "./coverage/public-rules";

interface Options {
  readonly benign?: string;
  readonly deployment?: string;
  readonly json: boolean;
  readonly write: boolean;
}

const ROOT = join(__dirname, "..");
/** The account of the example in which the attacks happen: the techniques' records are of this account. */
const ATTACKED = { name: "workloads-production", homeRegion: "eu-west-1" };

async function bench({ benign, deployment, json, write }: Options): Promise<void> {
  const deployed = deployment === undefined ? await synthesizedExample() : readDeployment(deployment);
  const account = deployed.accounts.find(({ name }) => name === ATTACKED.name)?.id;
  if (account === undefined) throw new Error(`'--deployment' must have the account '${ATTACKED.name}'`);
  const techniques = stratusTechniques();
  if (write && techniques === undefined) {
    throw new Error(
      "'--write' must not replace docs/coverage.md without the records in ../shared/cloudtrail, which were not found",
    );
  }
  if (techniques === undefined) {
    process.stderr.write("Skipped: ../shared/cloudtrail, which has the records of techniques, was not found.\n");
  }
  const coverage: Coverage = {
    techniques: techniques === undefined ? undefined : measureCoverage(deployed, techniques),
    incidentCalls: measureCoverage(deployed, incidentAttacks(account, ATTACKED.homeRegion)),
    rules: measureRules(deployed, account, ATTACKED.homeRegion),
    noise: benign === undefined ? noiseOfSamples(deployed, account) : await measureNoiseOf(deployed, benign),
  };
  if (write) writeFile(join(ROOT, "docs/coverage.md"), coveragePage(coverage));
  process.stdout.write(json ? `${JSON.stringify(coverage, withoutRecords, 2)}\n` : coveragePage(coverage));
}

function noiseOfSamples(deployed: Deployment, account: string): Noise | undefined {
  const records = benignRecords();
  return records === undefined ? undefined : measureNoise(deployed, account, records);
}

async function synthesizedExample(): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-coverage-"));
  try {
    const { ending } = await runProgram(process.execPath, [join(ROOT, "scripts/synth.mjs")], {
      env: { ...process.env, CDKTF_OUTDIR: folder },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (ending !== 0) throw new Error(`the example could not be synthesized: it exited with ${ending}`);
    return readDeployment(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutRecords(key: string, value: unknown): unknown {
  return key === "records" && Array.isArray(value) ? value.length : value;
}

withReadableHelp(new Command("npm run bench:coverage --"))
  .description("Replays attacks, and routine work, through the synthesized example, and prints what raises an alarm.")
  .option("--benign <archive>", "your own records of routine work: a file or a folder that replay reads")
  .option("--deployment <folder>", "a synthesized deployment that has the example's accounts (default: the example)")
  .option("--json", "print JSON", false)
  .addOption(
    // The page describes the example and the published records.
    new Option("--write", "also write docs/coverage.md").default(false).conflicts(["benign", "deployment"]),
  )
  .addHelpText("after", "\nExample:\n  $ npm run bench:coverage -- --benign ./archive --json")
  .action(bench)
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
