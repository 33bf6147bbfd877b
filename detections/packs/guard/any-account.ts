import { DEPLOYMENT_SESSION } from "../../../lib/naming/role-names";
import { all, any, call, matches, not, oneOf, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";
import { DEPLOYMENT_CALLS } from "./deployment-calls";

/**
 * Calls of a service in any account, except those that a deployment of Trailwatch makes. A condition may test one more
 * field with two `*`, because the exception needs one of the three that a pattern may hold.
 */
export function callByOthers(account: WatchedAccount, service: string, calls: readonly string[]): Condition {
  return all(call(service, ...calls), ...exceptDeployed(account, service, calls));
}

/** Excludes what a deployment of Trailwatch makes of these calls; empty if it makes none of them. */
export function exceptDeployed(
  account: WatchedAccount,
  service: string,
  calls: readonly string[],
): readonly Condition[] {
  const never = calls.filter((name) => !(DEPLOYMENT_CALLS[service] ?? []).includes(name));
  const others = byOthersAnywhere(account);
  if (others.length === 0 || never.length === calls.length) return [];
  return [any(...others, ...(never.length === 0 ? [] : [oneOf("eventName", never)]))];
}

/** Callers other than the organization's deployments; none where no role is known. */
export function byOthersAnywhere({ deploymentRoles = [] }: WatchedAccount): readonly Condition[] {
  const [first, ...others] = deploymentRoles.map((role) => role.replace(/^.*\//, ""));
  if (first === undefined) return [];
  if (others.length === 0) {
    return [not(matches("userIdentity.arn", `arn:aws:sts::*:assumed-role/${first}/${DEPLOYMENT_SESSION}`))];
  }
  // One `*` for any number of roles.
  const session = matches("userIdentity.arn", `*/${DEPLOYMENT_SESSION}`);
  return [not(all(session, oneOf("userIdentity.sessionContext.sessionIssuer.userName", [first, ...others])))];
}
