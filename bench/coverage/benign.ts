import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findDetection } from "../../detections/catalogue";
import { Evaluator, parseRecord, replay, type Deployment } from "../../signals";

/** Alarms of a detection in routine work. */
export interface NoisyDetection {
  /** As `account/detection`. */
  readonly detection: string;
  readonly matches: number;
  readonly alarms: number;
}

export interface Noise {
  /** Whether the records are those of `benignRecords`, or of the user's archive. */
  readonly of: "sample" | "archive";
  readonly records: number;
  /** Days with records. */
  readonly days: number;
  readonly detections: readonly NoisyDetection[];
}

/** Records of one real account, in which people worked with Terraform and the console and also simulated attacks. */
const REAL_ACCOUNT = join(__dirname, "../../../shared/cloudtrail/invictus-aws_dataset/records.jsonl");
/** The attacks that the first packs detected; the simulation marks the others itself. */
const KNOWN_ATTACKS = join(__dirname, "../../../shared/cloudtrail/matching-event-ids.txt");
const SIMULATION = "stratus-red-team";

/** The lines of the real account that are no attack; undefined where its records are absent. */
export function benignRecords(): readonly string[] | undefined {
  if (!existsSync(REAL_ACCOUNT) || !existsSync(KNOWN_ATTACKS)) return undefined;
  const attacks = new Set(readFileSync(KNOWN_ATTACKS, "utf8").split("\n"));
  return readFileSync(REAL_ACCOUNT, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !isAttack(JSON.parse(line) as Parameters<typeof isAttack>[0], attacks));
}

function isAttack(
  record: { readonly eventID?: string; readonly userAgent?: string; readonly userIdentity?: { readonly arn?: string } },
  attacks: ReadonlySet<string>,
): boolean {
  const { eventID = "", userAgent = "", userIdentity } = record;
  return attacks.has(eventID) || userAgent.includes(SIMULATION) || (userIdentity?.arn ?? "").includes(SIMULATION);
}

/** The alarms that records of routine work raise when they occur in the account. */
export function measureNoise(deployment: Deployment, account: string, records: readonly string[]): Noise {
  const evaluator = new Evaluator(deployment, { account, keepMatches: true });
  for (const record of records) evaluator.add(parseRecord(record));
  return noiseIn(evaluator, "sample");
}

/**
 * The same for an archive of the user's, by the accounts in its records.
 *
 * @throws Error for files that cannot be read: what they hold might have raised alarms
 */
export async function measureNoiseOf(deployment: Deployment, archive: string): Promise<Noise> {
  const evaluator = new Evaluator(deployment, { keepMatches: true });
  await replay(evaluator, [archive]);
  const [first, ...others] = evaluator.report().unreadable;
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    throw new Error(`'--benign' must be readable records, got '${archive}' (${first.file}: ${first.reason}${more})`);
  }
  return noiseIn(evaluator, "archive");
}

function noiseIn(evaluator: Evaluator, of: Noise["of"]): Noise {
  const report = evaluator.report();
  return {
    of,
    records: report.records,
    days: evaluator.matches.daysOf(() => true),
    detections: report.detections
      .filter(({ detection }) => findDetection(detection)?.detection.alarmWhen !== "missed")
      .map(({ account, detection, matched, alarms }) => ({
        detection: `${account}/${detection}`,
        matches: matched,
        alarms: alarms.length,
      })),
  };
}
