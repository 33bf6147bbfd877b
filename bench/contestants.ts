import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readDeployment } from "../signals";
import type { SampleArchive } from "./archive";
import { scaledDeployment } from "./scaled-deployment";
import { countingSql, type CountedDetection } from "./duckdb-sql";

/** What a contestant counts, by detection. */
export type DetectionCounts = Readonly<Record<string, number>>;

export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  /** @default - it counts nothing */
  readonly counts?: (output: string) => DetectionCounts;
}

/** Records are evaluated as this account's, so that its detections see all of them. */
const ACCOUNT = "payments";
/** With the default feed, whose dozen rules are evaluated too. */
const EVENT_BUS_ACCOUNT = "workloads-production";
/** A detection that is easy to express in any language. */
const ONE = "trail-stopped";
const ONE_IN_JQ =
  '.Records[] | select(.eventSource == "cloudtrail.amazonaws.com" and (.eventName == "StopLogging" or .eventName == "DeleteTrail")) | .eventID';

const ROOT = join(__dirname, "..");
const TSX = [process.execPath, "--import", "tsx"];
/** Of the account, to show that the time does not grow with their number. */
const DETECTIONS = [55, 110, 220];
/** Files in one call, as many as a command line takes. */
const PER_CALL = "500";

export function contestantsOf({ folder }: SampleArchive, deployment: string, work: string): readonly Contestant[] {
  mkdirSync(work, { recursive: true });
  const cores = String(availableParallelism());
  const find = `find ${folder} -name '*.json.gz' -print0`;
  const detections = detectionsOf(deployment);
  const duckdb = (name: string, counted: readonly CountedDetection[]): Contestant => {
    const file = join(work, `${counted.length}.sql`);
    writeFileSync(file, countingSql(join(folder, "**/*.json.gz"), counted));
    return {
      name,
      command: [...TSX, join(ROOT, "bench/duckdb-query.ts"), file],
      counts: (text) => JSON.parse(text) as DetectionCounts,
    };
  };
  const replay = (name: string, counted: readonly CountedDetection[], ...options: readonly string[]): Contestant => ({
    name,
    command: [
      ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), "replay", folder, "--json"],
      ...["--account", ACCOUNT, "--deployment", deployment, ...options],
    ],
    // The report leaves out what did not match.
    counts: (text) => ({ ...Object.fromEntries(counted.map(({ id }) => [id, 0])), ...replayCounts(text) }),
  });
  const one = detections.filter(({ id }) => id === ONE);
  return [
    { name: "zcat, one core", command: ["sh", "-c", `${find} | xargs -0 -n ${PER_CALL} zcat > /dev/null`] },
    {
      name: "zcat, all cores",
      command: ["sh", "-c", `${find} | xargs -0 -n ${PER_CALL} -P ${cores} zcat > /dev/null`],
    },
    {
      name: "jq, one detection",
      command: [
        "sh",
        "-c",
        `${find} | xargs -0 -n ${PER_CALL} -P ${cores} sh -c 'zcat "$@" | jq "$0"' '${ONE_IN_JQ}' | wc -l`,
      ],
      counts: (text) => ({ [ONE]: Number(text) }),
    },
    duckdb(
      "DuckDB, one detection",
      detections.filter(({ id }) => id === ONE),
    ),
    duckdb(`DuckDB, ${detections.length} detections`, detections),
    replay("replay, one detection", one, "--detection", ONE),
    replay(`replay, ${detections.length} detections`, detections),
    {
      name: `tune, ${detections.length} detections`,
      command: [
        ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), "tune", folder, "--json"],
        ...["--account", ACCOUNT, "--deployment", deployment, "--accounts", join(ROOT, "accounts")],
      ],
    },
    {
      name: "replay, all detections of the feed event-bus",
      command: [
        ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), "replay", folder, "--json"],
        ...["--account", EVENT_BUS_ACCOUNT, "--deployment", deployment],
      ],
    },
    ...["1", "2", "4"].map((workers) =>
      replay(`replay, ${detections.length} detections, --workers ${workers}`, detections, "--workers", workers),
    ),
    ...DETECTIONS.map((count) => ({
      name: `replay, deployment of ${count} detections`,
      command: [
        ...[process.execPath, join(ROOT, "bin/trailwatch.mjs"), "replay", folder, "--json", "--account", ACCOUNT],
        ...[
          "--deployment",
          scaledDeployment(deployment, { account: ACCOUNT, count, folder: join(work, `${count}.out`) }),
        ],
      ],
    })),
  ];
}

function detectionsOf(deployment: string): readonly CountedDetection[] {
  const account = readDeployment(deployment).accounts.find(({ name }) => name === ACCOUNT);
  const patterns = new Map<string, string[]>();
  for (const { pattern, transformation } of account?.filters ?? []) {
    patterns.set(transformation.metricName, [...(patterns.get(transformation.metricName) ?? []), pattern]);
  }
  return [...patterns].map(([id, ofDetection]) => ({ id, patterns: ofDetection }));
}

function replayCounts(output: string): DetectionCounts {
  const report = JSON.parse(output) as {
    readonly records: number;
    readonly detections: readonly { readonly detection: string; readonly matched: number }[];
  };
  const matched = report.detections.map(({ detection, matched: count }) => [detection, count] as const);
  return { records: report.records, ...Object.fromEntries(matched) };
}
