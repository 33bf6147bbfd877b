import type { Check } from "../check";

/** A check that every resource meets. */
export function met(id: string, title: string, appliesTo: string): Check {
  return { id, title, appliesTo };
}

/**
 * A check that is not met.
 *
 * @param check - id, title and what it applies to, as for `met`
 * @param resources - the resources that the reason covers. @default - all
 */
export function waived(check: Check, reason: string, resources?: readonly string[]): Check {
  return { ...check, waiver: { reason, resources } };
}

/** A check that the scanner cannot evaluate here, and why. */
export function withoutResult(check: Check, reason: string): Check {
  return { ...check, noResult: reason };
}
