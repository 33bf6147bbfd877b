import type { TechniqueId } from "../../attack-techniques";
import { securityHubStandards, type CisControlNumber } from "../../cis-benchmark";
import type { Examples, VerbatimDetection } from "../../detection";

/** The properties of one monitoring control of CIS. */
interface CisControl {
  readonly number: CisControlNumber;
  readonly id: string;
  readonly title: string;
  /** Never a severity that pages. */
  readonly severity: "medium" | "low";
  /** Security Hub's control; 4.15 has none. */
  readonly securityHub?: string;
  readonly mitre: readonly TechniqueId[];
  readonly tunedTwin?: string;
  /** The first is Security Hub's, byte for byte: it refuses any addition. */
  readonly patterns: readonly string[];
  /**
   * The benchmark's own text where it differs from Security Hub's: for checkers that compare with that text. Both count
   * on one metric, so most events count twice.
   *
   * @default - the same
   */
  readonly benchmarkPattern?: string;
  readonly meaning: string;
  readonly why: string;
  readonly firstFiveMinutes: readonly string[];
  readonly falsePositives: readonly string[];
  readonly examples: Examples;
}

/** A monitoring control of CIS, with the alarm that CIS and Security Hub prescribe: one event in five minutes. */
export function cisControl(control: CisControl): VerbatimDetection {
  const { number, securityHub, mitre, firstFiveMinutes, falsePositives, patterns, benchmarkPattern, ...own } = control;
  return {
    ...own,
    patterns: benchmarkPattern === undefined ? patterns : [...patterns, benchmarkPattern],
    countsTwice: benchmarkPattern !== undefined,
    threshold: 1,
    periodSeconds: 300,
    evaluationPeriods: 1,
    scope: "account",
    references: { cis: [number], mitre, securityHub },
    runbook: { firstFiveMinutes, falsePositives, tuning: tuningOf(control) },
  };
}

function tuningOf({ tunedTwin, securityHub, benchmarkPattern }: CisControl): string {
  const checkers =
    securityHub === undefined
      ? "Security Hub has no such control; other checkers evaluate it."
      : `Security Hub evaluates it as ${securityHub} in its standard CIS ${securityHubStandards(securityHub).join(" and ")} only; ` +
        "other checkers evaluate it in all versions.";
  const twice =
    benchmarkPattern === undefined
      ? ""
      : " Two filters hold Security Hub's and the benchmark's own text, so an event can count twice: keep threshold 1.";
  const verbatim = `The filter pattern is prescribed by the checker and cannot be narrowed. ${checkers}${twice}`;
  return tunedTwin === undefined
    ? `${verbatim} Turn it off where no checker requires it.`
    : `${verbatim} Tune its counterpart \`${tunedTwin}\` instead; this detection only sends a notice.`;
}
