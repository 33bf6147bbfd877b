import { SEVERITIES, type Severity } from "../lib/naming/severity";

/** A symbol for each severity, so that none is recognized by colour alone. */
export const SEVERITY_SYMBOLS: Readonly<Record<Severity, string>> = {
  critical: "■",
  high: "▲",
  medium: "●",
  low: "○",
};

/** What a report ranks. */
export interface Ranked {
  readonly detection: string;
  readonly account: string;
  readonly severity?: string | undefined;
  readonly alarms: number;
  readonly events: number;
}

/** 0 for critical; higher for less, and highest where it is unknown. */
export function rankOf(severity: string | undefined): number {
  const rank = SEVERITIES.findIndex((known) => known === severity);
  return rank < 0 ? SEVERITIES.length : rank;
}

/** By severity, then by count, in every list of a report; names decide between equals. */
export function bySeverityThenCount(one: Ranked, other: Ranked): number {
  return (
    rankOf(one.severity) - rankOf(other.severity) ||
    other.alarms - one.alarms ||
    other.events - one.events ||
    (`${one.detection}/${one.account}` < `${other.detection}/${other.account}` ? -1 : 1)
  );
}

/** Symbol and word. */
export function severityText(severity: string | undefined): string {
  const known = SEVERITIES.find((each) => each === severity);
  return known === undefined ? "– unknown" : `${SEVERITY_SYMBOLS[known]} ${known}`;
}
