import { counted } from "../../lib/support/counted";
import type { Account, Organization } from "../../organization/organization";
import type { Hop } from "../../signals";
import type { Session } from "../aws/session";
import { Unanswered } from "../aws/unanswered";
import type { ExpectedAccount } from "../expected/expected-account";
import { unknown, type CheckResult, type Finding } from "../result";
import { monitoringStackId } from "../../lib/naming/stack-ids";

/** One account with everything that its checks need. */
export interface Subject {
  readonly organization: Organization;
  readonly account: Account;
  readonly expected: ExpectedAccount;
  readonly session: Session;
  /**
   * Enters another account of the organization, by its 12-digit id; undefined: it is not in accounts/.
   *
   * @default - only the account itself can be entered
   */
  readonly enter?: ((accountId: string) => Promise<Session | undefined>) | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One check of a hop. */
export interface Check {
  readonly hop: Hop;
  /** What is checked, in a few words. */
  readonly name: string;
  /**
   * Names of checks that this one depends on: when one of them failed, this one's result would only be a consequence.
   *
   * @default - none
   */
  readonly follows?: readonly string[];
  readonly run: (subject: Subject) => Promise<Finding>;
}

/**
 * Runs checks one after the other. A check that depends on a failed one is skipped: only the cause is reported.
 *
 * @param before results that these checks may depend on, too
 */
export async function runChecks(
  checks: readonly Check[],
  subject: Subject,
  before: readonly CheckResult[] = [],
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const cause = [...before, ...results].find(
      (result) => result.status === "failed" && check.follows?.includes(result.check) === true,
    );
    const finding =
      cause === undefined ? await answered(check, subject) : unknown("nothing", `not checked: '${cause.check}' failed`);
    results.push({ hop: check.hop, check: check.name, ...finding });
  }
  return results;
}

async function answered(check: Check, subject: Subject): Promise<Finding> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { message, missingAction } = error;
    if (missingAction === undefined) return unknown("nothing", message, "run verify again");
    const remedy = `allow ${missingAction}: 'trailwatch verify --least-privilege' prints the whole policy`;
    return { ...unknown("nothing", message, remedy), missingAction };
  }
}

/** The command that restores what a stack deploys. */
export function redeploy(stack: string): string {
  return `npx cdktf deploy ${stack}`;
}

/** The stack that watches the account. */
export function monitoringStack({ account }: Subject): string {
  return monitoringStackId(account.name);
}

/** A readable duration. */
export function age(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
