import { equals, not, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/** The call was not made by a session of the account's deployment role; empty where no role is known. */
export function notByDeployment({ id, deploymentRole }: WatchedAccount): Condition[] {
  if (deploymentRole === undefined) return [];
  return [not(equals("userIdentity.sessionContext.sessionIssuer.arn", `arn:aws:iam::${id}:role/${deploymentRole}`))];
}
