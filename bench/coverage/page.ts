import { TACTICS } from "../../detections/attack-techniques";
import { bulletList, markdownTable, page } from "../../detections/docs/markdown";
import type { Noise } from "./benign";
import { isDetected, OUTCOMES, type MeasuredAttack } from "./measure-coverage";
import { rulesSeen, type MeasuredCollection } from "./public-rules";

/** What the page shows; undefined where the records for it are absent. */
export interface Coverage {
  readonly techniques: readonly MeasuredAttack[] | undefined;
  readonly incidentCalls: readonly MeasuredAttack[];
  readonly rules: readonly MeasuredCollection[];
  readonly noise: Noise | undefined;
}

/** The same figures before the packs by what they protect existed, at commit fb95672. */
const BEFORE = {
  techniques: 17,
  incidentCalls: 37,
  rules: { Sigma: "2 + 3", Panther: "11 + 0", Elastic: "12 + 2" },
  alarmsInRoutineWork: 1,
} as const;

/** docs/coverage.md. */
export function coveragePage({ techniques, incidentCalls, rules, noise }: Coverage): string {
  const counted = techniques?.filter(({ attack }) => attack.kind === "high-signal");
  return page(
    "# Which attacks raise an alarm",
    "`npm run bench:coverage` replays attacks through the synthesized example of this repository, as CloudTrail records " +
      "in the account `workloads-production`, and notes the strongest alarm of each. An alarm of severity critical or " +
      "high is a page, medium or low a notice. The notices of pack `cis` are for auditors and are not counted as detected.",
    summaryOf(counted, incidentCalls, rules, noise),
    "![ATT&CK techniques for AWS that detections refer to](attack-matrix.svg)",
    "The matrix, and [the layer for ATT&CK Navigator](attack-navigator-layer.json), come from the references of the " +
      "[detections](detections.md). Several techniques leave no management event at all, such as the use of stolen " +
      "credentials for allowed calls, and nothing here can show them.",
    "## Techniques of Stratus Red Team",
    "Records that [Stratus Red Team](https://stratus-red-team.cloud/) published for its techniques. Enumeration cannot " +
      "be separated from routine reads by a static threshold, and data events do not reach a log group by default: both " +
      "are listed, and not counted.",
    counted === undefined ? "Not measured." : tacticTable(counted),
    techniques === undefined ? undefined : attackTable(techniques),
    "## Calls that are known from incidents",
    "Write calls and reads of secrets that intruders made in published incidents, with parameters of our own " +
      "(`bench/coverage/incident-calls.ts`).",
    tacticTable(incidentCalls),
    "Missed or quiet:",
    attackTable(incidentCalls.filter((measured) => !isDetected(measured))),
    "## Rules of others",
    "Rules of severity high and critical on CloudTrail, from [Sigma](https://github.com/SigmaHQ/sigma), " +
      "[Panther](https://github.com/panther-labs/panther-analysis) and [Elastic](https://github.com/elastic/detection-rules). " +
      "For each, records of our own on which it alerts are replayed (`bench/coverage/*-rules.ts`). A rule is seen in full " +
      "if each of its records raises an alarm.",
    collectionTable(rules),
    ruleTable(rules),
    "## Alarms in routine work",
    noise === undefined ? "Not measured." : noiseText(noise),
    "## What no metric filter can express",
    bulletList([
      "Credentials of an instance that are used outside of EC2, without a list of your networks.",
      "A caller, country or user agent that is seen for the first time, and impossible travel.",
      "Values in a list within a list, such as the containers' environment in an ECS task definition.",
      "A comparison of two fields, such as a user who changes another user's password.",
      "The content of objects and tables: their data events are optional, and billed by event.",
    ]),
    "Saved Athena queries over the archive can answer these ([archive](athena.md)).",
    '<!-- Written by "npm run bench:coverage -- --write". -->',
  );
}

const NOT_MEASURED = "not measured";

