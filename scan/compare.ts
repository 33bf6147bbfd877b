import { starMatcher } from "../lib/support/wildcard";
import { type Check, waivedResources } from "./check";

/** A scanner's result of one check for one resource. */
export interface Finding {
  readonly check: string;
  /** The scanner's title of the check. */
  readonly title: string;
  /** The resource as the scanner names it, without what differs between runs. */
  readonly resource: string;
  readonly passed: boolean;
}

/** How results differ from the table of checks. */
export type Difference =
  | { readonly kind: "failed"; readonly check: string; readonly title: string; readonly resources: readonly string[] }
  | { readonly kind: "needless-waiver"; readonly check: string; readonly title: string; readonly pattern: string }
  | { readonly kind: "unknown-check"; readonly check: string; readonly title: string; readonly failed: boolean }
  | { readonly kind: "no-result"; readonly check: string; readonly title: string };

/** What a check of the whole account applies to. */
const ACCOUNT = "account";

/**
 * Compares a scanner's results with its table of checks.
 *
 * - `failed`: a resource does not meet the check, and no waiver covers it
 * - `needless-waiver`: resources match a pattern of the waiver, and all of them meet the check
 * - `unknown-check`: the table lacks the check
 * - `no-result`: the scanner did not evaluate the check although resources of its types exist, and the table does not
 *   say why
 *
 * @param types - types of the Terraform resources that were scanned: an organization need not have all of them
 */
export function differences(
  checks: readonly Check[],
  findings: readonly Finding[],
  types: ReadonlySet<string>,
): Difference[] {
  const byCheck = new Map<string, Finding[]>();
  for (const finding of findings) byCheck.set(finding.check, [...(byCheck.get(finding.check) ?? []), finding]);
  const known = new Set(checks.map(({ id }) => id));
  return [
    ...checks.flatMap((check) => differencesOf(check, byCheck.get(check.id) ?? [], types)),
    ...[...byCheck]
      .filter(([id]) => !known.has(id))
      .map(([check, results]) => ({
        kind: "unknown-check" as const,
        check,
        title: results[0]?.title ?? "",
        failed: results.some(({ passed }) => !passed),
      })),
  ];
}

function differencesOf(check: Check, findings: readonly Finding[], types: ReadonlySet<string>): Difference[] {
  const { id, title } = check;
  if (findings.length === 0) {
    const applies = check.appliesTo.split(", ").some((type) => type === ACCOUNT || types.has(type));
    return applies && check.noResult === undefined ? [{ kind: "no-result", check: id, title }] : [];
  }
  const failed = [...new Set(findings.filter(({ passed }) => !passed).map(({ resource }) => resource))].sort();
  const patterns = waivedResources(check).map((pattern) => ({ pattern, matches: starMatcher(pattern) }));
  const resources = failed.filter((resource) => !patterns.some(({ matches }) => matches(resource)));
  return [
    ...(resources.length > 0 ? [{ kind: "failed" as const, check: id, title, resources }] : []),
    ...patterns
      .filter(({ matches }) => !failed.some(matches) && findings.some(({ resource }) => matches(resource)))
      .map(({ pattern }) => ({ kind: "needless-waiver" as const, check: id, title, pattern })),
  ];
}
