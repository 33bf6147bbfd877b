import type { Tool } from "./check";
import type { Difference } from "./compare";

/** What one scanner found. */
export interface ScanResult {
  readonly tool: Tool;
  readonly version: string;
  /** How many results of checks for resources were compared. */
  readonly findings: number;
  readonly differences: readonly Difference[];
}

/** The results as lines: one per scanner, and one per difference. */
export function scanText(results: readonly ScanResult[]): string[] {
  return results.flatMap(({ tool, version, findings, differences }) => [
    `${tool} ${version}: ${findings} results, ${differences.length === 0 ? "as in docs/compliance.md" : `${differences.length} differ from docs/compliance.md`}`,
    ...differences.map((difference) => `  ${differenceText(difference)}`),
  ]);
}

function differenceText(difference: Difference): string {
  const check = `${difference.check} (${difference.title})`;
  switch (difference.kind) {
    case "failed":
      return `${check} failed for ${difference.resources.join(", ")}: fix the resource, or add a waiver with a reason in scan/checks/`;
    case "needless-waiver":
      return `${check} is waived for '${difference.pattern}', and every resource of this name meets it: remove the waiver in scan/checks/`;
    case "unknown-check":
      return `${check} ${difference.failed ? "failed" : "passed"} and is not listed: add it in scan/checks/`;
    case "no-result":
      return `${check} is listed and was not evaluated: remove it, or say why in scan/checks/ ('withoutResult')`;
  }
}
