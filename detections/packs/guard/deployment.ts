import { DEPLOYMENT_SESSION } from "../../../lib/naming/role-names";
import { all, equals, not, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/**
 * The call came from Trailwatch's own deployment: its role, with its session name. People who assume the same role have
 * other session names. Undefined where no role is known, as in a management account without one.
 */
export function byDeployment({ id, deploymentRole }: WatchedAccount): Condition | undefined {
  if (deploymentRole === undefined) return undefined;
  // ARNs of a role's sessions omit the role's path.
  const role = deploymentRole.replace(/^.*\//, "");
  return equals("userIdentity.arn", `arn:aws:sts::${id}:assumed-role/${role}/${DEPLOYMENT_SESSION}`);
}

/**
 * The conditions without the calls of Trailwatch's own deployment, which must not page: the detection `own-deployment`
 * reports those.
 */
export function byOthers(account: WatchedAccount, conditions: readonly Condition[]): Condition[] {
  const deployment = byDeployment(account);
  return deployment === undefined ? [...conditions] : conditions.map((condition) => all(condition, not(deployment)));
}
