import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { enlargeArchive } from "./enlarge-archive";

/** An archive like CloudTrail's own: a folder of many small files. */
export interface SampleArchive {
  readonly folder: string;
  readonly files: number;
  readonly records: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Ids of the accounts that have records. */
  readonly accounts: readonly string[];
}

interface Summary {
  readonly files: number;
  readonly records: number;
  readonly bytes_gz: number;
  readonly bytes_json: number;
  /** Ids. */
  readonly accounts: readonly string[];
}

/** Resamples real records into any number of accounts and days. It is not part of this repository. */
const GENERATOR = join(__dirname, "../../shared/tools/gen_cloudtrail.py");
const SAMPLES = join(__dirname, "../../shared/cloudtrail");
const ACCOUNTS = 20;
const WEEK = 7;
/** Generating more takes too long: 2 million records would take 40 minutes. */
const MOST_GENERATED = 200_000;

export function hasGenerator(): boolean {
  return existsSync(GENERATOR) && existsSync(SAMPLES);
}

interface ArchiveOptions {
  readonly days?: number;
  readonly accounts?: number;
  /** Without the attacks among the real records, as in an organization: under one record in a hundred matches. */
  readonly realistic?: boolean;
}

/**
 * The same for any multiple of 200,000 records: more are copies of an archive with 200,000, a week after one another.
 *
 * @throws Error for another number above 200,000
 */
export async function largeArchiveOf(
  records: number,
  folderOf: (records: number) => string,
  options: ArchiveOptions = {},
): Promise<SampleArchive> {
  if (records <= MOST_GENERATED) return archiveOf(records, folderOf(records), options);
  if (records % MOST_GENERATED !== 0) {
    throw new Error(`'--records' must be at most ${MOST_GENERATED} or a multiple of it, got '${records}'`);
  }
  const source = await archiveOf(MOST_GENERATED, folderOf(MOST_GENERATED), options);
  const folder = folderOf(records);
  if (!existsSync(join(folder, "summary.json"))) {
    const made = `${folder}.part`;
    rmSync(made, { recursive: true, force: true });
    const copies = records / MOST_GENERATED;
    const enlarged = enlargeArchive(source.folder, join(made, "AWSLogs"), { copies, days: options.days ?? WEEK });
    const summary: Summary = {
      files: enlarged.files,
      records: source.records * copies,
      bytes_gz: enlarged.packedBytes,
      bytes_json: enlarged.bytes,
      accounts: source.accounts,
    };
    writeFileSync(join(made, "summary.json"), JSON.stringify(summary));
    renameSync(made, folder);
  }
  return archiveOf(records, folder, options);
}

/** Creates an archive of that many records, or reuses an existing one. */
export async function archiveOf(
  records: number,
  folder: string,
  { days = WEEK, accounts = ACCOUNTS, realistic = false }: ArchiveOptions = {},
): Promise<SampleArchive> {
  if (!existsSync(join(folder, "summary.json"))) {
    const made = `${folder}.part`;
    rmSync(made, { recursive: true, force: true });
    const args = [
      GENERATOR,
      "--records",
      SAMPLES,
      "--out",
      made,
      "--accounts",
      `${accounts}`,
      "--events",
      `${records}`,
      "--days",
      `${days}`,
      ...(realistic ? ["--realistic"] : []),
    ];
    const { ending } = await runProgram("python3", args, { stdio: ["ignore", "ignore", "inherit"] });
    if (ending !== 0) throw new Error(`the archive could not be created: python3 exited with ${ending}`);
    renameSync(made, folder);
  }
  const summary = JSON.parse(readFileSync(join(folder, "summary.json"), "utf8")) as Summary;
  return {
    folder: join(folder, "AWSLogs"),
    files: summary.files,
    records: summary.records,
    packedBytes: summary.bytes_gz,
    bytes: summary.bytes_json,
    accounts: summary.accounts,
  };
}
