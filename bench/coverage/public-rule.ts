import type { ReplayedCall } from "./replayed-call";

/** Why a metric filter cannot say what a rule says. */
export const INEXPRESSIBLE = {
  "data event": "reads data events, which reach no log group by default",
  "first seen": "compares with what was seen before",
  join: "joins several events, or other alerts",
  enrichment: "reads a network's owner, a place, or a list of threats",
  "nested list": "reads a list within a list",
  "own list": "compares with a list that its user fills in, or that is longer than a pattern",
  "no event": "names operations that CloudTrail does not write",
} as const;

export type Inexpressible = keyof typeof INEXPRESSIBLE;

/**
 * A rule of a public collection, by its file's name. A rule that asks for a rare call, and for a caller not seen before
 * on top, counts as expressible: a detection of every such call covers it.
 */
export interface PublicRule {
  readonly id: string;
  readonly severity: "high" | "critical";
  /** Calls of our own on each of which, repeated as it says, the rule alerts; or why no filter can. */
  readonly alertsOn: readonly ReplayedCall[] | Inexpressible;
}

/** A rule of severity high that alerts on each of these calls. */
export function high(id: string, ...alertsOn: readonly ReplayedCall[]): PublicRule {
  return { id, severity: "high", alertsOn };
}

/** A rule of severity critical that alerts on each of these calls. */
export function critical(id: string, ...alertsOn: readonly ReplayedCall[]): PublicRule {
  return { id, severity: "critical", alertsOn };
}

/** Rules that no metric filter can express, for one reason. */
export function cannot(
  reason: Inexpressible,
  severity: PublicRule["severity"],
  ...ids: readonly string[]
): readonly PublicRule[] {
  return ids.map((id) => ({ id, severity, alertsOn: reason }));
}

/** A call of the API; what is not given is as usual. */
export function on(
  call: string,
  request?: object | null,
  others?: Omit<ReplayedCall, "call" | "request">,
): ReplayedCall {
  return { call, ...(request === undefined ? {} : { request }), ...others };
}
