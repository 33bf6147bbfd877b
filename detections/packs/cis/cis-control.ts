import type { Examples, VerbatimDetection } from "../../detection";

/** Versions of the benchmark that have section 4 with these numbers. */
const VERSIONS = ["1.4", "3.0", "5.0"];

/** The properties of one control of CIS section 4. */
interface CisControl {
  /** Number of the section, such as `4.1`. */
  readonly section: string;
  readonly id: string;
  readonly title: string;
  /** Never a severity that pages. */
  readonly severity: "medium" | "low";
  /** Security Hub's control; 4.15 has none. */
  readonly securityHub?: string;
  readonly mitre: readonly string[];
  readonly tunedTwin?: string;
  /** The first is Security Hub's, byte for byte: it refuses any addition. */
  readonly patterns: readonly string[];
  readonly meaning: string;
  readonly why: string;
  readonly firstFiveMinutes: readonly string[];
  readonly falsePositives: readonly string[];
  readonly examples: Examples;
}

/** A control of CIS section 4, with the alarm that CIS and Security Hub prescribe: one event in five minutes. */
export function cisControl(control: CisControl): VerbatimDetection {
  const { section, securityHub, mitre, firstFiveMinutes, falsePositives, ...own } = control;
  const cis = VERSIONS.map((version) => `${version} ${section}`);
  return {
    ...own,
    threshold: 1,
    periodSeconds: 300,
    evaluationPeriods: 1,
    scope: "account",
    references: { cis, mitre, securityHub },
    runbook: { firstFiveMinutes, falsePositives, tuning: tuningOf(control.tunedTwin) },
  };
}

function tuningOf(twin: string | undefined): string {
  const verbatim = "The filter pattern is prescribed by the checker and cannot be narrowed.";
  return twin === undefined
    ? `${verbatim} Turn it off where no checker requires it.`
    : `${verbatim} Tune its counterpart \`${twin}\` instead; this detection only sends a notice.`;
}
