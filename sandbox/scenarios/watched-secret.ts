import { FEEDS } from "../../lib/naming/feeds";
import type { Account, Organization } from "../../organization/organization";
import type { ExpectedAlarm } from "./expected-alarm";
import { subscriptionsOf } from "../../organization/resolve/subscriptions";

export const READS_DETECTION = "watched-secret-reads";

/** A secret that the organization creates and watches. */
export interface WatchedSecret {
  readonly account: Account;
  readonly secret: string;
  /** Reads within a period that raise the alarm. */
  readonly threshold: number;
}

/** The most reads that a scenario waits for. */
const MOST_READS = 50;

/**
 * The first member account, otherwise the first account, with a secret of its own whose reads raise an alarm within the
 * time of a demonstration.
 */
export function findWatchedSecret(organization: Organization): WatchedSecret | undefined {
  const accounts = [...organization.accounts].sort((one, other) => rank(one) - rank(other));
  for (const account of accounts) {
    const [created] = account.secrets.create;
    const subscription = subscriptionsOf(organization, account).find(
      ({ detection }) => detection.id === READS_DETECTION,
    );
    if (created === undefined || subscription === undefined || subscription.threshold > MOST_READS) continue;
    return { account, secret: created.name, threshold: subscription.threshold };
  }
  return undefined;
}

/** The alarm for its reads; empty when the organization has no such secret. */
export function readsOf(organization: Organization): ExpectedAlarm[] {
  const found = findWatchedSecret(organization);
  return found === undefined ? [] : [{ account: found.account, detection: READS_DETECTION }];
}

/**
 * The same, for a scenario that requires one.
 *
 * @throws Error when the organization has none
 */
export function watchedSecretOf(organization: Organization): WatchedSecret {
  const found = findWatchedSecret(organization);
  if (found !== undefined) return found;
  throw new Error(
    `this scenario requires an account with a secret in 'secrets.create' and detection '${READS_DETECTION}' enabled, but ` +
      "the organization has none. Use --scenario none to deploy only.",
  );
}

function rank({ role, feed }: Account): number {
  // Events arrive fastest over the event bus.
  return (role === "member" ? 0 : 2) + (FEEDS[feed].trail === "none" ? 0 : 1);
}