function summaryOf(
  techniques: readonly MeasuredAttack[] | undefined,
  incidentCalls: readonly MeasuredAttack[],
  rules: readonly MeasuredCollection[],
  noise: Noise | undefined,
): string {
  const share = (attacks: readonly MeasuredAttack[] | undefined) =>
    attacks === undefined ? NOT_MEASURED : `${attacks.filter(isDetected).length} of ${attacks.length}`;
  const alarms = noise?.detections.reduce((sum, detection) => sum + detection.alarms, 0);
  return markdownTable(
    ["", "before these packs", "now"],
    [
      ["techniques of Stratus Red Team, detected", String(BEFORE.techniques), share(techniques)],
      ["calls known from incidents, detected", String(BEFORE.incidentCalls), share(incidentCalls)],
      ...rules.map((collection) => [
        `rules of ${collection.name}, high and critical, seen in full + in part`,
        BEFORE.rules[collection.name],
        `${rulesSeen(collection, "in full").length} + ${rulesSeen(collection, "in part").length} of ${expressible(collection)}`,
      ]),
      ["alarms in an hour of routine work", String(BEFORE.alarmsInRoutineWork), String(alarms ?? NOT_MEASURED)],
    ],
    [1, 2],
  );
}

function expressible(collection: MeasuredCollection): number {
  return collection.rules.length - rulesSeen(collection, "not expressible").length;
}

function collectionTable(collections: readonly MeasuredCollection[]): string {
  return markdownTable(
    ["Collection", "in full", "in part", "missed", "expressible", "all"],
    collections.map((collection) => [
      collection.name,
      ...(["in full", "in part", "missed"] as const).map((seen) => String(rulesSeen(collection, seen).length)),
      String(expressible(collection)),
      String(collection.rules.length),
    ]),
    [1, 2, 3, 4, 5],
  );
}

/** The rules that are not seen in full. */
function ruleTable(collections: readonly MeasuredCollection[]): string {
  return markdownTable(
    ["Collection", "Rule", "Seen", "Calls without an alarm, or why not"],
    collections.flatMap((collection) =>
      rulesSeen(collection, "in part", "missed", "not expressible").map(({ id, seen, missing }) => [
        collection.name,
        `\`${id}\``,
        seen,
        missing.map((one) => (seen === "not expressible" ? one : `\`${one}\``)).join(", "),
      ]),
    ),
  );
}

function tacticTable(attacks: readonly MeasuredAttack[]): string {
  const rows = TACTICS.flatMap((tactic) => {
    const ofTactic = attacks.filter(({ attack }) => attack.tactic === tactic);
    if (ofTactic.length === 0) return [];
    return [[tactic, ...OUTCOMES.map((outcome) => counted(ofTactic, outcome)), String(ofTactic.length)]];
  });
  const total = ["all", ...OUTCOMES.map((outcome) => counted(attacks, outcome)), String(attacks.length)];
  return markdownTable(["Tactic", ...OUTCOMES, "all"], [...rows, total], [1, 2, 3, 4, 5, 6]);
}

function counted(attacks: readonly MeasuredAttack[], outcome: MeasuredAttack["outcome"]): string {
  return String(attacks.filter((measured) => measured.outcome === outcome).length);
}

function attackTable(attacks: readonly MeasuredAttack[]): string {
  return markdownTable(
    ["Attack", "Tactic", "Outcome", "Detections, or why not"],
    attacks.map(({ attack, outcome, detections }) => [
      `\`${attack.name}\``,
      attack.tactic,
      outcome,
      detections.length > 0 ? detections.join(", ") : WHY_MISSED[attack.kind],
    ]),
  );
}

const WHY_MISSED = {
  "high-signal": "no detection",
  enumeration: "enumeration",
  "data-event": "data event",
} as const;

const BENIGN = {
  sample: [
    "of one account in which people worked with Terraform and the console",
    ", without the attacks that were simulated there",
  ],
  archive: ["of your archive", ""],
} as const;

function noiseText({ of, records, days, detections }: Noise): string {
  const rows = detections.map(({ detection, matches, alarms }) => [
    detection,
    String(matches),
    String(alarms),
    (alarms / Math.max(1, days)).toFixed(2),
  ]);
  const [which, without] = BENIGN[of];
  return page(
    `${records.toLocaleString("en")} records ${which}, on ${days === 1 ? "one day" : `${days} days`}${without}. Measure your ` +
      "own archive with `npm run bench:coverage -- --benign <folder>`.",
    rows.length === 0
      ? "No detection matched."
      : markdownTable(["Detection", "Matches", "Alarms", "Alarms per day"], rows, [1, 2, 3]),
  ).trimEnd();
}
