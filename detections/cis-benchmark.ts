/** A control of the monitoring section, by its number in versions 1.4 to 5.0 of the CIS AWS Foundations Benchmark. */
export type CisControlNumber = `4.${number}`;

/**
 * Section of the CIS AWS Foundations Benchmark that holds the monitoring controls. Within the section, the numbers of
 * the controls are the same in all versions.
 *
 * Source: the benchmark's versions 1.4.0 to 7.0.0.
 */
export const CIS_MONITORING_SECTIONS = [
  { first: "1.4", last: "5.0", section: 4 },
  { first: "6.0", last: "7.0", section: 5 },
] as const;

/**
 * Versions of the benchmark for which Security Hub evaluates a control of its own, `CloudWatch.1` to `CloudWatch.14`.
 * The standards of versions 3.0.0 and 5.0.0 in Security Hub leave out the monitoring section.
 *
 * Source: Security Hub User Guide, "Security Hub CSPM controls for Amazon CloudWatch", related requirements.
 */
export function securityHubStandards(control: string): readonly string[] {
  return ["CloudWatch.2", "CloudWatch.3"].includes(control) ? ["v1.2.0"] : ["v1.2.0", "v1.4.0"];
}

/** The control's number in each version, such as `CIS 4.3 (1.4 to 5.0), 5.3 (6.0 to 7.0)`. */
export function cisControlInWords(control: CisControlNumber): string {
  const number = control.slice("4.".length);
  const numbers = CIS_MONITORING_SECTIONS.map(
    ({ first, last, section }) => `${section}.${number} (${first} to ${last})`,
  );
  return `CIS ${numbers.join(", ")}`;
}
