import { ownNames } from "../../../lib/naming/own-names";
import { arnPrefix } from "../../../lib/aws/partitions";
import { roleNameOf } from "../../../lib/naming/role-names";
import { all, any, call, equals, matches, not, oneOf, type Condition } from "../../condition";
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

const ROLE_NAME = "userIdentity.sessionContext.sessionIssuer.userName";

/** Callers other than the organization's deployments; none where no role is known. */
export function byOthersAnywhere({
  id,
  names,
  homeRegion,
  deploymentRole,
  deploymentRoles = [],
}: WatchedAccount): readonly Condition[] {
  const roles = deploymentRoles.map(roleNameOf);
  const [first] = roles;
  if (first === undefined) return [];
  const own = deploymentRole === undefined ? undefined : roleNameOf(deploymentRole);
  const here = equals("recipientAccountId", id);
  if (roles.length === 1) {
    const ofFirst = `${arnPrefix(homeRegion)}:sts::*:assumed-role/${first}/${ownNames(names).deploymentSession}`;
    const session = matches("userIdentity.arn", ofFirst);
    return [
      any(not(session), ...(own === first ? [] : [own === undefined ? here : all(here, not(equals(ROLE_NAME, own)))])),
    ];
  }
  // One `*` for any number of roles.
  const session = matches("userIdentity.arn", `*/${ownNames(names).deploymentSession}`);
  // The account itself is deployed by its own role only: a role there with the name of another account's is no deployment.
  const ofOthers = any(
    here,
    not(
      oneOf(
        ROLE_NAME,
        roles.filter((role) => role !== own),
      ),
    ),
  );
  return [any(not(session), own === undefined ? ofOthers : all(not(equals(ROLE_NAME, own)), ofOthers))];
}
