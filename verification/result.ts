import type { Hop } from "../signals";

/** Whether a check was answered, and how. What could not be asked, or only follows from a failure, is unknown. */
export type Status = "proven" | "failed" | "unknown";

/** What one check found out. */
export interface Finding {
  readonly status: Status;
  /** What AWS answered, in a few words; "nothing" where it could not be asked. */
  readonly seen: string;
  /** Why that breaks the signal path, or why nothing can be said. */
  readonly reason?: string;
  /** What to do, as a command where there is one. */
  readonly remedy?: string;
  /** What works still, but is about to stop a deployment. */
  readonly warning?: string;
  /** The IAM action that the caller lacks. */
  readonly missingAction?: string;
}

/** A finding with its place on the signal path. */
export interface CheckResult extends Finding {
  readonly hop: Hop;
  /** What was checked, such as `alarm trailwatch-payments-root-use`. */
  readonly check: string;
}

export function proven(seen: string): Finding {
  return { status: "proven", seen };
}

export function failed(seen: string, reason: string, remedy: string): Finding {
  return { status: "failed", seen, reason, remedy };
}

export function unknown(seen: string, reason: string, remedy?: string): Finding {
  return { status: "unknown", seen, reason, remedy };
}
