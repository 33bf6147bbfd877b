import { HOPS_WITH_HUB } from "../signals";
import type { CheckResult, Status } from "./result";

/** What was found out of one account, or of what the whole organization shares. */
export interface Section {
  /** `organization`, or the account's name. */
  readonly name: string;
  /** `o-…`, or the account's 12-digit id. */
  readonly id: string;
  /** Whether it is what became of a call or a test, not of looking. */
  readonly live: boolean;
  /** In the order of the hops. */
  readonly results: readonly CheckResult[];
}

export interface Report {
  readonly sections: readonly Section[];
}

/** All proven; a hop failed; something could not be asked. A failure says more than what could not be asked. */
export const EXIT = { proven: 0, failed: 1, unknown: 2 } as const satisfies Record<Status, number>;

export function statusOf(results: readonly CheckResult[]): Status {
  if (results.some(({ status }) => status === "failed")) return "failed";
  return results.some(({ status }) => status === "unknown") ? "unknown" : "proven";
}

export function exitCode({ sections }: Report): number {
  return EXIT[statusOf(sections.flatMap(({ results }) => results))];
}

/** Results as the signal path goes. */
export function byHop(results: readonly CheckResult[]): CheckResult[] {
  return HOPS_WITH_HUB.flatMap((hop) => results.filter((result) => result.hop === hop));
}
