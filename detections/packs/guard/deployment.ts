import { all, equals, not, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/** Name of the session by which Terraform deploys Trailwatch, as stacks/account-stack.ts gives it. */
const SESSION = "trailwatch";

/**
 * The call came from Trailwatch's own deployment: its role, in the session that it names. People who take the same role
 * have sessions of other names. Undefined where no role is known, as in a management account without one.
 */
export function byDeployment({ id, deploymentRole }: WatchedAccount): Condition | undefined {
  if (deploymentRole === undefined) return undefined;
  // A role's path is not part of its sessions' ARNs.
  const role = deploymentRole.replace(/^.*\//, "");
  return equals("userIdentity.arn", `arn:aws:sts::${id}:assumed-role/${role}/${SESSION}`);
}

/**
 * The conditions, each without what Trailwatch's own deployment does, which is no reason to wake anybody: the detection
 * `own-deployment` tells of it.
 */
export function byOthers(account: WatchedAccount, conditions: readonly Condition[]): Condition[] {
  const deployment = byDeployment(account);
  return deployment === undefined ? [...conditions] : conditions.map((condition) => all(condition, not(deployment)));
}
