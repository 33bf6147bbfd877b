import type { Deployment } from "../../signals";
import { ELASTIC_RULES } from "./elastic-rules";
import { isDetected, measureCoverage } from "./measure-coverage";
import { PANTHER_RULES } from "./panther-rules";
import { INEXPRESSIBLE, type Inexpressible, type PublicRule } from "./public-rule";
import { recordsOf } from "./replayed-call";
import { SIGMA_RULES } from "./sigma-rules";

/** Collections of rules that others publish. */
const COLLECTIONS = [
  { name: "Sigma", rules: SIGMA_RULES },
  { name: "Panther", rules: PANTHER_RULES },
  { name: "Elastic", rules: ELASTIC_RULES },
] as const;

/** How much of what a rule alerts on raises an alarm here. */
export type Seen = "in full" | "in part" | "missed" | "not expressible";

export interface MeasuredRule {
  readonly id: string;
  readonly severity: PublicRule["severity"];
  readonly seen: Seen;
  /** Calls that raise no alarm, or why no filter can express the rule. */
  readonly missing: readonly string[];
}

export interface MeasuredCollection {
  readonly name: (typeof COLLECTIONS)[number]["name"];
  readonly rules: readonly MeasuredRule[];
}

/** Replays the calls on which the rules alert, each as an attack of its own in the account. */
export function measureRules(
  deployment: Deployment,
  account: string,
  homeRegion: string,
): readonly MeasuredCollection[] {
  const attacks = COLLECTIONS.flatMap(({ name: collection, rules }) =>
    rules.flatMap(({ id, alertsOn }) =>
      (isReason(alertsOn) ? [] : alertsOn).map((call) => ({
        ...{ collection, rule: id, name: call.call },
        records: recordsOf(call, account, homeRegion),
      })),
    ),
  );
  const measured = measureCoverage(deployment, attacks);
  return COLLECTIONS.map(({ name, rules }) => ({
    name,
    rules: rules.map(({ id, severity, alertsOn }) => {
      if (isReason(alertsOn)) return { id, severity, seen: "not expressible", missing: [INEXPRESSIBLE[alertsOn]] };
      const calls = measured.filter(({ attack }) => attack.rule === id && attack.collection === name);
      const missing = calls.filter((call) => !isDetected(call)).map(({ attack }) => attack.name);
      return { id, severity, seen: seenOf(calls.length, missing.length), missing };
    }),
  }));
}

/** The rules of a collection of which so much is seen. */
export function rulesSeen({ rules }: MeasuredCollection, ...seen: readonly Seen[]): readonly MeasuredRule[] {
  return rules.filter((rule) => seen.includes(rule.seen));
}

function seenOf(calls: number, missing: number): Seen {
  if (missing === 0) return "in full";
  return missing < calls ? "in part" : "missed";
}

function isReason(alertsOn: PublicRule["alertsOn"]): alertsOn is Inexpressible {
  return typeof alertsOn === "string";
}
