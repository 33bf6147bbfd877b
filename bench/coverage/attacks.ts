import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TACTICS, type Tactic } from "../../detections/attack-techniques";
import type { CloudTrailRecord } from "../../detections/predicate";
import { INCIDENT_CALLS } from "./incident-calls";
import { recordsOf } from "./replayed-call";

/** What an attacker did: the records of one technique, or of one call. */
export interface Attack {
  readonly name: string;
  readonly tactic: Tactic;
  /** `high-signal`: rare in routine work. The others cannot be separated from it, or are not management events. */
  readonly kind: "high-signal" | "enumeration" | "data-event";
  readonly records: readonly CloudTrailRecord[];
}

/** Techniques of Stratus Red Team with the records that they leave behind. Not part of this repository. */
const TECHNIQUES = join(__dirname, "../../../shared/cloudtrail/stratus-red-team/techniques.jsonl");

interface PublishedTechnique {
  readonly technique: string;
  readonly tactic: string;
  readonly kind: Attack["kind"];
  readonly records: readonly CloudTrailRecord[];
}

/** The techniques of Stratus Red Team; undefined where their records are absent. */
export function stratusTechniques(file = TECHNIQUES): readonly Attack[] | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as PublishedTechnique)
    .map(({ technique, tactic, kind, records }) => ({ name: technique, tactic: tacticOf(tactic), kind, records }));
}

/** The calls that are known from incidents, each as an attack in the account. */
export function incidentAttacks(account: string, homeRegion: string): readonly Attack[] {
  return INCIDENT_CALLS.map((incident) => ({
    ...{ name: incident.call, tactic: incident.tactic, kind: "high-signal" },
    records: recordsOf(incident, account, homeRegion),
  }));
}

/** ATT&CK's name of a tactic that is written as `defense-evasion`. */
function tacticOf(text: string): Tactic {
  const found = TACTICS.find((tactic) => tactic.toLowerCase().replaceAll(" ", "-") === text);
  if (found === undefined) throw new Error(`'tactic' must be one of ATT&CK's, got '${text}'`);
  return found;
}
