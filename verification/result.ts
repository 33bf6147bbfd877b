import type { Hop } from "../signals";
import type { Unanswered } from "./aws/unanswered";

/** The status of a check. If it could not be run, or depends on a failed one, it is unknown. */
export type Status = "proven" | "failed" | "unknown";

/** The result of one check. */
export interface Finding {
  readonly status: Status;
  /** What AWS returned, in a few words; "nothing" if there was no response. */
  readonly seen: string;
  /** Why that breaks the signal path, or why the result is unknown. */
  readonly reason?: string;
  /** What to do, as a command if there is one. */
  readonly remedy?: string;
  /** Statements to add to a policy that Trailwatch does not manage, as the remedy says. */
  readonly statements?: readonly object[] | undefined;
  /** A problem that does not break anything yet, but will soon stop a deployment. */
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

export function failed(seen: string, reason: string, remedy: string, statements?: readonly object[]): Finding {
  return { status: "failed", seen, reason, remedy, ...(statements === undefined ? {} : { statements }) };
}

export function unknown(seen: string, reason: string, remedy?: string): Finding {
  return { status: "unknown", seen, reason, remedy };
}

/** The result of a call that AWS did not answer. */
export function unansweredFinding({ message, missingAction }: Pick<Unanswered, "message" | "missingAction">): Finding {
  return { ...unknown("nothing", message), missingAction };
}
