import { HOPS_WITH_HUB } from "../signals";
import type { OmittedRegion } from "../organization/resolve/omitted-regions";
import type { RegionCover } from "../organization/resolve/region-cover";
import type { CheckResult, Status } from "./result";

/** The results for one account, or for what the whole organization shares. */
export interface Section {
  /** `organization`, or the account's name. */
  readonly name: string;
  /** `o-…`, or the account's 12-digit id. */
  readonly id: string;
  /** Whether it is the result of a call or a test message, not of a passive check. */
  readonly live: boolean;
  /**
   * The regions whose events the account's detections see, as configured.
   *
   * @default - not the section of an account, or of a live test
   */
  readonly regions?: RegionCover;
  /**
   * Accepted limits: what is not seen because regions are omitted, and so is no fault.
   *
   * @default - none, or not the section of the organization
   */
  readonly omittedRegions?: readonly OmittedRegion[];
  /** In the order of the hops. */
  readonly results: readonly CheckResult[];
}

export interface Report {
  readonly sections: readonly Section[];
}

/** All passed; a hop failed; something could not be checked. A failure takes precedence over unknown results. */
export const EXIT = { proven: 0, failed: 1, unknown: 2 } as const satisfies Record<Status, number>;

export function statusOf(results: readonly CheckResult[]): Status {
  if (results.some(({ status }) => status === "failed")) return "failed";
  return results.some(({ status }) => status === "unknown") ? "unknown" : "proven";
}

export function exitCode({ sections }: Report): number {
  return EXIT[statusOf(sections.flatMap(({ results }) => results))];
}

/** Results in the order of the signal path. */
export function byHop(results: readonly CheckResult[]): CheckResult[] {
  return HOPS_WITH_HUB.flatMap((hop) => results.filter((result) => result.hop === hop));
}
