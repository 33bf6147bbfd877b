import { arnPrefix } from "../../../lib/aws/partitions";
import { DEPLOYMENT_SESSION, roleNameOf } from "../../../lib/naming/role-names";
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
export function byOthersAnywhere(account: WatchedAccount): readonly Condition[] {
  const [first, ...others] = (account.deploymentRoles ?? []).map(roleNameOf);
  if (first === undefined) return [];
  const except = byOthersHere(account, [first, ...others]);
  if (others.length === 0) {
    return [
      any(
        not(
          matches(
            "userIdentity.arn",
            `${arnPrefix(account.homeRegion)}:sts::*:assumed-role/${first}/${DEPLOYMENT_SESSION}`,
          ),
        ),
        ...except,
      ),
    ];
  }
  // One `*` for any number of roles.
  const session = matches("userIdentity.arn", `*/${DEPLOYMENT_SESSION}`);
  return [any(not(all(session, oneOf(ROLE_NAME, [first, ...others]))), ...except)];
}

/** The account itself is deployed by its own role only: a role there with the name of another account's is no deployment. */
function byOthersHere({ id, deploymentRole }: WatchedAccount, roles: readonly string[]): readonly Condition[] {
  const here = equals("recipientAccountId", id);
  if (deploymentRole === undefined) return [here];
  const own = roleNameOf(deploymentRole);
  return roles.every((role) => role === own) ? [] : [all(here, not(equals(ROLE_NAME, own)))];
}
