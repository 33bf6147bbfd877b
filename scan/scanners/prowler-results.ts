import { isRecord } from "../../lib/support/is-record";
import type { Account } from "../../organization/organization";
import type { Finding } from "../compare";

/** Prowler's results that are neither passed nor failed: a check that only a person can evaluate. */
const MANUAL = "MANUAL";

/**
 * Reads Prowler's file in the format `json-ocsf`: findings with `metadata.event_code` (the check), `status_code` and
 * `resources[].uid`. The kind of account, its name, and the ARN without account id and region name the resource, for
 * example `event-bus/payments/cloudtrail:trail`: the sandbox assigns other ids each time.
 *
 * @throws Error when it is not such a file
 */
export function prowlerFindings(report: unknown, account: ProwlerAccount): Finding[] {
  if (!Array.isArray(report))
    throw new Error("Prowler's output is no list of findings: is it another version than the pinned one?");
  return report
    .filter(isRecord)
    .filter((finding) => finding["status_code"] !== MANUAL)
    .map((finding) => ({
      check: textAt(finding, "metadata", "event_code"),
      title: textAt(finding, "finding_info", "title"),
      resource: `${kindOf(account)}/${account.name}/${resourceName(finding)}`,
      passed: finding["status_code"] === "PASS",
    }));
}

type ProwlerAccount = Pick<Account, "feed" | "name" | "role">;

/** What decides on the trails and the log group of an account: its role, or a member's feed. */
function kindOf({ feed, role }: ProwlerAccount): string {
  return role === "member" ? feed : role;
}

function resourceName({ resources }: Readonly<Record<string, unknown>>): string {
  const first: unknown = Array.isArray(resources) ? resources[0] : undefined;
  const { uid } = isRecord(first) ? first : {};
  return String(uid)
    .replace(/^arn:aws[a-z-]*:([^:]*):[^:]*:\d*:/, "$1:")
    .replace(/\b\d{12}\b/g, "account");
}

function textAt(finding: Readonly<Record<string, unknown>>, outer: string, inner: string): string {
  const value = finding[outer];
  const text = isRecord(value) ? value[inner] : undefined;
  if (typeof text !== "string") {
    throw new Error(`A finding of Prowler has no '${outer}.${inner}': is it another version than the pinned one?`);
  }
  return text;
}
